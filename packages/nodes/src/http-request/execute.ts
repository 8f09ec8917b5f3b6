/** The executor of `http.request`. */
import { effectOf, type Effect, type Outcome } from "@holdfast/dsl";
import type { z } from "zod";
import type { ActionContext } from "../action.ts";
import type { Credential } from "../credential.ts";
import { actionManifest, defineNode } from "../define-node.ts";
import { failureOf } from "../failure.ts";
import { fail, fatal, output } from "../outcome.ts";
import { retryAfterOf } from "../retry-after.ts";
import { schemaChecker } from "../schema/checker.ts";
import { excerptOf, NotJsonError, readBody, readHeaders } from "./answer.ts";
import { findOutboundError, outboundError, statusError } from "./classify.ts";
import { httpRequestInfo } from "./definition.ts";
import { proofOf, type Proof } from "./proof.ts";
import { RequestError, requestInit, requestUrl } from "./request.ts";

type Context = ActionContext<z.output<(typeof httpRequestInfo)["params"]>>;

const manifest = actionManifest(httpRequestInfo);
const check = schemaChecker();

/** `http.request` */
export const httpRequest = defineNode({
  ...httpRequestInfo,
  async execute(context) {
    const { method, idempotencyHeader } = context.params;
    const effect = effectOf(manifest, { method, ...(idempotencyHeader !== undefined && { idempotencyHeader }) });
    const credential = await context.credential();
    try {
      return await call(context, effect, credential);
    } catch (error) {
      if (error instanceof RequestError) return fatal("params_invalid", error.message, { pointer: error.pointer });
      const outbound = failureOf(error) === undefined ? findOutboundError(error) : undefined;
      if (!outbound) throw error;
      context.log.debug("The call failed.", { code: outbound.code, sent: outbound.sent });
      return fail(outboundError(effect, outbound));
    }
  },
});

async function call(context: Context, effect: Effect, credential: Credential | undefined): Promise<Outcome> {
  const { params } = context;
  const response = await ask(context, effect, await proofOf(credential, context));
  if (!isExpected(params, response)) {
    return fail(
      statusError(effect, {
        status: response.status,
        statusText: response.statusText,
        retryAfter: retryAfterOf(response.headers, context.now()),
        excerpt: await excerptOf(response, credential),
      }),
    );
  }
  return answer(context, response, credential);
}

async function ask(context: Context, effect: Effect, proof: Proof): Promise<Response> {
  const { params, key, signal } = context;
  const response = await context.fetch(requestUrl(params, proof), {
    ...requestInit(params, key, proof),
    signal,
    freshConnection: effect === "once",
  });
  if (response.status !== 401 || proof.renew === undefined || isExpected(params, response)) return response;
  // Its token was refused, and so nothing happened: it may have been withdrawn before its time.
  await response.body?.cancel();
  return ask(context, effect, await proof.renew());
}

const isExpected = ({ expect }: Context["params"], { status, ok }: Response): boolean =>
  expect === undefined ? ok : expect.includes(status);

async function answer({ params }: Context, response: Response, credential: Credential | undefined): Promise<Outcome> {
  const headers = readHeaders(response, credential);
  try {
    const body = await readBody(response, credential, params.responseAs);
    const problem = params.responseSchema && check(params.responseSchema, body);
    if (!problem) return output({ status: response.status, headers, body });
    return fatal("response_invalid", `The answer does not fit: ${problem.message}`, {
      pointer: problem.pointer,
      details: { status: response.status },
    });
  } catch (error) {
    if (error instanceof NotJsonError) {
      return fatal("response_invalid", error.message, { details: { status: response.status } });
    }
    throw error;
  }
}
