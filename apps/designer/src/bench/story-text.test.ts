import { expect, test } from "vitest";
import { nodeNames, roundOf, sentenceFor } from "./story-text.ts";
import { flowOf } from "./model/test-world.fixture.ts";
import { timesOf } from "./times.ts";
import { formatText } from "../words/message.ts";
import { translator } from "../words/use-words.tsx";
import { words } from "./words.ts";

const body = {
  nodes: { pay: { type: "sleep", params: { for: "1h" } } },
  edges: [
    { from: "start", to: "pay" },
    { from: "pay", to: "end" },
  ],
};
const flow = flowOf(
  {
    each: { type: "forEach", name: "Each line", params: { items: "{{ input.lines }}", body } },
    call: { type: "invoke", name: "Call it", params: { flow: "other", input: {} } },
  },
  ["start > each", "each > call", "call > end"],
);
const tools = { flow, nameOf: nodeNames(flow), times: timesOf(0, "UTC", "en"), t: translator(words, "en") };
const told = (node: string, total: number) =>
  sentenceFor({ kind: "loops", at: 0, run: "run", node, detail: { total } }, tools);

test("a loop tells how many rounds it begins, also that there are none", () => {
  const { word, values } = told("each", 2);
  const text = (total: number): string => formatText(words.en[word], "en", { ...values, total, b: (name) => name });
  expect(text(2)).toBe("Each line begins 2 rounds");
  expect(text(0)).toBe("Each line has nothing to go through");
});

test("a flow that is called is no loop, and what happens in it is no round", () => {
  expect(told("call", 1).word).toBe("s_calls");
  expect(roundOf({ run: "run/each.1" }, flow)).toBe(1);
  expect(roundOf({ run: "run/call.0" }, flow)).toBeUndefined();
  expect(roundOf({ run: "run" }, flow)).toBeUndefined();
  const ended = { kind: "ended", at: 0, run: "run/call.0", detail: { status: "completed" } } as const;
  expect(sentenceFor(ended, tools).word).toBe("s_calledEnded");
});
