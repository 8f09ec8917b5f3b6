/** Waits for one of several events, by itself or as a task in people's inbox. */
import { type JsonObject, parseDuration, type WaitOutcome } from "@holdfast/dsl";
import { defineControl, nodeInfo } from "../define-node.ts";
import { inboxSpec } from "./inbox.ts";
import { TIMEOUT_PORT, waitEventParams } from "./params.ts";

const by = {
  type: "object",
  properties: { kind: { type: "string" }, id: { type: "string" }, name: { type: "string" } },
  required: ["kind", "id"],
  additionalProperties: false,
};

const at = { type: "string", format: "date-time" };

const texts = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, { type: "string" }]));

const listOf = (properties: JsonObject, optional: readonly string[] = []) => ({
  type: "array",
  items: {
    type: "object",
    properties,
    required: Object.keys(properties).filter((name) => !optional.includes(name)),
    additionalProperties: false,
  },
});

const decision = {
  "x-origin": "person",
  type: "object",
  properties: {
    outcome: { type: "string" },
    data: { $param: "/inbox/form" },
    comment: { type: "string" },
    by,
    onBehalfOf: by,
    via: { type: "string" },
    at,
    comments: listOf({ by, text: { type: "string" }, at }),
    files: listOf({ ...texts("id", "name", "type"), size: { type: "integer" }, by, at }),
    decisions: listOf({ ...texts("outcome", "comment", "via"), by, at, onBehalfOf: by }, ["comment", "onBehalfOf"]),
  },
  required: ["outcome", "data", "by", "via", "at", "comments", "files", "decisions"],
  additionalProperties: false,
};

const message = {
  type: "object",
  properties: {
    outcome: { type: "string" },
    data: { "x-origin": "outside" },
    event: { "x-origin": "outside" },
    at,
  },
  required: ["outcome", "data", "event", "at"],
  additionalProperties: false,
};

const info = nodeInfo({
  type: "wait.event",
  version: 1,
  title: "Wait for an event",
  description: "Waits for the first of several events, from other systems or as the decision of a person in the inbox.",
  icon: "radio",
  category: "wait",
  params: waitEventParams,
  ports: [{ from: "/outcomes/*/port" }, { name: TIMEOUT_PORT, when: { pointer: "/timeout", present: true } }],
  output: {
    "*": { $when: { pointer: "/inbox", present: true }, then: decision, else: message },
    [TIMEOUT_PORT]: {
      type: "object",
      properties: { outcome: { const: TIMEOUT_PORT }, at },
      required: ["outcome", "at"],
      additionalProperties: false,
    },
  },
  sentence:
    "[Ask {inbox/assignTo/roles/*:plural} to decide “{inbox/title}”" +
    "|Ask {inbox/assignTo/groups/*} to decide “{inbox/title}”" +
    "|Ask {inbox/assignTo/people/*} to decide “{inbox/title}”" +
    "|Ask for a decision on “{inbox/title}”" +
    "|Wait for {outcomes/*/event:or}]" +
    "[ within {timeout}][, remind after {inbox/reminders/*}]",
  presets: [
    {
      id: "approval",
      title: "Ask a person",
      icon: "user-check",
      params: {
        outcomes: [
          { port: "approved", event: "$flow/$node.approved" },
          { port: "rejected", event: "$flow/$node.rejected" },
        ],
        timeout: "7d",
        inbox: { title: "Do you approve?", assignTo: { roles: ["manager"] }, reminders: ["2d"] },
      },
    },
    {
      id: "event",
      params: { outcomes: [{ port: "received", event: "$flow/$node" }], timeout: "5d" },
    },
  ],
  examples: [
    {
      title: "A message from another system",
      params: {
        outcomes: [
          { port: "settled", event: "bank/transfer.settled", match: { refundId: "{{ nodes.refund.body.refundId }}" } },
        ],
        timeout: "5d",
      },
    },
    {
      title: "An approval",
      params: {
        outcomes: [
          { port: "approved", event: "support/refund.approved", match: { orderId: "{{ input.orderId }}" } },
          { port: "rejected", event: "support/refund.rejected", match: { orderId: "{{ input.orderId }}" } },
        ],
        timeout: "7d",
        inbox: {
          title: "Refund {{ nodes.analyze.refundAmount }} for order {{ input.orderId }}",
          context: { customer: "{{ nodes.order.body.customer.name }}", reason: "{{ input.reason }}" },
          assignTo: { roles: ["manager"] },
          form: {
            type: "object",
            properties: {
              amount: { type: "number", minimum: 0, default: "{{ nodes.analyze.refundAmount }}", "x-order": 1 },
            },
            required: ["amount"],
          },
          columns: ["amount", "customer"],
          reminders: ["2d"],
          notRequester: true,
        },
      },
    },
    {
      title: "Only some events",
      params: {
        outcomes: [{ port: "paid", event: "shop/order.paid", where: "event.data.amount > 100.0" }],
        lookBack: "1h",
      },
    },
  ],
});

/** `wait.event` */
export const waitEvent = defineControl({
  ...info,
  begin(params, { now }) {
    const outcomes = params.outcomes.map(({ port, event, match, where }): WaitOutcome => ({
      port,
      event,
      match: match ?? {},
      ...(where !== undefined && { where }),
    }));
    return {
      type: "wait",
      wait: {
        kind: "event",
        outcomes,
        ...(params.timeout !== undefined && {
          deadline: { at: now + parseDuration(params.timeout), port: TIMEOUT_PORT },
        }),
        ...(params.lookBack !== undefined && { lookBack: parseDuration(params.lookBack) }),
        ...(params.inbox && { inbox: inboxSpec(params.inbox) }),
      },
    };
  },
});
