/** Fails the run on purpose. */
import { z } from "zod";
import { defineControl, nodeInfo } from "../define-node.ts";
import { fatal } from "../outcome.ts";

const info = nodeInfo({
  type: "fail",
  version: 1,
  title: "Fail",
  description: "Fails the run with a message. Other branches stop, and completed steps are compensated.",
  icon: "octagon-x",
  category: "end",
  params: z.strictObject({
    message: z.string().min(1).meta({ "x-label": "Message", "x-order": 1 }),
    code: z
      .string()
      .regex(/^[a-z][a-z0-9_]{0,62}$/)
      .default("failed")
      .meta({ "x-literal": true, "x-label": "Code", "x-order": 2, description: "snake_case, for programs." }),
  }),
  ports: [],
  sentence: "Fail: {message}",
  presets: [{ id: "failure", params: { message: "" } }],
  examples: [
    {
      title: "An order that can't be",
      params: { code: "order_unknown", message: "There is no order {{ input.orderId }}." },
    },
  ],
});

/** `fail` */
export const failNode = defineControl({ ...info, begin: ({ code, message }) => fatal(code, message) });
