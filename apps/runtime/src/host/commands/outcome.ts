/**
 * Folding what a node answered.
 */
import type { Json, JsonObject, Outcome, StepError } from "@holdfast/dsl";
import { factOf, lowWater, nodeOf, type RunEvent } from "@holdfast/engine";
import { uuid7 } from "../../ids/uuid7.ts";
import { quoted, UnstorableValueError } from "../../writer/json-text.ts";
import { type TaskTimes, taskTimes } from "../../calendars/task-times.ts";
import { aiFactsOf } from "../ai-facts.ts";
import { closeRow, taskRow, waitKeyRows, waitRow } from "../rows.ts";
import type { RunFile, StepResult } from "../run-file.ts";
import { keepableError, unkeepable } from "./keepable.ts";
import { failpoint } from "../failpoint.ts";

/** Folds the outcome of a step. False when it came too late. */
export function foldOutcome(run: RunFile, result: StepResult, outcome: Outcome, type: string): boolean {
  const problem = unkeepable(outcome);
  if (problem !== undefined) return foldFailure(run, result, problem);
  switch (outcome.type) {
    case "output":
      return foldOutput(run, result, outcome, type);
    case "wait":
      return openWait(run, result, outcome, type);
    case "children":
      return openChildren(run, result, outcome, type);
    case "fail":
      return foldFailure(run, result, outcome.error);
  }
}

export function foldFailure(run: RunFile, result: StepResult, failed: StepError): boolean {
  const error = keepableError(failed);
  const at = run.now();
  const jitter = Math.random();
  const { node, attempt, startedAt } = result;
  const event =
    result.call === "undo"
      ? ({ type: "undo.failed", node, attempt, error, jitter, at } as const)
      : ({ type: "step.failed", node, attempt, error, jitter, startedAt, at } as const);
  closeChildren(run, node, at);
  if (!run.fail(result, error, jitter, event)) return false;
  const type = run.identity.flow.nodes.get(node)?.type ?? "";
  run.draft.labels.push({ point: "checkpoint", type });
  const fact = factOf(run.state, node);
  if (fact?.status === "scheduled" && fact.notBefore > at) run.draft.labels.push({ point: "timer", type });
  return true;
}

function foldOutput(run: RunFile, result: StepResult, outcome: Outcome & { type: "output" }, type: string): boolean {
  const { node, attempt } = result;
  const at = run.now();
  const told = { ...result, meta: outcome.meta };
  if (result.call === "undo") {
    if (!completeOrFail(run, told, outcome, { type: "undo.completed", node, at })) return false;
    run.draft.labels.push({ point: "checkpoint", type });
    return true;
  }
  const planned = nodeOf(run.identity.plan, node);
  if (planned === undefined) return false;
  if (!planned.terminal && !planned.ports.includes(outcome.port) && outcome.port !== "error") {
    const message = `The node answered by the port “${outcome.port}”, which it does not have.`;
    return foldFailure(run, result, { kind: "fatal", code: "unknown_port", message });
  }
  const hasOutput = planned.terminal && outcome.value !== undefined;
  closeChildren(run, node, at);
  const event = { type: "step.completed", node, attempt, port: outcome.port, at } as const;
  if (!completeOrFail(run, told, outcome, hasOutput ? { ...event, hasOutput } : event)) return false;
  if (outcome.events !== undefined && outcome.events.length > 0) sendEvents(run, outcome.events, at);
  run.draft.labels.push({ point: "checkpoint", type });
  return true;
}

/** Completes a step; one whose value can't be stored has failed instead, whoever gave it. False when it came too late. */
export function completeOrFail(
  run: RunFile,
  result: StepResult,
  { port, value }: { readonly port: string; readonly value: Json | undefined },
  event: RunEvent,
): boolean {
  try {
    return run.complete(result, port, value, event);
  } catch (error) {
    if (!(error instanceof UnstorableValueError)) throw error;
    const message = `The step's output: ${error.message}.`;
    return foldFailure(run, result, { kind: "fatal", code: error.code, message });
  }
}

function sendEvents(run: RunFile, events: NonNullable<(Outcome & { type: "output" })["events"]>, at: number): void {
  const end = run.context.beginLook();
  const ids = events.map((event) => {
    const id = uuid7();
    const row: JsonObject = {
      r: run.id,
      id,
      w: run.identity.workspace,
      n: event.name,
      d: event.data,
      actor: `flow:${run.identity.scope.runId}`,
      at,
    };
    run.draft.add("events", JSON.stringify(row));
    return id;
  });
  run.draft.then(() => run.context.eventsAccepted(ids, end));
  run.draft.otherwise(end);
}

type Waiting = Extract<Outcome, { type: "wait" }>;

function openWait(run: RunFile, result: StepResult, { wait, resumes }: Waiting, type: string): boolean {
  const { node } = result;
  const fact = factOf(run.state, node);
  const passage = fact?.status === "scheduled" ? fact.passage : undefined;
  // A wait is told from an earlier one of its step by when it was opened.
  if (passage !== undefined) run.lastAt += 1;
  const at = run.now();
  const deadline = wait.kind === "time" ? { at: wait.until, port: wait.port } : wait.deadline;
  const event = {
    type: "step.waiting",
    node,
    wait: wait.kind,
    at,
    ...(deadline !== undefined && { deadline }),
    ...(resumes !== undefined && { resumes }),
    ...(passage !== undefined && { passage }),
  } as const;
  if (!run.note(event)) return false;
  const id = uuid7();
  run.waits.set(node, id);
  run.draft.labels.push({ point: wait.kind === "time" ? "timer" : "wait", type });
  if (wait.kind === "time") {
    run.draft.add("waits", waitRow({ id, run: run.id, node, kind: "time", at, deadline: wait.until, inStep: resumes }));
    return true;
  }
  if (deadline !== undefined) run.draft.labels.push({ point: "timer", type });
  const { workspace, root } = run.identity;
  const end = run.context.beginLook();
  const lookFrom = wait.lookBack === undefined ? undefined : at - wait.lookBack;
  run.draft.add(
    "waits",
    waitRow({
      id,
      run: run.id,
      node,
      kind: "event",
      at,
      deadline: wait.deadline?.at,
      root,
      lookFrom,
      outcomes: wait.outcomes,
      inStep: resumes,
    }),
  );
  for (const row of waitKeyRows(run.id, id, workspace, wait.outcomes)) run.draft.add("waitKeys", row);
  if (wait.inbox !== undefined) {
    const times = taskTimes(wait.inbox, at);
    run.draft.add(
      "tasks",
      taskRow({
        id: uuid7(),
        workspace,
        run: run.id,
        wait: id,
        node,
        inbox: wait.inbox,
        outcomes: wait.outcomes.map((outcome) => outcome.port),
        requester: run.identity.scope.requester,
        aiOffline: showsOfflineAnswer(run, node),
        aiFacts: wait.inbox.aiFacts ?? aiFactsOf(run.identity.flow, node),
        at,
        expires: wait.deadline?.at,
        due: times.due,
        ladder: times.ladder,
      }),
    );
    setTimers(run, id, times);
  }
  run.draft.then(() => {
    failpoint("wait.after", type);
    run.context.waitOpened({ workspace, id, outcomes: wait.outcomes, end });
  });
  run.draft.otherwise(end);
  return true;
}

/** When people are reminded of a task, and others told of it. */
function setTimers(run: RunFile, wait: string, { reminders, ladder }: TaskTimes): void {
  const timers = [
    ...reminders.map((due, index) => ({ name: `reminder:${wait}:${index}`, due })),
    ...ladder.map((rung, index) => ({ name: `escalation:${wait}:${index}`, due: rung.at })),
  ];
  for (const { name, due } of timers) {
    run.draft.add("timers", `{"r":"${run.id}","n":${quoted(name)},"at":${due}}`);
    run.draft.then(() => run.context.timerSet(due));
  }
}

/** A wait in the middle of a step has ended: what it gave is kept, and the step goes on. */
export function foldResumption(
  run: RunFile,
  result: StepResult,
  { port, value }: { readonly port: string; readonly value: Json },
  event: Extract<RunEvent, { type: "wait.ended" }>,
): boolean {
  try {
    run.keepCall(result, { status: "completed", value });
  } catch (error) {
    if (!(error instanceof UnstorableValueError)) throw error;
    const message = `What came by “${port}” can't be kept: ${error.message}.`;
    return foldFailure(run, { ...result, call: "main" }, { kind: "fatal", code: error.code, message });
  }
  return run.note(event);
}

/** Whether the node reads what the offline model said. */
function showsOfflineAnswer(run: RunFile, node: string): boolean {
  const references = run.identity.flow.nodes.get(node)?.params.references ?? [];
  return references.some(({ root, id }) => root === "nodes" && id !== undefined && run.facts.get(id)?.offline === true);
}

type Children = Extract<Outcome, { type: "children" }>;

function openChildren(run: RunFile, result: StepResult, { children: spec, resumes }: Children, type: string): boolean {
  const at = run.now();
  const { node } = result;
  const fact = factOf(run.state, node);
  const passage = fact?.status === "scheduled" ? fact.passage : undefined;
  const total = spec.items.length;
  const event = {
    type: "step.children",
    node,
    first: spec.firstIndex,
    total,
    concurrency: spec.concurrency,
    stopOnError: spec.onItemError === "stop",
    at,
    ...(spec.notBefore === undefined ? {} : { notBefore: spec.notBefore }),
    ...(spec.deadline === undefined ? {} : { deadline: spec.deadline }),
    ...(resumes === undefined ? {} : { resumes }),
    ...(passage === undefined ? {} : { passage }),
  } as const;
  if (!run.note(event)) return false;
  run.children.set(node, spec);
  run.draft.labels.push({ point: "child", type });
  if (spec.notBefore !== undefined || spec.deadline !== undefined) run.draft.labels.push({ point: "timer", type });
  // The rounds of a loop share one wait; in the middle of a step every run has its own.
  if (spec.firstIndex === 0 || resumes !== undefined) {
    const id = uuid7();
    run.waits.set(node, id);
    // What a behavior wants can be asked again, and what stands in the middle of a step can't.
    const outcomes = { lowWater: lowWater(spec.concurrency), spec: resumes === undefined ? undefined : spec };
    const { deadline } = spec;
    run.draft.add(
      "waits",
      waitRow({ id, run: run.id, node, kind: "children", at, deadline, outcomes, inStep: resumes }),
    );
  }
  return true;
}

/** The run in the middle of a step has ended; the step goes on, and will look for what came of it. */
export function endFlowRun(run: RunFile, node: string, at: number): void {
  run.children.delete(node);
  run.waits.delete(node);
  run.draft.add("waitCloses", closeRow(run.id, node, "resolved", at));
}

/** The wait for children ends with the step. */
function closeChildren(run: RunFile, node: string, at: number): void {
  const fact = factOf(run.state, node);
  const had =
    fact !== undefined &&
    ((fact.status === "waiting" && fact.wait === "children") ||
      (fact.status === "scheduled" && fact.phase === "resume"));
  if (!had) return;
  run.children.delete(node);
  run.draft.add("waitCloses", closeRow(run.id, node, "resolved", at));
}
