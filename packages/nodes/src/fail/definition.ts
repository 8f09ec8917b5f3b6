/** Fails the run on purpose. */
import { z } from "zod";
import { defineControl, nodeInfo } from "../define-node.ts";
import { fatal } from "../outcome.ts";

const info = nodeInfo({
  type: "fail",
  version: 1,
  title: "Fail",
  description:
    "Ends the run as failed, with a message. Other branches stop, and completed steps are undone where they say how.",
  icon: "octagon-x",
  category: "end",
  params: z.strictObject({
    message: z
      .string()
      .min(1)
      .meta({ "x-label": "Message", "x-order": 1, description: "What went wrong, for the person who reads it." }),
    code: z
      .string()
      .regex(/^[a-z][a-z0-9_]{0,62}$/)
      .default("failed")
      .meta({
        "x-literal": true,
        "x-label": "Code",
        "x-order": 2,
        "x-more": true,
        description: "A short name for programs: small letters, digits and _.",
      }),
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
