/** Takes the first case whose condition is true. */
import { z } from "zod";
import { defineControl, nodeInfo } from "../define-node.ts";
import { evaluateAt } from "../evaluate-at.ts";
import { fatal, output } from "../outcome.ts";
import { condition, portName } from "../schema/params.ts";

const OTHERWISE = "otherwise";

const info = nodeInfo({
  type: "branch",
  version: 1,
  title: "Branch",
  description: "Goes on by the first case whose condition is true, and by “otherwise” if none is.",
  icon: "split",
  category: "logic",
  params: z.strictObject({
    cases: z
      .array(
        z.strictObject({
          port: portName(OTHERWISE).meta({ "x-label": "Name", "x-order": 1 }),
          when: condition().meta({ "x-label": "When", "x-order": 2 }),
        }),
      )
      .min(1)
      .meta({ "x-label": "Cases" }),
  }),
  ports: [
    { from: "/cases/*/port", holds: "/cases/*/when" },
    { name: OTHERWISE, otherwise: "/cases/*/when" },
  ],
  output: { "*": { type: "object", properties: {}, additionalProperties: false } },
  sentence: "Go on by {cases/*/port:or}, or otherwise",
  presets: [{ id: "branch", params: { cases: [{ port: "yes", when: "true" }] } }],
  examples: [
    { title: "Yes or no", params: { cases: [{ port: "yes", when: "nodes.analyze.isEligible" }] } },
    {
      title: "By amount",
      params: {
        cases: [
          { port: "large", when: "input.amount >= 1000.0" },
          { port: "medium", when: "input.amount >= 100.0" },
        ],
      },
    },
  ],
});

/** `branch` */
export const branch = defineControl({
  ...info,
  begin({ cases }, context) {
    for (const [index, { port, when }] of cases.entries()) {
      const holds = evaluateAt(context, { source: when, pointer: `/cases/${index}/when` });
      if (typeof holds !== "boolean") {
        return fatal(
          "condition_not_boolean",
          `The condition of “${port}” gave ${describe(holds)}, not true or false.`,
          {
            pointer: `/params/cases/${index}/when`,
          },
        );
      }
      if (holds) return output({}, port);
    }
    return output({}, OTHERWISE);
  },
});

function describe(value: unknown): string {
  if (value === null) return "nothing";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
