/** Waits for a time. */
import { DEFAULT_PORT, parseDuration } from "@holdfast/dsl";
import { z } from "zod";
import { defineControl, nodeInfo } from "../define-node.ts";
import { fatal } from "../outcome.ts";
import { duration } from "../schema/params.ts";
import { parseDateTime } from "./local-time.ts";

const info = nodeInfo({
  type: "sleep",
  version: 1,
  title: "Sleep",
  description: "Waits for a while, or until a point in time.",
  icon: "hourglass",
  category: "wait",
  params: z
    .strictObject({
      for: duration().optional().meta({ "x-label": "For", "x-order": 1 }),
      until: z.string().optional().meta({
        "x-label": "Until",
        "x-order": 2,
        description:
          "A date and time such as 2027-01-04T09:00, in the flow's time zone unless it names another. A time that has passed does not wait.",
      }),
    })
    .refine((params) => (params.for === undefined) !== (params.until === undefined), {
      error: "must say either for how long or until when",
    })
    .meta({ oneOf: [{ required: ["for"] }, { required: ["until"] }] }),
  output: {
    out: { type: "object", properties: { at: { type: "string", format: "date-time" } }, additionalProperties: false },
  },
  sentence: "[Wait {for}|Wait until {until}]",
  presets: [{ id: "pause", params: { for: "1d" } }],
  examples: [
    { title: "A while", params: { for: "2d" } },
    { title: "Until a date from the input", params: { until: "{{ input.dueAt }}" } },
    { title: "Until a time in the flow's zone", params: { until: "2027-01-04T09:00" } },
  ],
});

/** `sleep` */
export const sleep = defineControl({
  ...info,
  begin(params, { now, timeZone }) {
    const until =
      params.for === undefined ? parseDateTime(params.until ?? "", timeZone) : now + parseDuration(params.for);
    if (until === undefined) {
      return fatal("params_invalid", `“${params.until ?? ""}” is not an ISO 8601 date and time.`, {
        pointer: "/params/until",
      });
    }
    return { type: "wait", wait: { kind: "time", until, port: DEFAULT_PORT } };
  },
});
