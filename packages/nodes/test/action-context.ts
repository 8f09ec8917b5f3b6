/** What an action is given in tests: this machine is allowed, time stands still. */
import type { JsonObject, Outcome } from "@holdfast/dsl";
import type { ActionNode, HostedContext } from "../src/action.ts";
import { memoryModels } from "../src/ai/memory-models.ts";
import { Credential } from "../src/credential.ts";
import type { CredentialValue } from "../src/credential-value.ts";
import { createFetch } from "../src/outbound/guarded-fetch.ts";
import { MemoryCalls } from "../src/passage/memory-calls.ts";
import { Passage } from "../src/passage/passage.ts";
import { NOON } from "./control-context.ts";

const fetch = createFetch({ allow: ["127.0.0.1"] });

/** What a test may say about the context. */
export interface ContextOptions extends Partial<Omit<HostedContext, "params" | "credential">> {
  readonly credential?: CredentialValue;
}

/** Everything that a node logged, for looking through. */
export const logged: string[] = [];

/** A context with the given params. */
export function actionContext(params: JsonObject, { credential, ...options }: ContextOptions = {}): HostedContext {
  const log = (message: string, fields?: JsonObject): void => void logged.push(JSON.stringify({ message, fields }));
  return {
    params,
    key: "run-1:refund:0:main",
    attempt: 1,
    signal: new AbortController().signal,
    now: () => NOON,
    fetch,
    credential: () => Promise.resolve(credential && new Credential(credential)),
    log: { debug: log, info: log, warn: log },
    run: { id: "run-1", flow: "process-refund", version: 1, node: "refund" },
    ai: memoryModels(),
    ...options,
  };
}

/** One passage through a durable node. `calls`: what is kept of its sub-steps, for another passage or attempt. */
export function execute(node: ActionNode, context: HostedContext, calls = new MemoryCalls()): Promise<Outcome> {
  const { signal, now } = context;
  const passage = new Passage({
    keyOf: (call) => `run-1:refund:0:${call}`,
    call: "main",
    effect: "repeatable",
    store: calls,
    signal,
    now,
  });
  return passage.run(() => node.execute({ ...context, passage }));
}
