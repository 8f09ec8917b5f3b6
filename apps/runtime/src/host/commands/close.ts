/**
 * Commands that end something: waits at their deadline, steps that are no longer wanted, incidents to be opened, the
 * run itself.
 */
import type { Json, StepError } from "@holdfast/dsl";
import { type Command, factOf, type WaitState } from "@holdfast/engine";
import { uuid7 } from "../../ids/uuid7.ts";

import { closeRow } from "../rows.ts";
import { iso } from "../expression-roots.ts";
import type { RunFile } from "../run-file.ts";
import { foldResumption } from "./outcome.ts";

/** A time has come: the step goes on. Sleeps only; event waits are expired by one conditional update. */
export function wakeSleeper(run: RunFile, node: string, port: string, type: string): boolean {
  const fact = factOf(run.state, node);
  if (fact?.status !== "waiting" || fact.wait !== "time") return false;
  const at = run.now();
  if (!endSleep(run, { node, port, fact, at })) return false;
  run.draft.add("waitCloses", closeRow(run.id, node, "expired", at));
  run.waits.delete(node);
  run.draft.labels.push({ point: "timer", type });
  return true;
}

function endSleep(
  run: RunFile,
  { node, port, fact, at }: { node: string; port: string; fact: WaitState; at: number },
): boolean {
  const { attempt, since: startedAt, resumes } = fact;
  const value = { at: iso(at) };
  if (resumes === undefined) {
    const event = { type: "step.completed", node, attempt, port, at } as const;
    return run.complete({ node, call: "main", attempt, startedAt }, port, value, event);
  }
  const { call, passage } = resumes;
  const event = { type: "wait.ended", node, attempt, passage, at } as const;
  run.draft.labels.push({ point: "substep", type: run.identity.flow.nodes.get(node)?.type ?? "" });
  return foldResumption(run, { node, call, attempt, startedAt }, { port, value }, event);
}

/** Closes what a canceled step has open. Its attempt and its children have ended. */
export function closeStep(run: RunFile, node: string): boolean {
  const at = run.now();
  if (!run.note({ type: "step.canceled", node, at })) return false;
  run.draft.add("waitCloses", closeRow(run.id, node, "canceled", at));
  run.draft.add("taskCloses", closeRow(run.id, node, "canceled", at));
  run.draft.add("incidentCloses", closeRow(run.id, node, "canceled", at));
  run.waits.delete(node);
  run.children.delete(node);
  return true;
}

export function openIncident(run: RunFile, command: Extract<Command, { type: "openIncident" }>): boolean {
  const at = run.now();
  const { node, incident, attempt, error, of } = command;
  if (!run.note({ type: "incident.opened", node, of, incident, attempt, error, at })) return false;
  const { scope, workspace } = run.identity;
  const row = {
    id: uuid7(),
    w: workspace,
    r: run.id,
    n: node,
    k: incident,
    of,
    a: attempt,
    key: `${scope.runId}:${node}:${scope.iteration}:${of === "undo" ? "undo" : "main"}`,
    x: error,
    at,
  };
  run.draft.add("incidents", JSON.stringify(row));
  return true;
}

/** Ends the run: status, output or error, and nothing left open. */
export async function endRun(run: RunFile, command: Extract<Command, { type: "end" }>): Promise<boolean> {
  const output = command.status === "completed" ? await runOutput(run, command.outputOf) : undefined;
  const at = run.now();
  if (!run.apply({ type: "run.ended", status: command.status, at })) return false;
  const error: StepError | undefined = command.status === "completed" ? undefined : command.error;
  let row = `{"id":"${run.id}","s":"${command.status}","fin":${at}`;
  // A failed run can be taken up again: it keeps its state. A completed one is told by its steps.
  if (command.status !== "completed" || run.draft.snapshot) {
    row += `,"q":${run.seq},"st":${JSON.stringify(run.state)}`;
  }
  if (output !== undefined) row += `,"o":${output.text}`;
  if (error !== undefined) row += `,"x":${JSON.stringify(error)}`;
  run.draft.add("runs", `${row},"rt":true}`);
  if (run.hasTimer) run.draft.add("timerDrops", `{"r":"${run.id}"}`);
  const { parent, parentNode } = run.identity;
  const { value = null, isLarge = false } = output ?? {};
  const end = { status: command.status, at, output: value, outputIsLarge: isLarge, error };
  run.draft.then(() => run.context.runEnded({ id: run.id, parent, node: parentNode, end }));
  return true;
}

interface Output {
  readonly value: Json;
  /** As the row takes it. */
  readonly text: string;
  readonly isLarge: boolean;
}

async function runOutput(run: RunFile, node: string | undefined): Promise<Output | undefined> {
  if (node === undefined) return undefined;
  await run.facts.load(run.context.database, [run.id], [node]);
  const value: Json = run.facts.get(node)?.output ?? null;
  const payloads = run.draft.of("payloads")?.length ?? 0;
  const text = run.valueText(value);
  return { value, text, isLarge: (run.draft.of("payloads")?.length ?? 0) > payloads };
}

/** Gives the lease up until something happens: status, state (JSON text) and the next time to look. */
export function releaseRow(
  run: RunFile,
  { status, state, seenWake }: { readonly status: string; readonly state: string; readonly seenWake: number },
): string {
  return `{"id":"${run.id}","s":"${status}","st":${state},"q":${run.seq},"rt":true,"rel":true,"seen":${seenWake}}`;
}

/** Stores the state, a JSON text, and keeps the run. */
export function stateRow(run: RunFile, status: string, state: string): string {
  return `{"id":"${run.id}","s":"${status}","st":${state},"q":${run.seq},"rt":true}`;
}

export const timerRow = (run: string, at: number): string => `{"r":"${run}","n":"","at":${at}}`;
export const timerDropRow = (run: string): string => `{"r":"${run}","n":""}`;
