/** Ends its branch; the run's output can be given here. */
import { z } from "zod";
import { defineControl, nodeInfo } from "../define-node.ts";
import { output } from "../outcome.ts";
import { json } from "../schema/params.ts";

const info = nodeInfo({
  type: "end",
  version: 1,
  title: "End",
  description: "Ends this branch. The run completes when nothing is left, with the output given here.",
  icon: "circle-stop",
  category: "end",
  params: z.strictObject({
    output: json().optional().meta({ "x-label": "Output", description: "What the run gives to whoever started it." }),
  }),
  ports: [],
  output: { out: { $typeOf: "/output" } },
  sentence: "End here[ with {output:keys}]",
  presets: [{ id: "done", params: {} }],
  examples: [
    { title: "Just end", params: {} },
    { title: "With an output", params: { output: { status: "refunded", amount: "{{ nodes.refund.body.amount }}" } } },
  ],
});

/** `end` */
export const end = defineControl({ ...info, begin: (params) => output(params.output) });
