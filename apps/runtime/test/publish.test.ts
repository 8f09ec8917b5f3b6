/** Flows that run each other: one of them has to come first. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { JsonObject } from "@holdfast/dsl";
import type { Caller } from "../src/services/services.ts";
import { edges, HostFixture } from "./support/host-fixture.ts";

const CALLER: Caller = { workspace: 1, actor: { kind: "key", id: "k1" }, door: "api" };

let holdfast: HostFixture;

beforeAll(async () => {
  holdfast = await HostFixture.create();
  await holdfast.start();
});
afterAll(() => holdfast[Symbol.asyncDispose]());

/** Runs the other flow for as long as there is something to count down from. */
const counting = (id: string, other: string): JsonObject => ({
  dsl: 1,
  id,
  name: id,
  triggers: [{ type: "call" }],
  input: { type: "object", properties: { left: { type: "number" } }, required: ["left"] },
  nodes: {
    more: { type: "branch", params: { cases: [{ port: "yes", when: "input.left > 0.0" }] } },
    next: { type: "invoke", params: { flow: other, input: { left: "{{ input.left - 1.0 }}" } } },
  },
  edges: edges("start>more", "more.yes>next", "more.otherwise>end", "next>end"),
});

test("the first is published with a warning, the second without, and they run", async () => {
  const publish = (id: string, other: string) => holdfast.services.publishFlow(CALLER, id, counting(id, other));
  expect(await publish("tick", "tock")).toEqual({
    flow: "tick",
    version: 1,
    created: true,
    warnings: [expect.objectContaining({ code: "unknown_flow", pointer: "/nodes/next/params/flow" })],
  });
  expect(await publish("tock", "tick")).toMatchObject({ version: 1, warnings: [] });
  expect(await publish("tick", "tock")).toMatchObject({ version: 1, created: false, warnings: [] });
  expect(await holdfast.run("tick", { left: 3 })).toMatchObject({ status: "completed" });
});

test("a flow that runs itself knows itself", async () => {
  expect(await holdfast.services.publishFlow(CALLER, "self", counting("self", "self"))).toMatchObject({ warnings: [] });
});
