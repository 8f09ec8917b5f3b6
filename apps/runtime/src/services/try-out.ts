/** Asks an AI node's model, outside of any run. */
import { compileSchema, effectOf } from "@holdfast/dsl";
import type { Json, JsonObject } from "@holdfast/dsl";
import type { HostContext } from "../host/context.ts";
import type { NodeRegistry } from "../host/compiled-flow.ts";
import { memoryModels, type HostedContext } from "@holdfast/nodes";
import { MemoryCalls, Passage } from "@holdfast/nodes/executors";
import { Problem } from "../problem/problem.ts";

export interface TryOut {
  readonly type: string;
  /** With everything filled in; nothing in them is evaluated. */
  readonly params: JsonObject;
}

export type TriedOut =
  | { readonly type: "output"; readonly port: string; readonly value: Json }
  | { readonly type: "fail"; readonly code: string; readonly message: string };

/** A model that takes longer is given up. Milliseconds. */
const LONGEST = 90_000;

export type TryOutTools = Pick<HostContext, "ai" | "fetch" | "clock" | "log"> & {
  readonly registry: NodeRegistry;
};

/**
 * Only what can be done any number of times without harm, and only AI: whoever edits a draft must not reach the network
 * by it.
 * @throws Problem `not_tryable`, `params_invalid`
 */
export async function tryOut(tools: TryOutTools, { type, params }: TryOut, signal?: AbortSignal): Promise<TriedOut> {
  const manifest = tools.registry.manifests.get(type);
  const action = manifest && tools.registry.action(type, manifest.version);
  const harmless = manifest?.category === "ai" && effectOf(manifest, params) === "repeatable";
  if (action === undefined || manifest === undefined || !harmless) {
    throw new Problem(422, "not_tryable", "Only AI nodes can be tried out.", { pointer: "/type" });
  }
  const checked = compileSchema(manifest.params).validate(params);
  if (!checked.ok) {
    const [first] = checked.errors;
    throw new Problem(422, "params_invalid", first?.message ?? "The params do not fit.", {
      pointer: `/params${first?.pointer ?? ""}`,
    });
  }
  const over = AbortSignal.timeout(LONGEST);
  const passage = new Passage({
    keyOf: (call) => `try-out:${call}`,
    call: "main",
    effect: "repeatable",
    store: new MemoryCalls(),
    signal: over,
    now: () => tools.clock.now(),
  });
  const context: HostedContext = {
    params,
    key: "try-out",
    attempt: 1,
    signal: signal === undefined ? over : AbortSignal.any([signal, over]),
    now: () => tools.clock.now(),
    fetch: tools.fetch,
    // None: whoever edits a draft uses nobody's secrets by it.
    credential: () => Promise.resolve(undefined),
    log: {
      debug: (message, fields) => tools.log.debug(fields ?? {}, message),
      info: (message, fields) => tools.log.info(fields ?? {}, message),
      warn: (message, fields) => tools.log.warn(fields ?? {}, message),
    },
    run: { id: "try-out", flow: "try-out", version: 0, node: "try-out" },
    ai: memoryModels(tools.ai),
    passage,
  };
  const outcome = await passage.run(() => action.execute(context));
  if (outcome.type === "output") return { type: "output", port: outcome.port, value: outcome.value ?? null };
  if (outcome.type === "fail") return { type: "fail", code: outcome.error.code, message: outcome.error.message };
  throw new Problem(422, "not_tryable", "The node does not answer at once.");
}
