import { expect, it } from "vitest";
import { didIn } from "./did.ts";

const part = (output: unknown) => didIn({ call: "one", output: JSON.parse(JSON.stringify(output)), error: null });

it("tells a model's answer from its wish to use tools", () => {
  const meta = { model: "house-model" };
  expect(part({ text: "It is done.", toolCalls: [], finishReason: "stop", meta })).toEqual({
    kind: "model",
    text: "It is done.",
    wishes: [],
  });
  const toolCalls = [{ id: "call_1", name: "refund", input: { amount: 4 } }];
  expect(part({ text: "", toolCalls, finishReason: "tool-calls", meta })).toMatchObject({
    wishes: [{ tool: "refund", arguments: { amount: 4 } }],
  });
});

it("tells what a tool was given, what came of it, and who allowed it", () => {
  expect(
    part({ tool: "refund", arguments: { amount: 4 }, status: "done", result: { id: 1 }, approvedBy: "Ada" }),
  ).toEqual({
    kind: "tool",
    tool: "refund",
    arguments: { amount: 4 },
    approvedBy: "Ada",
    result: { id: 1 },
    error: undefined,
  });
  expect(part({ tool: "refund", arguments: {}, status: "failed", error: "Not found." })).toMatchObject({
    error: "Not found.",
  });
});

it("knows people, events, flows and pauses", () => {
  const at = "2026-11-23T07:00:00.000Z";
  const by = { kind: "person", id: "p-1", name: "Ada" };
  expect(part({ outcome: "approved", data: { amount: 4 }, comment: "", by, at })).toMatchObject({
    kind: "person",
    by: "Ada",
    comment: undefined,
  });
  expect(part({ outcome: "paid", data: {}, event: {}, at })).toMatchObject({ kind: "event", outcome: "paid" });
  expect(part({ outcome: "timeout", at })).toMatchObject({ kind: "event", outcome: "timeout" });
  expect(part({ status: "completed", output: 7 })).toEqual({ kind: "flow", output: 7, error: undefined });
  expect(part({ status: "failed", error: { message: "No." } })).toMatchObject({ kind: "flow", error: "No." });
  expect(part({ at })).toEqual({ kind: "waited" });
  expect(part({ code: "ai_unavailable", message: "Overloaded." })).toEqual({ kind: "tried", error: "Overloaded." });
});

it("shows anything else under its own name", () => {
  expect(part({ charged: 1 })).toEqual({ kind: "part", name: "one", value: { charged: 1 } });
  expect(part(null)).toEqual({ kind: "part", name: "one", value: null });
  expect(didIn({ call: "one", output: null, error: { kind: "error", code: "busy", message: "Busy." } })).toEqual({
    kind: "failed",
    name: "one",
    error: "Busy.",
  });
});
