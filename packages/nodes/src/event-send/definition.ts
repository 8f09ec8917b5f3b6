/** Sends an event, which other flows and waits may be interested in. */
import { DEFAULT_PORT } from "@holdfast/dsl";
import { z } from "zod";
import { defineControl, nodeInfo } from "../define-node.ts";
import { eventName, json } from "../schema/params.ts";

const info = nodeInfo({
  type: "event.send",
  version: 1,
  title: "Send an event",
  description: "Tells other flows and waiting nodes that something happened, exactly once.",
  icon: "radio",
  category: "flow",
  params: z.strictObject({
    event: eventName().meta({
      "x-label": "Event",
      "x-order": 1,
      description: "Its name, such as support/refund.paid.",
    }),
    data: json()
      .optional()
      .meta({ "x-label": "Data", "x-order": 2, description: "What those who wait for it can read." }),
  }),
  output: {
    out: {
      type: "object",
      properties: { event: { type: "string" } },
      required: ["event"],
      additionalProperties: false,
    },
  },
  sentence: "Send {event}",
  presets: [{ id: "announcement", params: { event: "$flow/$node" } }],
  examples: [
    {
      title: "Tell that a refund was paid",
      params: {
        event: "support/refund.paid",
        data: { orderId: "{{ input.orderId }}", amount: "{{ nodes.refund.body.amount }}" },
      },
    },
  ],
});

/** `event.send` */
export const eventSend = defineControl({
  ...info,
  begin: ({ event, data }) => ({
    type: "output",
    port: DEFAULT_PORT,
    value: { event },
    events: [{ name: event, data: data ?? {} }],
  }),
});
