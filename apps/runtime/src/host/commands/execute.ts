/**
 * Carrying out `execute` and `undo`: params, then a control node's behavior at once, or an action prepared for the
 * time when everything before it is committed.
 */
import {
  type ChildResult,
  compileCondition,
  type Compiled,
  type ControlContext,
  effectOf,
  type Json,
  type JsonObject,
  type Outcome,
  type Roots,
  stepErrorOf,
  type StepError,
} from "@holdfast/dsl";
import { factOf } from "@holdfast/engine";
import { inClockTime } from "../../calendars/in-clock-time.ts";
import { loadChildren } from "../../store/results.ts";
import type { Runnable } from "../compiled-flow.ts";
import { expressionRoots } from "../expression-roots.ts";
import type { Prepared } from "../prepared.ts";
import { keyOf } from "../scope.ts";
import { quoted } from "../../writer/json-text.ts";
import type { RunFile, StepResult } from "../run-file.ts";
import { foldFailure, foldOutcome } from "./outcome.ts";

export interface Execution {
  readonly commandId: string;
  readonly node: string;
  readonly attempt: number;
  readonly phase: "begin" | "resume" | "undo";
  readonly readyAt: number;
  /** Milliseconds. */
  readonly timeout: number;
}

/** What became of it: the state has moved on, or an action waits for the commit. */
export type Executed =
  | { readonly kind: "folded"; readonly changed: boolean }
  | { readonly kind: "prepared"; readonly prepared: Prepared }
  /** This process does not have the node type in this version. */
  | { readonly kind: "missing"; readonly type: string; readonly version: number };

/** At once, where nothing has to be loaded first. */
export function execute(run: RunFile, execution: Execution): Executed | Promise<Executed> {
  const { node, attempt, phase } = execution;
  const compiled = run.identity.flow.nodes.get(node);
  let runnable: Runnable | undefined = phase === "undo" ? compiled?.undo : compiled;
  const call = phase === "undo" ? "undo" : "main";
  const startedAt = run.now();
  const base: StepResult = { node, call, attempt, startedAt };
  if (compiled === undefined || runnable === undefined) {
    return folded(
      foldFailure(run, base, {
        kind: "fatal",
        code: "unknown_node",
        message: `There is no node “${node}” in this version.`,
      }),
    );
  }
  if (runnable.control === undefined && runnable.action === undefined) {
    // It may have come since the flow was compiled.
    const { type, manifest } = runnable;
    const action = run.context.nodeType(type, manifest.version);
    if (action === undefined) return { kind: "missing", type, version: manifest.version };
    runnable = { ...runnable, action };
  }
  const begun: Begun = { run, execution, base, runnable, keyRetentionMs: compiled.keyRetentionMs ?? DAY_MS };
  const readsNothing = runnable.params.static && runnable.params.references.length === 0;
  return readsNothing ? resolved(begun, {}) : withRoots(begun);
}

interface Begun {
  readonly run: RunFile;
  readonly execution: Execution;
  readonly base: StepResult;
  readonly runnable: Runnable;
  readonly keyRetentionMs: number;
}

async function withRoots(begun: Begun): Promise<Executed> {
  const { run, execution, base, runnable } = begun;
  let roots: Roots;
  try {
    roots = await expressionRoots(run, runnable.params.references, execution.readyAt);
  } catch (error) {
    return folded(foldFailure(run, base, evaluationError(error)));
  }
  return resolved(begun, roots);
}

function resolved(
  { run, execution, base, runnable, keyRetentionMs }: Begun,
  roots: Roots,
): Executed | Promise<Executed> {
  const { node, attempt } = execution;
  const { call } = base;
  let params: JsonObject;
  try {
    params = runnable.params.resolve(roots);
  } catch (error) {
    return folded(foldFailure(run, base, evaluationError(error)));
  }
  const result: StepResult = runnable.params.static ? base : { ...base, input: params };
  if (runnable.control !== undefined) {
    return answer(run, execution, { runnable, params, roots }).then((outcome) =>
      folded(foldOutcome(run, result, outcome, runnable.type)),
    );
  }
  const prepared = prepare(run, execution, { runnable, params, call });
  const doubt = inDoubt(run, prepared, keyRetentionMs);
  if (doubt !== undefined) return folded(foldFailure(run, result, doubt));
  if (prepared.effect === "once" && !isDurable(prepared)) {
    run.draft.add(
      "intents",
      `{"r":"${run.id}","n":${quoted(node)},"c":"${call}","a":${attempt},"k":${quoted(prepared.key)}}`,
    );
    run.draft.labels.push({ point: "intent", type: runnable.type });
  }
  return { kind: "prepared", prepared };
}

const DAY_MS = 24 * 60 * 60 * 1000;

const folded = (changed: boolean): Executed => ({ kind: "folded", changed });

function prepare(
  run: RunFile,
  execution: Execution,
  { runnable, params, call }: Pick<Prepared, "runnable" | "params" | "call">,
): Prepared {
  const { scope } = run.identity;
  return {
    commandId: execution.commandId,
    node: execution.node,
    call,
    attempt: execution.attempt,
    runnable,
    params,
    effect: effectOf(runnable.manifest, params),
    timeout: execution.timeout,
    key: keyOf(scope, execution.node, call),
  };
}

/** A durable step announces each of its sub-steps; by itself it sends nothing. */
const isDurable = ({ runnable }: Prepared): boolean => runnable.manifest.durable === true;

/**
 * A send that nobody may repeat by himself: one that was announced and has no result, or one whose key the target may
 * have forgotten since it was first sent.
 */
function inDoubt(run: RunFile, prepared: Prepared, keyRetentionMs: number): StepError | undefined {
  const { node, call, attempt, effect } = prepared;
  if (effect === "once" && !isDurable(prepared) && run.dangling.has(`${node} ${call} ${attempt}`)) {
    return {
      kind: "unknown",
      code: "interrupted",
      message: "Holdfast was stopped between sending and the answer. Whether it arrived is not known.",
    };
  }
  if (effect === "keyed") {
    const fact = factOf(run.state, node);
    const since = fact !== undefined && "keySince" in fact ? fact.keySince : undefined;
    if (since !== undefined && run.now() - since > keyRetentionMs) {
      return {
        kind: "unknown",
        code: "key_expired",
        message: "It may have been sent before, and its target no longer remembers the key by then.",
      };
    }
  }
  return undefined;
}

async function answer(
  run: RunFile,
  execution: Execution,
  { runnable, params, roots }: { readonly runnable: Runnable; readonly params: JsonObject; readonly roots: Roots },
): Promise<Outcome> {
  const { control } = runnable;
  if (control === undefined) throw new Error(`${runnable.type} is not a control node`);
  const context = controlContext(run, execution.readyAt, roots);
  try {
    if (execution.phase !== "resume") return await checked(run, control.begin(params, context));
    const results = await childResults(run, execution.node);
    if (control.resume === undefined) throw new Error(`${runnable.type} has children and no resume`);
    return control.resume(params, context, results);
  } catch (error) {
    return { type: "fail", error: evaluationError(error) };
  }
}

/**
 * The flow that a child is to run has to exist, and its input has to fit, before the step waits for it; working time is
 * counted in the calendars of this moment.
 */
async function checked(run: RunFile, outcome: Outcome): Promise<Outcome> {
  if (outcome.type === "wait") return withTimes(run, outcome);
  if (outcome.type !== "children" || outcome.children.source === "body") return outcome;
  const { source, items } = outcome.children;
  for (const item of items) {
    const error = await flowProblem(run, source, item);
    if (error !== undefined) return { type: "fail", error };
  }
  return outcome;
}

/** Why a flow can't be run with an input. */
export async function flowProblem(
  run: RunFile,
  { flow: id, version }: { readonly flow: string; readonly version?: number },
  input: Json,
): Promise<StepError | undefined> {
  const flow = await run.context.flowById(run.identity.workspace, id, version);
  if (flow === undefined) {
    const which = version === undefined ? `a published flow “${id}”` : `a version ${version} of the flow “${id}”`;
    return { kind: "fatal", code: "unknown_flow", message: `There is no ${which}.` };
  }
  const fits = flow.input?.validate(input) ?? { ok: true };
  if (fits.ok) return undefined;
  const [first] = fits.errors;
  const message = `The input does not fit the flow “${id}”: ${first?.pointer ?? ""} ${first?.message ?? ""}`;
  return { kind: "fatal", code: "invalid_input", message, pointer: `/input${first?.pointer ?? ""}` };
}

/** Working time of a task, as times of the clock. */
export async function withTimes(run: RunFile, outcome: Outcome & { type: "wait" }): Promise<Outcome> {
  const { wait } = outcome;
  if (wait.kind !== "event" || wait.inbox === undefined) return outcome;
  const { workspace, flow, scope } = run.identity;
  const isUnknown = scope.requester === undefined && flow.requester === undefined;
  if (wait.inbox.notRequester && isUnknown) return { type: "fail", error: NO_REQUESTER };
  const place = { workspace, timeZone: flow.timeZone, at: run.now() };
  const inbox = await inClockTime(run.context.database, place, wait.inbox);
  return { ...outcome, wait: { ...wait, inbox } };
}

const NO_REQUESTER: StepError = {
  kind: "fatal",
  code: "no_requester",
  message: "The task is not for the person who asked, and this run does not know who that is.",
};

/** How the children of the last round ended; of all rounds, if this process did not begin the last one. */
export async function childResults(run: RunFile, node: string): Promise<readonly ChildResult[]> {
  const from = run.children.get(node)?.firstIndex ?? 0;
  const children = await loadChildren(run.context.database, run.id, node, from);
  return children.map(({ index, status, output, error }) =>
    status === "completed"
      ? { index, status, output }
      : {
          index,
          status,
          error: error ?? { kind: "fatal", code: `child_${status}`, message: `The child run is ${status}.` },
        },
  );
}

const conditions = new Map<string, Compiled>();
const MAX_CONDITIONS = 10_000;

/** Conditions are few and come from documents: compiled once each. */
export function condition(source: string): Compiled {
  let compiled = conditions.get(source);
  if (compiled === undefined) {
    if (conditions.size >= MAX_CONDITIONS) conditions.clear();
    compiled = compileCondition(source);
    conditions.set(source, compiled);
  }
  return compiled;
}

export function controlContext(run: RunFile, now: number, roots: Roots): ControlContext {
  return {
    now,
    timeZone: run.identity.flow.timeZone,
    evaluate: (source, more) => condition(source).evaluate(more === undefined ? roots : { ...roots, ...more }),
  };
}

function evaluationError(error: unknown): StepError {
  const told = stepErrorOf(error);
  if (told === undefined) throw error;
  return told;
}
