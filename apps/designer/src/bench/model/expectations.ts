/** What a scenario expects, against what has happened so far. */
import type { Json, Scenario } from "@holdfast/dsl";
import type { RunStatus } from "@holdfast/engine";
import { sameJson } from "@holdfast/engine/simulate";

export type Expected = Scenario["expect"];

export interface Expectation {
  readonly kind: "status" | "reached" | "notReached" | "output" | "error";
  /** A status, a node's id, an output as JSON, an error's code. */
  readonly value: Json;
  /** `notYet`: what is still to come can meet it. */
  readonly state: "met" | "notYet" | "failed";
  /** What happened instead. */
  readonly found?: Json;
}

export interface Facts {
  readonly status: RunStatus;
  readonly output: Json;
  readonly error?: string;
  readonly reached: ReadonlySet<string>;
}

/** Statuses that a run does not leave by itself. */
const OVER: ReadonlySet<RunStatus> = new Set(["completed", "failed", "canceled"]);

export function expectationsOf(expect: Expected, facts: Facts): Expectation[] {
  const over = OVER.has(facts.status);
  const open = over ? "failed" : "notYet";
  const { status, output, error } = expect;
  return [
    ...(status === undefined ? [] : [one("status", status, status === facts.status ? "met" : open, facts.status)]),
    ...(expect.reached ?? []).map((node) => one("reached", node, facts.reached.has(node) ? "met" : open)),
    ...(expect.notReached ?? []).map((node) => one("notReached", node, absent(facts.reached.has(node), over))),
    ...(output === undefined
      ? []
      : [one("output", output, over && sameJson(output, facts.output) ? "met" : open, facts.output)]),
    ...(error === undefined ? [] : [one("error", error, error === facts.error ? "met" : open, facts.error ?? null)]),
  ];
}

function absent(reached: boolean, over: boolean): Expectation["state"] {
  if (reached) return "failed";
  return over ? "met" : "notYet";
}

function one(kind: Expectation["kind"], value: Json, state: Expectation["state"], found?: Json): Expectation {
  return { kind, value, state, ...(found !== undefined && state === "failed" && { found }) };
}
