import { expect, it } from "vitest";
import { translator } from "../../words/use-words.tsx";
import { answerOf, answersOf } from "./answers.ts";
import { words } from "./words.ts";

const t = translator(words, "en");

it("calls answers as whoever asks does, else in the reader's words, else by their names", () => {
  expect(answerOf("approved", t)).toMatchObject({ label: "Approve", given: "Approved", key: "A" });
  expect(answerOf("approved", t, { approved: "Pay it back" })).toMatchObject({
    port: "approved",
    label: "Pay it back",
    given: "Pay it back",
    key: "A",
  });
  expect(answerOf("askLater", t)).toMatchObject({ label: "Ask later", given: "Ask later" });
});

it("gives keys to the first two", () => {
  const task = { outcomes: ["use", "change", "deny"], outcomeTitles: { use: "Use the tool" } };
  expect(answersOf(task, t).map(({ label, key }) => [label, key])).toEqual([
    ["Use the tool", "A"],
    ["Change", "R"],
    ["Deny", undefined],
  ]);
});
