/** What a model wrote is marked as such for whoever decides, also for those who may not read the flow. */
import type { JsonObject } from "@holdfast/dsl";
import { defineNode } from "@holdfast/nodes";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { ask, asking, desk, question } from "./support/deciding.ts";
import { edges, HostFixture } from "./support/host-fixture.ts";

let holdfast: HostFixture;
const { view } = desk(() => holdfast);

/** A model, as far as anybody can see. */
const model = defineNode({
  type: "test.model",
  version: 1,
  title: "Model",
  description: "Says what it thinks.",
  icon: "sparkles",
  category: "ai",
  params: z.looseObject({}),
  output: z.object({ verdict: z.string() }),
  sentence: "Think",
  examples: [],
  execute: () => Promise.resolve({ verdict: "Pay it back." }),
});

/** A question behind the model, with these facts. */
const flow = (id: string, context: JsonObject): JsonObject & { id: string } => ({
  ...asking(id),
  nodes: {
    think: { type: "test.model", params: {} },
    ask: question(id, { context }),
    done: { type: "end", params: { output: "{{ nodes.ask }}" } },
    late: { type: "end", params: { output: "late" } },
  },
  edges: edges("start>think", "think>ask", "ask.approved>done", "ask.rejected>done", "ask.timeout>late"),
});

beforeAll(async () => {
  holdfast = await HostFixture.create();
  await holdfast.start({ nodeTypes: [model] });
  await holdfast.publish(
    flow("thought", {
      order: "{{ input.order }}",
      verdict: "{{ nodes.think.verdict }}",
      both: "{{ input.order }}: {{ nodes.think.verdict }}",
      fixed: "Ask twice.",
    }),
  );
  await holdfast.publish(flow("sober", { order: "{{ input.order }}" }));
});
afterAll(() => holdfast[Symbol.asyncDispose]());

test("facts that read a model's answer are told from the others", async () => {
  const { context, aiFacts } = await view(await ask(holdfast, "thought"));
  expect(context).toMatchObject({ verdict: "Pay it back.", fixed: "Ask twice." });
  expect(aiFacts.toSorted()).toEqual(["both", "verdict"]);
  expect((await view(await ask(holdfast, "sober"))).aiFacts).toEqual([]);
});
