/** What holds for every flow, whatever happens in whatever order. */
import fc from "fast-check";
import type { Json } from "@holdfast/dsl";
import { describe, expect, test } from "vitest";
import { decide, derive, evolve, replay, upcast } from "../src/index.ts";
import type { NodeState, Plan, RunState } from "../src/index.ts";
import { randomPlan } from "./random-flow.ts";
import { RandomHost } from "./random-host.ts";
import type { TestRun } from "./run.ts";

const choices = fc.array(fc.nat({ max: 9_999 }), { maxLength: 150 });

/** A run, played to its end. */
function law(check: (host: RandomHost, plan: Plan) => void): void {
  fc.assert(
    fc.property(randomPlan, choices, (plan, picks) => check(new RandomHost(plan, picks), plan)),
    { numRuns: 400 },
  );
}

function stored(state: RunState): RunState {
  const json: Json = JSON.parse(JSON.stringify(state));
  return upcast(json);
}

const isFinal = (fact: NodeState | undefined): boolean =>
  fact?.status === "completed" || fact?.status === "failed" || fact?.status === "canceled";

describe("every run", () => {
  test("comes to an end, in a legal state, and loses no node", () => {
    law((host) => legal(host.play()));
  });

  test("is what its log says, from the start and from any state on", () => {
    law((host, plan) => {
      const { log, state } = host.play();
      expect(replay(plan, log)).toEqual(state);
      const middle = Math.floor(log.length / 2);
      const half = stored(replay(plan, log.slice(0, middle)));
      expect(log.slice(middle).reduce((from, event) => evolve(plan, from, event), half)).toEqual(state);
    });
  });

  test("can be stored as JSON anywhere, and asks for the same afterwards", () => {
    law((host, plan) => {
      host.play((_, state) => {
        expect(decide(plan, stored(state), host.run.now)).toEqual(decide(plan, state, host.run.now));
      });
    });
  });

  test("is not changed by anything that is told again, at once or late", () => {
    law((host, plan) => {
      host.play((_, state) => {
        for (const event of host.run.log) if (!isWish(event.type)) expect(evolve(plan, state, event)).toBe(state);
      });
    });
  });

  test("asks for the same when asked twice, with every id once, and always has something to wait for", () => {
    law((host, plan) => {
      host.play((_, state) => {
        const { commands, wakeAt } = decide(plan, state, host.run.now);
        expect(decide(plan, state, host.run.now)).toEqual({ commands, ...(wakeAt !== undefined && { wakeAt }) });
        expect(new Set(commands.map(({ id }) => id)).size).toBe(commands.length);
        const waits = Object.values(state.nodes).some((fact) => fact.status === "waiting" || hasIncident(fact));
        expect(commands.length > 0 || wakeAt !== undefined || waits || state.paused || state.phase === "ended").toBe(
          true,
        );
      });
    });
  });

  test("records a step's end once", () => {
    law((host) => {
      host.play((before, after) => {
        if (before.phase === "ended") return;
        for (const [node, fact] of Object.entries(before.nodes)) {
          if (isFinal(fact)) expect(after.nodes[node]).toEqual({ ...fact, ...undoOf(after.nodes[node]) });
        }
      });
    });
  });

  test("compensates one by one, against commit order, only when nothing is open", () => {
    law((host, plan) => {
      host.play((_, state) => {
        const { commands } = decide(plan, state, host.run.now);
        const undoing = commands.filter(({ type }) => type === "undo" || type === "undoChildren");
        if (undoing.length === 0) return;
        expect(commands).toHaveLength(1);
        const [command] = undoing;
        const node = command !== undefined && "node" in command ? command.node : "";
        for (const later of plan.undoable) {
          if (orderOf(state.nodes[later.id]) > orderOf(state.nodes[node]))
            expect(isUndone(state.nodes[later.id], later.undoesChildren)).toBe(true);
        }
      });
    });
  });

  test("begins no step once it stops or is paused", () => {
    law((host, plan) => {
      host.play((_, state) => {
        if (!state.paused && state.phase === "active") return;
        const { commands } = decide(plan, state, host.run.now);
        expect(commands.filter(({ type }) => type === "execute" || type === "startChildren")).toEqual([]);
      });
    });
  });
});

/** Told again it is a new wish: to pause a run that was resumed, to cancel one that was taken up again. */
function isWish(type: string): boolean {
  return ["run.paused", "run.resumed", "run.canceled", "run.timed_out", "run.retried", "run.ended"].includes(type);
}

function legal({ plan, state }: TestRun): void {
  const { nodes, edges } = derive(plan, state);
  for (const { id } of plan.order) expect(["completed", "failed", "skipped", "canceled"]).toContain(nodes[id]);
  expect(state.end?.status === "completed").toBe(state.stop === undefined);
  if (state.stop !== undefined) return;
  for (const edge of edges) expect(edge.status).not.toBe("pending");
  for (const node of plan.order) {
    if (nodes[node.id] === "failed" && !node.hasErrorPort) expect(isLoser(plan, node.index)).toBe(true);
    if (nodes[node.id] !== "skipped" || isLoser(plan, node.index)) continue;
    const into = edges.filter(({ to }) => to === node.id);
    expect(into.every(({ status }) => status === "skipped")).toBe(true);
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
