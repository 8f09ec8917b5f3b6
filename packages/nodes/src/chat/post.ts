/** Hands a message to a webhook. Webhooks know no keys: what may have been posted is not posted again. */
import type { JsonObject, Outcome, StepError } from "@holdfast/dsl";
import type { ActionContext } from "../action.ts";
import { excerptOf } from "../http-request/answer.ts";
import { outboundError, statusError } from "../http-request/classify.ts";
import { fail, fatal, output } from "../outcome.ts";
import { OutboundError } from "../outbound/error.ts";
import { retryAfterOf } from "../retry-after.ts";

/** What a service is told, and how its answer is read. */
export interface Message {
  /** For people: "Slack". */
  readonly service: string;
  readonly payload: JsonObject;
  /** Something was too long and is not in the payload. */
  readonly clipped: boolean;
  /** Why an answer that says 2xx means something else all the same. */
  readonly doubt: (answer: string) => StepError | undefined;
  /** What a refusal says, in the service's own word. */
  readonly wordOf: (answer: string) => string | undefined;
}

const LONGEST_ANSWER = 100_000;

function webhookMissing(service: string): Outcome {
  return fatal(
    "credential_missing",
    `A message to ${service} needs a connection of the kind webhook, with the address that ${service} gave for the channel.`,
  );
}

/** A button's address. */
export function isWebAddress(text: string): boolean {
  return /^https?:$/.test(URL.parse(text)?.protocol ?? "");
}

/** Posts it, once. */
export async function post(context: ActionContext<unknown>, message: Message): Promise<Outcome> {
  const credential = await context.credential();
  const value = credential?.reveal();
  if (credential === undefined || value?.type !== "webhook") return webhookMissing(message.service);
  try {
    const response = await context.fetch(value.url, {
      method: "POST",
      headers: { "content-type": "application/json; charset=utf-8", accept: "*/*" },
      body: JSON.stringify(message.payload),
      signal: context.signal,
      freshConnection: true,
      maxRedirects: 0,
      maxResponseBytes: LONGEST_ANSWER,
    });
    const answer = await excerptOf(response, credential);
    if (!response.ok) return fail(refusal(message, response, { answer, now: context.now() }));
    const doubt = message.doubt(answer.trim());
    return doubt === undefined ? output({ clipped: message.clipped }) : fail(doubt);
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error;
    // A redirect is an answer: whoever gave it has posted nothing.
    if (error.code === "too_many_redirects") return fatal("webhook_moved", `${message.service} redirects elsewhere.`);
    return fail(outboundError("once", error));
  }
}

function refusal(
  { service, wordOf }: Message,
  { status, statusText, headers }: Response,
  { answer, now }: { readonly answer: string; readonly now: number },
): StepError {
  const told = { status, statusText, retryAfter: retryAfterOf(headers, now), excerpt: answer };
  const error = statusError("once", told);
  const word = wordOf(answer.trim());
  return { ...error, message: `${service} answered ${status}${word === undefined ? "" : ` (${word})`}.` };
}
