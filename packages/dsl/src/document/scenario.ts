/** The `tests` section: what a flow should do, told with given answers and a virtual clock. */
import { z } from "zod";
import { durationField, nameField, nodeIdField } from "./node.ts";
import { jsonField, jsonObjectField } from "./json-field.ts";
import { EVENT_NAME, PORT_NAME } from "./names.ts";

const portField = z.string().regex(PORT_NAME, { error: "must be the name of a port" });

/** Who does something in a scenario. */
const byField = z.strictObject({ id: z.string().min(1).max(200), name: nameField.exactOptional() });

/** What a node answers instead of being executed. */
export const answerSchema = z.union([
  z.strictObject({ output: jsonField, port: portField.exactOptional() }),
  z.strictObject({
    error: z.strictObject({
      code: z.string().min(1).max(100),
      message: z.string().max(2_000).exactOptional(),
      kind: z.enum(["error", "fatal", "timeout", "unknown"]).exactOptional(),
    }),
  }),
]);
export type Answer = z.infer<typeof answerSchema>;

export const scenarioSchema = z.strictObject({
  name: nameField,
  /** The run's input; `{}` if it isn't written. */
  input: jsonField.exactOptional(),
  /** Instead of `input`: the event that starts the run. */
  trigger: z.strictObject({ event: z.string().regex(EVENT_NAME), data: jsonField }).exactOptional(),
  /** When the run starts, ISO 8601. */
  now: z.iso.datetime({ offset: true }).exactOptional(),
  /** By node id. A list answers one attempt (or one iteration) after the other; its last answer stays. */
  answers: z.record(nodeIdField, z.union([answerSchema, z.array(answerSchema).min(1)])).exactOptional(),
  /** Events from outside, `after` the start of the run (at once if it isn't written). */
  events: z
    .array(
      z.strictObject({
        name: z.string().regex(EVENT_NAME, { error: "must be the name of an event" }),
        data: jsonField,
        after: durationField.exactOptional(),
        by: byField.exactOptional(),
      }),
    )
    .exactOptional(),
  /** Decisions of people in the inbox, `after` the start of the run. */
  decisions: z
    .array(
      z.strictObject({
        node: nodeIdField,
        outcome: portField,
        data: jsonObjectField.exactOptional(),
        comment: z.string().exactOptional(),
        after: durationField.exactOptional(),
        by: byField.exactOptional(),
      }),
    )
    .exactOptional(),
  /** Incidents that a person resolves, `after` the start of the run. */
  incidents: z
    .array(
      z.strictObject({
        node: nodeIdField,
        action: z.enum(["retry", "complete", "fail"]),
        /** With `complete`: what the step gives, and by which port. */
        output: jsonObjectField.exactOptional(),
        port: portField.exactOptional(),
        after: durationField.exactOptional(),
      }),
    )
    .exactOptional(),
  /** Waits that a person ends by hand, `after` the start of the run. */
  skips: z
    .array(z.strictObject({ node: nodeIdField, port: portField, after: durationField.exactOptional() }))
    .exactOptional(),
  /** The run is canceled, `after` its start; `terminate` does not compensate. */
  cancel: z
    .strictObject({ mode: z.enum(["cancel", "terminate"]).exactOptional(), after: durationField.exactOptional() })
    .exactOptional(),
  /** How far the clock is moved in all. */
  advance: durationField.exactOptional(),
  expect: z.strictObject({
    status: z.enum(["completed", "failed", "canceled", "waiting"]).exactOptional(),
    reached: z.array(nodeIdField).exactOptional(),
    notReached: z.array(nodeIdField).exactOptional(),
    /** The whole output, compared as JSON. */
    output: jsonField.exactOptional(),
    /** The code of the error that failed the run. */
    error: z.string().exactOptional(),
  }),
});
export type Scenario = z.infer<typeof scenarioSchema>;
