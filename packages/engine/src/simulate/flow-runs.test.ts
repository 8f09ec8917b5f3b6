import type { ChildrenSpec, FlowDocument } from "@holdfast/dsl";
import { expect, test } from "vitest";
import { parsed, world } from "../../golden/flows.ts";
import type { GoldenFlow } from "../../golden/flows.ts";
import { Simulation } from "./index.ts";

const http = { type: "http.request", params: { method: "POST", url: "https://shop.example/pay" } };
const question = { run: "run", node: "pay", attempt: 1, params: http.params };

test("an action may run other flows in its middle, one after another", () => {
  const other = (id: string, nodes: NonNullable<GoldenFlow["nodes"]>): FlowDocument => ({
    ...parsed(id, { edges: "start > work > end", nodes }),
    id,
  });
  const good = other("good", { work: { type: "end", params: { output: "{{ input.n }}" } } });
  const bad = other("bad", { work: { type: "fail", params: { code: "no", message: "No." } } });
  const run = new Simulation({
    ...world,
    flow: parsed("test", { edges: "start > pay > end", nodes: { pay: http } }),
    flows: new Map([
      ["good", good],
      ["bad", bad],
    ]),
  });
  const children = (id: string): ChildrenSpec => ({
    source: { flow: id },
    items: [{ n: 7 }],
    firstIndex: 0,
    concurrency: 1,
    onItemError: "collect",
  });
  expect(run.nodeOf(question)).toMatchObject(http);
  run.perform(question, { type: "children", children: children("good"), resumes: "one" });
  expect(run.questions).toEqual([{ ...question, waited: { one: { status: "completed", output: 7 } } }]);
  run.perform(question, { type: "children", children: children("bad"), resumes: "two" });
  expect(run.questions[0]?.waited).toMatchObject({ two: { status: "failed", error: { code: "no" } } });
  expect(run.runs).toEqual(["run", "run/pay.0", "run/pay.1"]);
  run.perform(question, { type: "output", port: "out", value: null });
  expect(run.status).toBe("completed");
});
