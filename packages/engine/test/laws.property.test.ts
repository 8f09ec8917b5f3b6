/** What holds for every flow, whatever happens in whatever order. */
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import type { Json } from "@holdfast/dsl";
import { describe, expect, test } from "vitest";
import { decide, derive, evolve, replay, upcast } from "../src/index.ts";
import type { NodeState, Plan, RunState } from "../src/index.ts";
import { randomPlan } from "./random-flow.ts";
import { RandomHost } from "./random-host.ts";
import type { TestRun } from "./run.ts";

const choices = fc.array(fc.nat({ max: 9_999 }), { maxLength: 150, size: "max" });

/** The first run found that breaks the law, as text. A law throws where it is broken. */
function broken(law: (host: RandomHost, plan: Plan) => void): string | null {
  const property = fc.property(randomPlan, choices, (plan, picks) => law(new RandomHost(plan, picks), plan));
  return fc.defaultReportMessage(fc.check(property, { numRuns: 400 })) ?? null;
}

function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}

function mustEqual(actual: unknown, expected: unknown, what: string): void {
  must(isDeepStrictEqual(actual, expected), `${what}: ${JSON.stringify(actual)} is not ${JSON.stringify(expected)}`);
}

function stored(state: RunState): RunState {
  const json: Json = JSON.parse(JSON.stringify(state));
  return upcast(json);
}

const isFinal = (fact: NodeState | undefined): boolean =>
  fact?.status === "completed" || fact?.status === "failed" || fact?.status === "canceled";

describe("every run", () => {
  test("comes to an end, in a legal state, and loses no node", () => {
    expect(broken((host) => legal(host.play()))).toBeNull();
  });

  test("is what its log says, from the start and from any state on", () => {
    const law = broken((host, plan) => {
      const { log, state } = host.play();
      mustEqual(replay(plan, log), state, "replayed");
      const middle = Math.floor(log.length / 2);
      let resumed = stored(replay(plan, log.slice(0, middle)));
      for (const event of log.slice(middle)) resumed = evolve(plan, resumed, event);
      mustEqual(resumed, state, "resumed");
    });
    expect(law).toBeNull();
  });

  test("can be stored as JSON anywhere, and asks for the same afterwards", () => {
    const law = broken((host, plan) => {
      host.play((_, state) => {
        mustEqual(decide(plan, stored(state), host.run.now), decide(plan, state, host.run.now), "asked");
      });
    });
    expect(law).toBeNull();
  });

  test("is not changed by anything that is told again, at once or late", () => {
    const law = broken((host, plan) => {
      host.play((_, state) => {
        for (const event of host.run.log) {
          must(isWish(event.type) || evolve(plan, state, event) === state, `changed by ${JSON.stringify(event)}`);
        }
      });
    });
    expect(law).toBeNull();
  });

  test("asks for the same when asked twice, with every id once, and always has something to wait for", () => {
    const law = broken((host, plan) => {
      host.play((_, state) => {
        const decision = decide(plan, state, host.run.now);
        const { commands, wakeAt } = decision;
        mustEqual(decide(plan, state, host.run.now), decision, "asked twice");
        must(new Set(commands.map(({ id }) => id)).size === commands.length, "an id twice");
        const waits = Object.values(state.nodes).some((fact) => fact.status === "waiting" || hasIncident(fact));
        const rests = waits || state.paused || state.phase === "ended";
        must(rests || commands.length > 0 || wakeAt !== undefined, "nothing to wait for");
      });
    });
    expect(law).toBeNull();
  });

  test("records a step's end once", () => {
    const law = broken((host) => {
      host.play((before, after) => {
        if (before.phase === "ended") return;
        for (const [node, fact] of Object.entries(before.nodes)) {
          if (isFinal(fact)) mustEqual(after.nodes[node], { ...fact, ...undoOf(after.nodes[node]) }, node);
        }
      });
    });
    expect(law).toBeNull();
  });

  test("compensates one by one, against commit order, only when nothing is open", () => {
    const law = broken((host, plan) => {
      host.play((_, state) => {
        const { commands } = decide(plan, state, host.run.now);
        const undoing = commands.find(({ type }) => type === "undo" || type === "undoChildren");
        if (undoing === undefined || !("node" in undoing)) return;
        must(commands.length === 1, "not alone");
        const own = orderOf(state.nodes[undoing.node]);
        const later = plan.undoable.filter(({ id }) => orderOf(state.nodes[id]) > own);
        must(
          later.every((node) => isUndone(state.nodes[node.id], node.undoesChildren)),
          "before its time",
        );
      });
    });
    expect(law).toBeNull();
  });

  test("begins no step once it stops or is paused", () => {
    const law = broken((host, plan) => {
      host.play((_, state) => {
        const { commands } = decide(plan, state, host.run.now);
        const begins = commands.some(({ type }) => type === "execute" || type === "startChildren");
        must(!begins || (!state.paused && state.phase === "active"), "begins");
      });
    });
    expect(law).toBeNull();
  });
});

/** Told again it is a new wish: to pause a run that was resumed, to cancel one that was taken up again. */
function isWish(type: string): boolean {
  return [
    "run.paused",
    "run.resumed",
    "run.canceled",
    "run.timed_out",
    "run.outgrown",
    "run.retried",
    "run.ended",
  ].includes(type);
}

const FINAL: ReadonlySet<string | undefined> = new Set(["completed", "failed", "skipped", "canceled"]);

function legal({ plan, state }: TestRun): void {
  const { nodes, edges } = derive(plan, state);
  for (const { id } of plan.order) must(FINAL.has(nodes[id]), `${id} is ${nodes[id]}`);
  must((state.end?.status === "completed") === (state.stop === undefined), "ended otherwise than it stopped");
  if (state.stop !== undefined) return;
  must(
    edges.every(({ status }) => status !== "pending"),
    "an edge is pending",
  );
  for (const { id, index, hasErrorPort } of plan.order) {
    if (isLoser(plan, index)) continue;
    must(nodes[id] !== "failed" || hasErrorPort, `${id} failed, and the run completed`);
    const reached = edges.some(({ to, status }) => to === id && status === "taken");
    must(reached === (nodes[id] !== "skipped"), `${id} is ${nodes[id]}`);
  }
}

/** A race may have gone on without it. */
function isLoser(plan: Plan, index: number): boolean {
  return plan.cutters.some(({ cut }) => cut.includes(index));
}

function hasIncident(fact: NodeState): boolean {
  return "undo" in fact && fact.undo?.status === "incident";
}

function undoOf(fact: NodeState | undefined): object {
  return fact !== undefined && "undo" in fact ? { undo: fact.undo } : {};
}

function orderOf(fact: NodeState | undefined): number {
  return fact !== undefined && "order" in fact ? fact.order : 0;
}

function isUndone(fact: NodeState | undefined, loop: boolean): boolean {
  if (fact === undefined || !("order" in fact)) return true;
  if (fact.status !== "completed" && !loop) return true;
  return fact.undo?.status === "done" || fact.undo?.status === "failed" || fact.undo?.status === "canceled";
}
