import { describe, expect, it } from "vitest";
import { timelineOf, type TimelineInput } from "./timeline.ts";

const DAY = 86_400_000;

const refund: TimelineInput = {
  startedAt: 0,
  now: 4 * DAY,
  nodes: [
    { id: "analyze", name: "Analyse the request", status: "completed" },
    { id: "approval", name: "Manager approval", status: "waiting" },
    { id: "refund", name: "Refund the payment", status: "pending" },
    { id: "mail", name: "E-mail the customer", status: "pending" },
    { id: "escalate", name: "Escalate", status: "pending" },
    { id: "refuse", name: "Refuse", status: "skipped" },
  ],
  edges: [
    { from: "start", port: "out", to: "analyze", first: true },
    { from: "analyze", port: "out", to: "approval", first: true },
    { from: "approval", port: "approved", to: "refund", first: true },
    { from: "approval", port: "timeout", to: "escalate", first: false },
    { from: "refund", port: "out", to: "mail", first: true },
  ],
  steps: [
    {
      id: "a1",
      node: "analyze",
      call: "main",
      attempt: 1,
      status: "failed",
      startedAt: 0,
      finishedAt: 600,
      error: "429",
    },
    { id: "a2", node: "analyze", call: "main", attempt: 2, status: "completed", startedAt: 2_000, finishedAt: 3_900 },
  ],
  waits: [{ node: "approval", kind: "event", openedAt: 4_000, deadline: 7 * DAY }],
};

describe("timelineOf", () => {
  it("puts what happened in order, then the straight way on", () => {
    expect(timelineOf(refund).rows.map(({ node }) => node)).toEqual(["analyze", "approval", "refund", "mail"]);
  });

  it("sets what lies off the straight way apart, with the outcome that leads there", () => {
    expect(timelineOf(refund).aside.map(({ node, only }) => [node, only])).toEqual([["escalate", "timeout"]]);
  });

  it("shows each try", () => {
    const [analyze] = timelineOf(refund).rows;
    expect(analyze?.tries.map(({ bar, error }) => [bar.kind, error])).toEqual([
      ["failed", "429"],
      ["work", undefined],
    ]);
    expect(analyze?.took).toBe(3_900);
  });

  it("tells how far a step says it is", () => {
    const progress = { part: 0.4, note: "Row 4 of 10" };
    const nodes = refund.nodes.map((node) => (node.id === "analyze" ? { ...node, progress } : node));
    const [analyze, approval] = timelineOf({ ...refund, nodes }).rows;
    expect(analyze?.progress).toEqual(progress);
    expect(approval?.progress).toBeUndefined();
  });

  it("shows a wait as what has passed and what is left", () => {
    const approval = timelineOf(refund).rows[1];
    expect(approval?.bars).toEqual([
      { kind: "waiting", from: 4_000, to: 4 * DAY },
      { kind: "ahead", from: 4 * DAY, to: 7 * DAY },
    ]);
    expect(approval?.took).toBe(4 * DAY - 4_000);
  });

  it("tells work from waiting", () => {
    const { worked, waited, span } = timelineOf(refund);
    expect({ worked, waited, span }).toEqual({
      worked: 2_500,
      waited: 4 * DAY - 4_000,
      span: { from: 0, to: 7 * DAY },
    });
  });

  it("counts the time that a wait took as waiting, not as work of its step", () => {
    const { worked, waited } = timelineOf({
      ...refund,
      finishedAt: 2 * DAY,
      nodes: [{ id: "approval", name: "Manager approval", status: "completed" }],
      steps: [
        {
          id: "w",
          node: "approval",
          call: "main",
          attempt: 1,
          status: "completed",
          startedAt: 0,
          finishedAt: DAY + 10,
        },
      ],
      waits: [{ node: "approval", kind: "event", openedAt: 0, closedAt: DAY }],
    });
    expect({ worked, waited }).toEqual({ worked: 10, waited: DAY });
  });

  it("shows a run that has just begun", () => {
    const { rows, aside } = timelineOf({
      ...refund,
      now: 0,
      nodes: refund.nodes.map((node) => ({ ...node, status: "pending" })),
      steps: [],
      waits: [],
    });
    expect(rows.map(({ node }) => node)).toEqual(["analyze", "approval", "refund", "mail"]);
    expect(aside.map(({ node }) => node)).toEqual(["escalate", "refuse"]);
  });
});
