/**
 * Child runs: started in windows, each a run of its own, created in the commit that tells the parent's state of them.
 */
import type { ChildrenSpec, Json, Roots } from "@holdfast/dsl";
import { factOf, resumptionOf } from "@holdfast/engine";
import { uuid7 } from "../../ids/uuid7.ts";
import { loadWantedRun } from "../../store/flow-runs.ts";
import { jsonText, quoted } from "../../writer/json-text.ts";
import { expressionRoots, iso } from "../expression-roots.ts";
import { LIMITS } from "../limits.ts";
import { type NewRun, startRow } from "../new-run.ts";
import { requesterOf } from "../requester.ts";
import type { RunFile } from "../run-file.ts";
import { bodyScope, type Scope } from "../scope.ts";
import { childResults, controlContext } from "./execute.ts";

/** Creates children `from` to `to - 1`. */
export async function startChildren(run: RunFile, node: string, from: number, to: number): Promise<boolean> {
  const spec = await specOf(run, node);
  if (spec === undefined) return false;
  const at = run.now();
  const flow =
    spec.source === "body"
      ? run.identity.flow
      : await run.context.flowById(run.identity.workspace, spec.source.flow, spec.source.version);
  // It was there when the step began; a flow is never deleted while its parents wait.
  if (flow === undefined) throw new Error(`the flow of ${node} is gone`);
  const call = resumptionOf(run.state, node)?.call;
  const newRuns: NewRun[] = [];
  for (let index = from; index < to; index++) {
    const item = spec.items[index - spec.firstIndex] ?? null;
    newRuns.push(newChild(run, { node, call, index, item, spec, flow, at }));
  }
  if (!run.note({ type: "children.started", node, next: to, at })) return false;
  for (const child of newRuns) run.draft.add("starts", startRow(child));
  run.draft.labels.push({ point: "child", type: run.identity.flow.nodes.get(node)?.type ?? "" });
  run.draft.then((written) => {
    const left: string[] = [];
    for (const child of newRuns) {
      // One that was there before (the parent is taken up again) has a life of its own.
      if (child.take && written.children.has(child.id)) run.context.adopt(child);
      else if (written.children.has(child.id)) left.push(child.id);
    }
    if (left.length > 0) run.context.dispatch(left);
  });
  return true;
}

interface ChildOf {
  readonly node: string;
  /** What the step calls it, if that runs it in its middle. */
  readonly call: string | undefined;
  readonly index: number;
  readonly item: Json;
  readonly spec: ChildrenSpec;
  readonly flow: NewRun["flow"];
  readonly at: number;
}

function newChild(run: RunFile, { node, call, index, item, spec, flow, at }: ChildOf): NewRun {
  const { identity } = run;
  const body = spec.source === "body";
  const id = uuid7();
  const actor = `flow:${identity.scope.runId}`;
  const trigger = { type: "call", by: { kind: "flow", id: identity.scope.runId }, at: iso(at) };
  const roots = body ? { item, index, ...(spec.last === undefined ? {} : { last: spec.last }) } : {};
  const scope: Scope | undefined = body
    ? bodyScope(identity.scope, identity.body, { id, iteration: index })
    : undefined;
  const input = body ? null : item;
  return {
    id,
    workspace: identity.workspace,
    flow,
    input,
    inputText: jsonText(input, LIMITS.input),
    trigger,
    startedAt: at,
    actor,
    requester: body ? identity.scope.requester : (requesterOf(flow, { input, trigger }) ?? identity.scope.requester),
    child: { root: identity.root, parent: run.id, node, iteration: index, body, roots, call, scope },
    take: run.context.hasRoom(),
  };
}

/** The children as the node's behavior named them; asked again if another process began the step. */
async function specOf(run: RunFile, node: string): Promise<ChildrenSpec | undefined> {
  const known = run.children.get(node);
  if (known !== undefined) return known;
  if (resumptionOf(run.state, node) !== undefined) return loadWantedRun(run.context.database, run.id, node);
  const compiled = run.identity.flow.nodes.get(node);
  const fact = factOf(run.state, node);
  if (compiled?.control === undefined || fact?.status !== "waiting" || fact.wait !== "children") return undefined;
  const roots: Roots = await expressionRoots(run, compiled.params.references, fact.since);
  const params = compiled.params.resolve(roots);
  const context = controlContext(run, fact.since, roots);
  const outcome =
    fact.first === 0
      ? compiled.control.begin(params, context)
      : compiled.control.resume?.(params, context, await childResults(run, node));
  if (outcome?.type !== "children") return undefined;
  run.children.set(node, outcome.children);
  return outcome.children;
}

/** Tells the children of a node that are not over to stop. */
export function cancelChildren(run: RunFile, node: string): void {
  run.draft.add("childCancels", `{"r":"${run.id}","n":${quoted(node)}}`);
  run.draft.then(() => run.context.childrenCanceled(run.id, node));
}
