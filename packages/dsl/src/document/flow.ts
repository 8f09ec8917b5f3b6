/** The flow document, DSL 1. */
import { z } from "zod";
import { jsonField, objectSchemaField } from "./json-field.ts";
import { EVENT_NAME, FLOW_ID, NODE_TYPE } from "./names.ts";
import { durationField, edgesField, nameField, nodesField } from "./node.ts";
import { scenarioSchema } from "./scenario.ts";

/** The format that this package reads and writes. */
export const DSL_VERSION = 1;

/** `$id` of the published schema. */
export const FLOW_SCHEMA_ID = "urn:holdfast:schema:flow:dsl-1";

export const triggerSchema = z.discriminatedUnion(
  "type",
  [
    z.strictObject({
      type: z.literal("event"),
      event: z.string().regex(EVENT_NAME, { error: "must be the name of an event such as “support/refund.requested”" }),
      /** The run's input, as a template over `event`; `event.data` if it isn't written. */
      input: jsonField.exactOptional(),
    }),
    /** Started by hand, through the API, or by another flow's `invoke`. */
    z.strictObject({ type: z.literal("call") }),
  ],
  { error: "must be “event” or “call”" },
);
export type Trigger = z.infer<typeof triggerSchema>;

export const settingsSchema = z.strictObject({
  /** Who asked for what the run does, as a template over `input` and `trigger`. */
  requester: z.string().min(1).exactOptional(),
  /** IANA name; UTC if it isn't written. */
  timeZone: z
    .string()
    .refine(isTimeZone, {
      error: "must be an IANA time zone such as “Europe/Kyiv”",
      params: { code: "unknown_time_zone" },
    })
    .exactOptional(),
  timeouts: z
    .strictObject({
      /** A run that is older than this fails. */
      finish: durationField.exactOptional(),
    })
    .exactOptional(),
});
export type Settings = z.infer<typeof settingsSchema>;

const coordinate = z.number().min(-1e7).max(1e7);

/** A note on the canvas. */
const noteSchema = z.strictObject({
  text: z.string().max(20_000),
  x: coordinate,
  y: coordinate,
  width: coordinate.exactOptional(),
  height: coordinate.exactOptional(),
});

export const flowSchema = z.strictObject({
  $schema: z.string().exactOptional(),
  dsl: z.literal(DSL_VERSION),
  id: z.string().regex(FLOW_ID, { error: "must be lower-case letters, digits and hyphens, at most 63" }),
  name: nameField,
  description: z.string().max(20_000).exactOptional(),
  triggers: z.array(triggerSchema),
  /** JSON Schema of the run's input. */
  input: objectSchemaField.exactOptional(),
  nodes: nodesField,
  edges: edgesField,
  settings: settingsSchema.exactOptional(),
  /** Version by node type, filled at publish. */
  uses: z.record(z.string().regex(NODE_TYPE), z.int().min(1)).exactOptional(),
  tests: z.array(scenarioSchema).exactOptional(),
  /** Positions by node id, loop bodies included. */
  layout: z.record(z.string(), z.strictObject({ x: coordinate, y: coordinate })).exactOptional(),
  notes: z.record(z.string(), noteSchema).exactOptional(),
});
export type FlowDocument = z.infer<typeof flowSchema>;

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
