/** Makes a value from what the run knows. */
import { z } from "zod";
import { defineControl, nodeInfo } from "../define-node.ts";
import { output } from "../outcome.ts";
import { jsonObject } from "../schema/params.ts";

const info = nodeInfo({
  type: "data.set",
  version: 1,
  title: "Set data",
  description: "Gives values a name, so that later nodes can read them: a capped amount, a full address.",
  icon: "braces",
  category: "logic",
  params: z.strictObject({
    values: jsonObject().meta({
      "x-label": "Values",
      "x-widget": "values",
      description: "Each name can be read by later nodes.",
    }),
  }),
  output: { out: { $typeOf: "/values" } },
  sentence: "Set {values:keys}",
  presets: [{ id: "data", params: { values: {} } }],
  examples: [
    {
      title: "Cap an amount",
      params: {
        values: {
          amount:
            "{{ nodes.analyze.refundAmount < nodes.order.body.total ? nodes.analyze.refundAmount : nodes.order.body.total }}",
          currency: "{{ nodes.order.body.currency }}",
        },
      },
    },
  ],
});

/** `data.set` */
export const dataSet = defineControl({ ...info, begin: ({ values }) => output(values) });
