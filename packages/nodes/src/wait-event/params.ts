/** What a wait for events can be told. */
import { z } from "zod";
import { condition, duration, eventName, json, jsonObject, portName } from "../schema/params.ts";

/** The port of the deadline. */
export const TIMEOUT_PORT = "timeout";

const outcome = z.strictObject({
  port: portName(TIMEOUT_PORT).meta({ "x-label": "Answer", "x-order": 1 }),
  event: eventName().meta({ "x-label": "Event", "x-order": 2 }),
  match: z.record(z.string().min(1), json()).optional().meta({
    "x-label": "Match",
    "x-order": 3,
    description: "A field of the event's data, and the value that it must have. Set when the wait opens.",
  }),
  where: condition(["event"]).optional().meta({ "x-label": "Only if", "x-order": 4, "x-more": true }),
});

const names = z.array(z.string().min(1));

const inbox = z.strictObject({
  title: z.string().min(1).meta({
    "x-label": "Question",
    "x-order": 1,
    description: "The first line of the task, in the inbox and in mails.",
  }),
  description: z
    .string()
    .optional()
    .meta({ "x-label": "Explanation", "x-order": 2, "x-widget": "text", "x-more": true }),
  context: z.record(z.string().min(1), json()).optional().meta({
    "x-label": "Facts",
    "x-order": 3,
    "x-tab": "form",
    "x-widget": "values",
    description: "What the person should know to decide, shown above the form.",
  }),
  assignTo: z
    .strictObject({
      roles: names.optional().meta({ "x-label": "Roles" }),
      groups: names.optional().meta({ "x-label": "Groups" }),
      people: names.optional().meta({ "x-label": "People" }),
    })
    .optional()
    .meta({
      "x-label": "Who decides",
      "x-order": 4,
      "x-widget": "assignees",
      description: "Left empty: everybody who may decide tasks.",
    }),
  form: jsonObject().optional().meta({
    "x-label": "Form",
    "x-order": 5,
    "x-widget": "schema",
    "x-form": true,
    "x-tab": "form",
    description: "What the person fills in. A field can begin with a value from the run.",
  }),
  columns: names.optional().meta({
    "x-literal": true,
    "x-label": "In the inbox list",
    "x-order": 6,
    "x-widget": "columns",
    description: "Facts and fields that each task shows in the list.",
  }),
  reminders: z.array(duration()).optional().meta({
    "x-label": "Remind after",
    "x-order": 7,
    "x-tab": "deadline",
    description: "A reminder never moves the deadline.",
  }),
  notRequester: z.boolean().default(false).meta({
    "x-literal": true,
    "x-label": "Not the person who asked",
    "x-order": 5,
    description: "Whoever the flow names as requester can't decide.",
  }),
});

/** The params of `wait.event`. */
export const waitEventParams = z.strictObject({
  outcomes: z.array(outcome).min(1).meta({ "x-label": "Answers", "x-order": 1 }),
  timeout: duration().optional().meta({
    "x-label": "Time limit",
    "x-order": 2,
    "x-tab": "deadline",
    description: "Counts from the opening of the wait. When it is over, the run goes on by “timeout”.",
  }),
  lookBack: duration().optional().meta({
    "x-label": "Look back",
    "x-order": 3,
    "x-tab": "deadline",
    description: "How old an event may be that came before the wait opened. Left empty: as old as the run.",
  }),
  inbox: inbox.optional().meta({ "x-label": "Ask people in the inbox", "x-order": 4, "x-inline": true }),
});

/** The inbox section of a wait. */
export type InboxParams = z.output<typeof inbox>;
