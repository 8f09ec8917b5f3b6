/** What a wait for events can be told. */
import { z } from "zod";
import { condition, duration, eventName, json, jsonObject, portName } from "../schema/params.ts";

/** The port of the deadline. */
export const TIMEOUT_PORT = "timeout";

const outcome = z.strictObject({
  port: portName(TIMEOUT_PORT).meta({ "x-label": "Name", "x-order": 1 }),
  event: eventName().meta({ "x-label": "Event", "x-order": 2 }),
  match: z.record(z.string().min(1), json()).optional().meta({
    "x-label": "Match",
    "x-order": 3,
    description: "Path in the event's data → the value it must equal, bound when the wait opens.",
  }),
  where: condition(["event"]).optional().meta({ "x-label": "Only if", "x-order": 4 }),
});

const names = z.array(z.string().min(1));

const inbox = z.strictObject({
  title: z.string().min(1).meta({ "x-label": "Title", "x-order": 1 }),
  description: z.string().optional().meta({ "x-label": "Description", "x-order": 2, "x-widget": "text" }),
  context: z
    .record(z.string().min(1), json())
    .optional()
    .meta({ "x-label": "Facts", "x-order": 3, description: "What the person sees beside the form." }),
  assignTo: z
    .strictObject({
      roles: names.optional().meta({ "x-label": "Roles" }),
      groups: names.optional().meta({ "x-label": "Groups" }),
      people: names.optional().meta({ "x-label": "People" }),
    })
    .optional()
    .meta({ "x-label": "Who decides", "x-order": 4, description: "Default: everybody who may decide tasks." }),
  form: jsonObject().optional().meta({
    "x-label": "Form",
    "x-order": 5,
    "x-widget": "schema",
    description: "JSON Schema of the decision's data. A property's default may be a template: that is the prefill.",
  }),
  columns: names.optional().meta({ "x-literal": true, "x-label": "Columns", "x-order": 6 }),
  reminders: z.array(duration()).optional().meta({ "x-label": "Remind after", "x-order": 7 }),
  notRequester: z.boolean().default(false).meta({ "x-literal": true, "x-label": "Not who asked", "x-order": 8 }),
});

/** The params of `wait.event`. */
export const waitEventParams = z.strictObject({
  outcomes: z.array(outcome).min(1).meta({ "x-label": "Outcomes", "x-order": 1 }),
  timeout: duration()
    .optional()
    .meta({ "x-label": "Time limit", "x-order": 2, description: "Counts from the opening of the wait." }),
  lookBack: duration().optional().meta({
    "x-label": "Look back",
    "x-order": 3,
    description:
      "How old an event may be that was accepted before the wait opened. Default: since the run was triggered.",
  }),
  inbox: inbox.optional().meta({ "x-label": "Inbox", "x-order": 4 }),
});

/** The inbox section of a wait. */
export type InboxParams = z.output<typeof inbox>;
