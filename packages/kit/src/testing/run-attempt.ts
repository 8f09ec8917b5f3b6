/** One attempt of a node in memory, over all its passages but those that a wait ends. */
import { effectOf, type JsonObject, type Outcome } from "@holdfast/dsl";
import { memoryModels, type ActionNode, type AttachedFile, type HostedContext, type Models } from "@holdfast/nodes";
import {
  Credential,
  Passage,
  type CredentialValue,
  type GuardedFetch,
  type MemoryCalls,
} from "@holdfast/nodes/executors";
import { CrashingCalls, type Crash } from "./crashing-calls.ts";
import { otherNodes, type OtherNodesInTest } from "./other-nodes.ts";

export interface Attempt {
  readonly node: ActionNode;
  readonly params: JsonObject;
  /** Run, node and iteration: keys begin with it. */
  readonly keys: string;
  readonly attempt: number;
  readonly calls: MemoryCalls;
  readonly fetch: GuardedFetch;
  readonly credential: CredentialValue | undefined;
  readonly signal: AbortSignal;
  readonly now: () => number;
  /** Deaths of the process that are still to come; those that have come are taken out. */
  readonly crashes: Crash[];
  /** What the node tells: log lines and progress. */
  readonly told: string[];
  /** Left out: the offline model answers. */
  readonly models?: Models | undefined;
  readonly others?: OtherNodesInTest | undefined;
  readonly files?: { readonly [id: string]: AttachedFile } | undefined;
  /** Counts how often `execute` was entered. */
  readonly entered: () => void;
}

const DIED = Symbol("died");

/** To its outcome; after a crash another process goes on from what was kept. */
export async function runAttempt(attempt: Attempt): Promise<Outcome> {
  for (;;) {
    const outcome = await inOneProcess(attempt);
    if (outcome !== DIED) return outcome;
    if (!isDurable(attempt) && effectOf(attempt.node.manifest, attempt.params) === "once") return IN_DOUBT;
  }
}

/** What a host says of an effect that was announced, and whose process died. */
const IN_DOUBT: Outcome = {
  type: "fail",
  error: {
    kind: "unknown",
    code: "interrupted",
    message: "Holdfast was stopped between sending and the answer. Whether it arrived is not known.",
  },
};

const isDurable = ({ node }: Attempt): boolean => node.manifest.durable === true;

async function inOneProcess(attempt: Attempt): Promise<Outcome | typeof DIED> {
  const { node, params, signal, now } = attempt;
  const death = Promise.withResolvers<typeof DIED>();
  const store = new CrashingCalls(attempt.calls, attempt.crashes, () => death.resolve(DIED));
  attempt.entered();
  if (store.dies("before", "main")) return DIED;
  const passage = new Passage({
    keyOf: (call) => `${attempt.keys}:${call}`,
    call: "main",
    effect: effectOf(node.manifest, params),
    store,
    signal,
    now,
  });
  const context = contextOf(attempt, passage);
  const outcome = await Promise.race([death.promise, passage.run(() => node.execute(context))]);
  passage.giveUp();
  if (outcome === DIED || store.dies("during", "main")) return DIED;
  return outcome;
}

function contextOf(attempt: Attempt, passage: Passage): HostedContext {
  const { params, keys, credential, told, fetch, signal, now } = attempt;
  const log = (message: string, fields?: JsonObject): void =>
    void told.push(JSON.stringify({ message, ...(fields !== undefined && { fields }) }));
  const context: HostedContext = {
    params,
    key: `${keys}:main`,
    attempt: attempt.attempt,
    signal,
    now,
    fetch,
    credential: () => Promise.resolve(credential && new Credential(credential)),
    log: { debug: log, info: log, warn: log },
    run: { id: keys.split(":")[0] ?? "", flow: "test", version: 1, node: keys.split(":")[1] ?? "" },
    ai: attempt.models ?? memoryModels(),
    progress: (part, note) => void told.push(JSON.stringify({ part, note })),
    ...(isDurable(attempt) && { passage }),
    files: { read: (id) => Promise.resolve(attempt.files?.[id]) },
  };
  return { ...context, others: otherNodes(attempt.others ?? {}, context) };
}
