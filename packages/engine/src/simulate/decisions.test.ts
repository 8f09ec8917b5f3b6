/** Decisions of tasks that ask for more than one person to say yes. */
import { expect, test } from "vitest";
import { type GoldenFlow, parsed, world } from "../../golden/flows.ts";
import { Simulation } from "./index.ts";

const task = {
  type: "wait.event",
  params: {
    outcomes: [
      { port: "yes", event: "told" },
      { port: "no", event: "denied" },
    ],
    inbox: { title: "Well?" },
  },
};

const simulation = (flow: Pick<GoldenFlow, "edges" | "nodes">): Simulation =>
  new Simulation({ ...world, flow: parsed("test", flow), input: { id: "O-1" } });

test("decide alone also what takes several, and the flow reads it as it would", () => {
  const several = { ...task, params: { ...task.params, inbox: { title: "Well?", needs: { yes: 2 } } } };
  const run = simulation({ edges: "start > ask:yes > end; ask:no > end", nodes: { ask: several } });
  run.decide({ node: "ask", outcome: "yes", comment: "Fine.", by: { id: "maria" } });
  expect(run.outputOf("ask")).toMatchObject({
    comments: [],
    files: [],
    decisions: [{ outcome: "yes", comment: "Fine.", by: { kind: "person", id: "maria" }, via: "test" }],
  });
});

test("may not decide what follows on their own decision, where the flow says so and they are told apart", () => {
  const nodes = {
    first: task,
    sent: { type: "event.send", params: { event: "asked", data: 1 } },
    next: {
      ...task,
      params: { ...task.params, inbox: { title: "Sure?", notDecidersOf: ["sent", "first"] } },
    },
  };
  const edges = "start > first:yes > sent > next:yes > end; first:no > end; next:no > end";
  const decided = (by?: string): Simulation => {
    const run = simulation({ edges, nodes });
    run.decide({ node: "first", outcome: "yes", by: { id: "maria" } });
    run.decide({ node: "next", outcome: "yes", ...(by !== undefined && { by: { id: by } }) });
    return run;
  };
  expect(() => decided("maria")).toThrow(expect.objectContaining({ code: "not_allowed" }));
  expect(decided("omar").status).toBe("completed");
  expect(decided().status).toBe("completed");
});
