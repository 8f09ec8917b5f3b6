import { expect, it } from "vitest";
import type { RunRow } from "../../rpc/outputs.ts";
import { translator } from "../../words/use-words.tsx";
import { columnText, columnsOf, standingText } from "./standing.ts";
import { words } from "./words.ts";

type TaskStanding = NonNullable<RunRow["standing"]["task"]>;

const TASK: TaskStanding = { deciders: 4, decider: null, role: "manager", group: null, claimedBy: null, votes: null };

const said = (task: Partial<TaskStanding>, language: "en" | "uk" = "en"): string =>
  standingText(
    {
      status: "waiting",
      error: null,
      standing: {
        kind: "task",
        node: "approval",
        nodeName: "Manager approval",
        since: "2026-03-01T09:30:00.000Z",
        until: null,
        reminded: [],
        text: "Refund €129.90 for order A-10482",
        taskId: "t",
        task: { ...TASK, ...task },
        incidentId: null,
      },
    },
    translator(words, language),
  );

it.each([
  ["queued", "Waits for a worker", "Чекає на виконавця"],
  ["running", "At its first step", "На першому кроці"],
  ["paused", "Paused before its first step", "Призупинено до першого кроку"],
] as const)("says where a run is of which nothing has ended yet: %s", (status, en, uk) => {
  const none = { node: null, nodeName: null, since: "2026-03-01T09:30:00.000Z", until: null, reminded: [] };
  const standing = { ...none, kind: status, text: null, taskId: null, task: null, incidentId: null };
  expect(standingText({ status, error: null, standing }, translator(words, "en"))).toBe(en);
  expect(standingText({ status, error: null, standing }, translator(words, "uk"))).toBe(uk);
});

it("says after which node a run goes on", () => {
  const known = { node: "order", nodeName: "Read the order", since: "2026-03-01T09:30:00.000Z", until: null };
  const standing = { ...known, kind: "running", reminded: [], text: null, taskId: null, task: null, incidentId: null };
  expect(
    standingText(
      { status: "running", error: null, standing: { ...standing, kind: "running" } },
      translator(words, "en"),
    ),
  ).toBe("After Read the order");
});

it("says with whom a task is, and not its question again", () => {
  expect(said({})).toBe("Manager approval, 4 managers");
  expect(said({}, "uk")).toBe("Manager approval, 4 менеджери");
  expect(said({ claimedBy: "Ana Petrenko" })).toBe("Manager approval, Ana Petrenko has it");
  expect(said({ votes: { outcome: "approved", given: 1, needed: 2 } })).toBe("Manager approval, 1 of 2 approved");
  expect(said({ deciders: 1, decider: "Daniel Okafor" })).toBe("Manager approval, Daniel Okafor");
  expect(said({ deciders: 3, role: null, group: "Finance" })).toBe("Manager approval, Finance, 3 people");
  expect(said({ deciders: 5, role: null })).toBe("Manager approval, 5 people");
  expect(said({ deciders: 0, role: null })).toBe("Manager approval");
});

it("writes numbers of a column with the same places, so that tens stand under tens", () => {
  const [amount, size] = columnsOf([{ columns: { amount: 64.5, size: 3 } }, { columns: { amount: 219, size: 4 } }], 2);
  expect([64.5, 219, 1280].map((value) => columnText(value, "en", amount?.digits))).toEqual([
    "64.50",
    "219.00",
    "1,280.00",
  ]);
  expect(columnText(3, "en", size?.digits)).toBe("3");
});
