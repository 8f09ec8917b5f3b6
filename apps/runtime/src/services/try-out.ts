/** Asks an AI node's model, outside of any run. What that takes stands in the books of the flow. */
import { compileSchema, effectOf } from "@holdfast/dsl";
import type { HostContext } from "../host/context.ts";
import type { NodeRegistry } from "../host/compiled-flow.ts";
import type { HostedContext } from "@holdfast/nodes";
import { MemoryCalls, Passage } from "@holdfast/nodes/executors";
import { noteOperation } from "../audit/note-operation.ts";
import { inTransaction } from "../database/transaction.ts";
import { uuid7 } from "../ids/uuid7.ts";
import { modelsOfTry } from "../models/models-of-try.ts";
import type { ModelUse } from "../models/model-use.ts";
import { Problem } from "../problem/problem.ts";
import type { Caller } from "./services.ts";
import type { TriedOut, TryOut } from "./tried-out.ts";

/** A model that takes longer is given up. Milliseconds. */
const LONGEST = 90_000;

export type TryOutTools = Pick<HostContext, "ai" | "books" | "database" | "fetch" | "flowById" | "clock" | "log"> & {
  readonly registry: NodeRegistry;
};

/**
 * Only what can be done any number of times without harm, and only AI: whoever edits a draft must not reach the network
 * by it.
 * @throws Problem `not_tryable`, `params_invalid`, `not_found`
 */
export async function tryOut(
  tools: TryOutTools,
  caller: Caller,
  { flow, node, type, params }: TryOut,
  signal?: AbortSignal,
): Promise<TriedOut> {
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
  const use = await useOf(tools, caller, { flow, node });
  await inTransaction(tools.database, (client) =>
    noteOperation(client, caller, {
      action: "draft.tryOut",
      target: `flow:${flow}`,
      after: { node, type, try: use.run },
    }),
  );
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
    run: { id: use.run, flow, version: 0, node },
    ai: modelsOfTry(tools.books, tools.ai, use),
    passage,
  };
  const outcome = await passage.run(() => action.execute(context));
  if (outcome.type === "output") return { type: "output", port: outcome.port, value: outcome.value ?? null };
  if (outcome.type === "fail") return { type: "fail", code: outcome.error.code, message: outcome.error.message };
  throw new Problem(422, "not_tryable", "The node does not answer at once.");
}

/** For the books: a run that is none, on the day of its flow. */
async function useOf(
  { database, flowById }: TryOutTools,
  { workspace }: Caller,
  { flow, node }: Pick<TryOut, "flow" | "node">,
): Promise<ModelUse> {
  const { rows } = await database.query<{ ref: number }>(
    "select ref from holdfast.flows where workspace = $1 and id = $2",
    [workspace, flow],
  );
  const [found] = rows;
  if (found === undefined) throw new Problem(404, "not_found", `There is no flow “${flow}”.`, { pointer: "/flow" });
  const live = await flowById(workspace, flow);
  const run = uuid7();
  return { workspace, flow: found.ref, run, ofRun: run, node, attempt: 1, timeZone: live?.timeZone ?? "UTC" };
}
