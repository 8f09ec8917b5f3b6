/**
 * From a new or a stored run to its file in memory.
 */
import type { Json } from "@holdfast/dsl";
import { initialState, type Plan } from "@holdfast/engine";
import type { Ancestor } from "../store/ancestors.ts";
import type { LoadedRun } from "../store/load-run.ts";
import type { CompiledFlow } from "./compiled-flow.ts";
import type { HostContext } from "./context.ts";
import { restore } from "./history.ts";
import { knownCalls } from "./known-calls.ts";
import type { NewRun } from "./new-run.ts";
import { RunFile } from "./run-file.ts";
import { type Scope, scopeFrom } from "./scope.ts";

function planOf(flow: CompiledFlow, bodyOf: string | undefined): Plan {
  if (bodyOf === undefined) return flow.plan.root;
  const plan = Object.hasOwn(flow.plan.bodies, bodyOf) ? flow.plan.bodies[bodyOf] : undefined;
  if (plan === undefined) throw new Error(`flow ${flow.id} has no loop ${bodyOf}`);
  return plan;
}

function ownScope(run: {
  id: string;
  input: Json;
  trigger: Json;
  startedAt: number;
  requester: string | undefined;
}): Scope {
  const { id, input, trigger, startedAt, requester } = run;
  return { runId: id, runs: [id], iteration: "0", input, trigger, startedAt, requester };
}

/** A run that has just been committed by this process. */
export function openNewRun(run: NewRun, context: HostContext): RunFile {
  const { child } = run;
  const startedAt = run.startedAt ?? context.clock.now();
  return new RunFile(
    {
      id: run.id,
      workspace: run.workspace,
      flow: run.flow,
      plan: planOf(run.flow, child?.body === true ? child.node : undefined),
      scope: child?.scope ?? ownScope({ ...run, startedAt }),
      body: child?.body ?? false,
      parent: child?.parent,
      parentNode: child?.node,
      root: child?.root ?? run.id,
      roots: child?.roots ?? {},
    },
    context,
    { state: initialState(startedAt), seq: 0, lastAt: startedAt, dangling: new Set(), hasTimer: false, outputBytes: 0 },
  );
}

/** A run that was taken over. `ancestors`: of a loop body, nearest first. */
export function openLoadedRun(
  run: LoadedRun,
  flow: CompiledFlow,
  ancestors: readonly Ancestor[],
  context: HostContext,
): RunFile {
  const requester = run.requester ?? undefined;
  const plan = planOf(flow, run.body ? (run.parentNode ?? undefined) : undefined);
  const { state, seq } = restore(plan, run);
  const known = new Set(run.steps.map((step) => `${step.node} ${step.call} ${step.attempt}`));
  const dangling = run.intents.map((i) => `${i.node} ${i.call} ${i.attempt}`).filter((intent) => !known.has(intent));
  const lastStep = run.steps.at(-1)?.at ?? run.startedAt;
  const file = new RunFile(
    {
      id: run.id,
      workspace: run.workspace,
      flow,
      plan,
      scope: scopeFrom(run, ancestors) ?? ownScope({ ...run, requester }),
      body: run.body,
      parent: run.parent ?? undefined,
      parentNode: run.parentNode ?? undefined,
      root: run.root ?? run.id,
      roots: run.bodyRoots ?? {},
    },
    context,
    {
      state,
      seq,
      lastAt: Math.max(lastStep, run.startedAt),
      dangling: new Set(dangling),
      hasTimer: true,
      outputBytes: run.outputBytes,
      calls: knownCalls(run.steps),
    },
  );
  for (const wait of run.waits) if (wait.status === "open") file.waits.set(wait.node, wait.id);
  return file;
}
