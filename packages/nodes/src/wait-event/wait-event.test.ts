import { portsOf } from "@holdfast/dsl";
import { expect, it } from "vitest";
import { controlContext, NOON } from "../../test/control-context.ts";
import { waitEvent } from "./definition.ts";
import { prefillOf } from "./inbox.ts";

const DAY = 86_400_000;

it("waits for its outcomes in their order, until its time limit", () => {
  const params = {
    outcomes: [
      { port: "approved", event: "refund.approved", match: { orderId: "ORD-1" } },
      { port: "late", event: "refund.late", where: "event.data.days > 3" },
    ],
    timeout: "7d",
    lookBack: "1h",
  };
  expect(waitEvent.begin(params, controlContext())).toEqual({
    type: "wait",
    wait: {
      kind: "event",
      outcomes: [
        { port: "approved", event: "refund.approved", match: { orderId: "ORD-1" } },
        { port: "late", event: "refund.late", match: {}, where: "event.data.days > 3" },
      ],
      deadline: { at: NOON + 7 * DAY, port: "timeout" },
      lookBack: 3_600_000,
    },
  });
  expect(portsOf(waitEvent.manifest, params)).toEqual(["approved", "late", "timeout"]);
});

it("has no timeout port without a time limit", () => {
  expect(portsOf(waitEvent.manifest, { outcomes: [{ port: "paid", event: "paid" }] })).toEqual(["paid"]);
});

it("makes a task with its prefill", () => {
  const form = {
    type: "object",
    properties: {
      amount: { type: "number", default: 12.5 },
      note: { type: "string" },
      address: { type: "object", properties: { city: { type: "string", default: "Lviv" }, zip: { type: "string" } } },
      empty: { type: "object", properties: { a: { type: "string" } } },
    },
  };
  const outcome = waitEvent.begin(
    {
      outcomes: [{ port: "approved", event: "refund.approved" }],
      inbox: {
        title: "Refund 12.5",
        assignTo: { roles: ["manager"] },
        form,
        priority: "high",
        due: { in: "P1DT4H", calendar: "office" },
        reminders: ["5d", { in: "2d" }],
        escalation: [{ after: "6d", assignTo: { groups: ["directors"] } }],
        link: "decides",
        columns: ["amount"],
        notRequester: true,
      },
    },
    controlContext(),
  );
  expect(outcome).toMatchObject({
    wait: {
      inbox: {
        title: "Refund 12.5",
        context: {},
        assignTo: { people: [], roles: ["manager"], groups: [] },
        form,
        prefill: { amount: 12.5, address: { city: "Lviv" } },
        columns: ["amount"],
        priority: "high",
        due: { days: 1, ms: 14_400_000, calendar: "office" },
        reminders: [5 * DAY, { days: 2, ms: 0, calendar: "default" }],
        escalation: [{ after: 6 * DAY, assignTo: { people: [], roles: [], groups: ["directors"] } }],
        link: "decides",
        notRequester: true,
      },
    },
  });
});

it("says how many people, who is kept out, and what they are asked for", () => {
  const asked = (inbox: object) =>
    waitEvent.begin(
      { outcomes: [{ port: "approved", event: "x" }], inbox: { title: "Well?", ...inbox } },
      controlContext(),
    );
  expect(asked({})).toMatchObject({
    wait: { inbox: { needs: {}, reasonFor: [], notDecidersOf: [], attachments: true } },
  });
  const told = { needs: { approved: 2 }, reasonFor: ["approved"], notDecidersOf: ["first"], attachments: false };
  expect(asked(told)).toMatchObject({ wait: { inbox: told } });
  for (const n of [0, 1.5, 21]) {
    expect(asked({ needs: { approved: n } })).toMatchObject({
      type: "fail",
      error: { pointer: "/params/inbox/needs/approved" },
    });
  }
});

it("keeps a form's strange names as data", () => {
  const form = JSON.parse('{"properties": {"__proto__": {"default": 1}, "constructor": {"default": 2}}}');
  const prefill = prefillOf(form);
  expect(Object.getPrototypeOf(prefill)).toBe(Object.prototype);
  expect(Object.entries(prefill)).toEqual([
    ["__proto__", 1],
    ["constructor", 2],
  ]);
});

it.each([
  [{ outcomes: [] }, "/params/outcomes"],
  [{ outcomes: [{ port: "timeout", event: "x" }] }, "/params/outcomes/0/port"],
  [{ outcomes: [{ port: "a", event: "x" }], timeout: "a while" }, "/params/timeout"],
  [{ outcomes: [{ port: "a", event: "x" }], inbox: { title: "" } }, "/params/inbox/title"],
  [{ outcomes: [{ port: "a", event: "x" }], inbox: { title: "?", due: "later" } }, "/params/inbox/due"],
  [{ outcomes: [{ port: "a", event: "x" }], inbox: { title: "?", priority: "huge" } }, "/params/inbox/priority"],
])("refuses %j", (params, pointer) => {
  expect(waitEvent.begin(params, controlContext())).toMatchObject({
    type: "fail",
    error: { code: "params_invalid", pointer },
  });
});
