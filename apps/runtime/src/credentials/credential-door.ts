/**
 * What one attempt has of a credential and of the way out: a secret goes to the hosts it is granted to and nowhere else,
 * and what the attempt brings back has none of its forms in it, whichever node it was and whatever the target repeated.
 */
import { isDeepStrictEqual } from "node:util";
import type { Json, Outcome, StepError } from "@holdfast/dsl";
import type { StepValue } from "@holdfast/nodes";
import { type CallRecord, CredentialError, type GuardedFetch, type OutboundRequest } from "@holdfast/nodes/executors";
import type { Granted } from "./granted.ts";
import { allowsHost } from "./hosts.ts";

export class CredentialDoor {
  readonly #fetch: GuardedFetch;
  readonly #resolve: () => Promise<Granted | undefined>;
  #granted: Granted | undefined;
  /** Those that it had before somebody gave the credential another value, in the middle of the attempt. */
  readonly #replaced: Granted["credential"][] = [];
  #refusal: CredentialError | undefined;

  constructor(fetch: GuardedFetch, resolve: () => Promise<Granted | undefined>) {
    this.#fetch = fetch;
    this.#resolve = resolve;
  }

  /** @throws CredentialError */
  readonly credential = async (): Promise<Granted["credential"] | undefined> => {
    try {
      this.#granted = this.#withBefore(await this.#resolve());
      return this.#granted?.credential;
    } catch (error) {
      if (error instanceof CredentialError) this.#refusal = error;
      throw error;
    }
  };

  /** What was got with a credential, such as a token, is known to the very object that it was got with. */
  #withBefore(granted: Granted | undefined): Granted | undefined {
    const before = this.#granted?.credential;
    if (before === undefined) return granted;
    const isSame = isDeepStrictEqual(before.reveal(), granted?.credential.reveal());
    if (granted !== undefined && isSame) return { ...granted, credential: before };
    this.#replaced.push(before);
    return granted;
  }

  get fetch(): GuardedFetch {
    const call = (url: string | URL, request: OutboundRequest = {}): Promise<Response> =>
      this.#fetch(url, {
        ...request,
        // Whatever the node says of its headers: those that carry the secret stay with the origin they were meant for.
        secretHeaders: [...(request.secretHeaders ?? []), ...this.#secretHeaders(request)],
        look: (hop) => this.#checkHop(hop),
      });
    return Object.assign(call, {
      // What goes over a bare connection nobody can look into.
      connect: async (target: Parameters<GuardedFetch["connect"]>[0]) => {
        this.#check(target);
        return this.#fetch.connect(target);
      },
    });
  }

  /** What came of the attempt, with every form of the secret taken out. */
  settle(outcome: Outcome): Outcome {
    if (this.#refusal !== undefined) {
      const { code, message } = this.#refusal;
      // Tried again, and then an incident: whoever grants it lets the run go on.
      return { type: "fail", error: { kind: "error", code, message } };
    }
    if (this.#held().length === 0) return outcome;
    if (outcome.type === "output" && outcome.value !== undefined) {
      return { ...outcome, value: this.redact(outcome.value) };
    }
    if (outcome.type === "wait" || outcome.type === "children") return this.#redactAsked(outcome);
    if (outcome.type !== "fail") return outcome;
    return { ...outcome, error: this.cleanError(outcome.error) };
  }

  /** What people are asked, and other flows are given. */
  #redactAsked(outcome: Outcome): Outcome {
    // oxlint-disable-next-line typescript/no-unsafe-assignment -- an outcome is plain JSON
    const json: Json = JSON.parse(JSON.stringify(outcome));
    // oxlint-disable-next-line typescript/no-unsafe-assignment -- texts in it have changed, and nothing else
    const clean: Outcome = JSON.parse(JSON.stringify(this.redact(json)));
    return clean;
  }

  /** What is kept of a sub-step. */
  cleanRecord(record: CallRecord): CallRecord {
    if (record.status === "failed") return { status: "failed", error: this.cleanError(record.error) };
    return record.value === undefined ? record : { status: "completed", value: this.redact(record.value) };
  }

  /** Why a call failed. */
  cleanError(error: StepError): StepError {
    const { message, details, ...rest } = error;
    return {
      ...rest,
      message: this.redactText(message),
      ...(details === undefined ? {} : { details: this.redact(details) }),
    };
  }

  redactText(text: string): string {
    return this.#held().reduce((rest, credential) => credential.redact(rest), text);
  }

  /** The texts that must not show up anywhere. */
  secrets(): readonly string[] {
    return this.#held().flatMap((credential) => credential.secrets());
  }

  #held(): readonly Granted["credential"][] {
    return this.#granted === undefined ? this.#replaced : [...this.#replaced, this.#granted.credential];
  }

  /** The very value, where nothing has to be taken out. */
  redact<Value extends StepValue>(value: Value): Value;
  redact(value: StepValue): StepValue {
    const secrets = this.secrets();
    if (secrets.length === 0 || value === undefined || value === null) return value;
    const text = JSON.stringify(value);
    // A value of JSON spells a quote or a backslash as two characters: what is compared is the text of each string.
    return secrets.some((secret) => text.includes(secret) || text.includes(JSON.stringify(secret).slice(1, -1)))
      ? redacted(value, (each) => this.redactText(each))
      : value;
  }

  #secretHeaders({ headers }: OutboundRequest): readonly string[] {
    if (this.#granted === undefined) return [];
    return [...new Headers(headers)].flatMap(([name, value]) => (this.#isTold(value) ? [name] : []));
  }

  #checkHop({ url, headers, body }: Parameters<NonNullable<OutboundRequest["look"]>>[0]): void {
    const granted = this.#granted;
    if (granted?.hosts === undefined || allowsHost(granted.hosts, targetOf(url))) return;
    const sent = [
      url.href,
      ...headers.values(),
      typeof body === "string" ? body : Buffer.from(body ?? "").toString("latin1"),
    ];
    if (sent.some((text) => this.#isTold(text))) this.#check(targetOf(url));
  }

  /** Whether a text has the secret in one of its forms. */
  #isTold(text: string): boolean {
    return this.secrets().some((secret) => text.includes(secret));
  }

  #check(target: { readonly host: string; readonly port: number }): void {
    const granted = this.#granted;
    if (granted?.hosts === undefined || allowsHost(granted.hosts, target)) return;
    const { name, hosts } = granted;
    this.#refusal = new CredentialError(
      "credential_not_granted",
      `The credential “${name}” may not be sent to ${target.host}:${target.port}, only to ${hosts.join(", ")}.`,
    );
    throw this.#refusal;
  }
}

function targetOf({ hostname, port, protocol }: URL): { readonly host: string; readonly port: number } {
  const usual = protocol === "http:" ? 80 : 443;
  return { host: hostname, port: port === "" ? usual : Number(port) };
}

function redacted(value: Json, redact: (text: string) => string): Json {
  if (typeof value === "string") return redact(value);
  if (Array.isArray(value)) return value.map((each) => redacted(each, redact));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [redact(key), redacted(each, redact)]));
}
