/** What a wait for events can be told. */
import { z } from "zod";
import { PRIORITIES } from "@holdfast/dsl";
import { condition, duration, eventName, json, jsonObject, portName, span } from "../schema/params.ts";

/** The port of the deadline. */
export const TIMEOUT_PORT = "timeout";

const outcome = z.strictObject({
  port: portName(TIMEOUT_PORT).meta({ "x-label": "Answer", "x-order": 1 }),
  event: eventName().meta({ "x-literal": true, "x-label": "Event", "x-order": 2 }),
  match: z.record(z.string().min(1), json()).optional().meta({
    "x-label": "Match",
    "x-order": 3,
    description: "A field of the event's data, and the value that it must have. Set when the wait opens.",
  }),
  where: condition(["event"]).optional().meta({ "x-label": "Only if", "x-order": 4, "x-more": true }),
});

const names = z.array(z.string().min(1));

/** People for one answer. */
const MOST_NEEDED = 20;

const assignees = z.strictObject({
  roles: names.optional().meta({ "x-label": "Roles" }),
  groups: names.optional().meta({ "x-label": "Groups" }),
  people: names.optional().meta({ "x-label": "People" }),
});

const rung = z.strictObject({
  after: span().meta({ "x-label": "After", "x-order": 1 }),
  assignTo: assignees.meta({
    "x-label": "Who may decide too",
    "x-order": 2,
    "x-widget": "assignees",
    "x-sink": "rights",
  }),
});

/** The inbox section of a wait, as it is written. */
export const inboxParams = z.strictObject({
  title: z.string().min(1).meta({
    "x-label": "Question",
    "x-order": 1,
    "x-shown": true,
    description: "The first line of the task, in the inbox and in mails.",
  }),
  description: z
    .string()
    .optional()
    .meta({ "x-label": "Explanation", "x-order": 2, "x-widget": "text", "x-more": true, "x-shown": true }),
  context: z.record(z.string().min(1), json()).optional().meta({
    "x-label": "Facts",
    "x-order": 3,
    "x-tab": "form",
    "x-widget": "values",
    "x-shown": true,
    description: "What the person should know to decide, shown above the form.",
  }),
  assignTo: assignees.optional().meta({
    "x-label": "Who decides",
    "x-order": 4,
    "x-widget": "assignees",
    "x-sink": "rights",
    description: "Left empty: everybody who may decide tasks.",
  }),
  form: jsonObject().optional().meta({
    "x-label": "Form",
    "x-order": 5,
    "x-widget": "schema",
    "x-form": true,
    "x-tab": "form",
    "x-shown": true,
    description: "What the person fills in. A field can begin with a value from the run.",
  }),
  columns: names.optional().meta({
    "x-literal": true,
    "x-label": "In the inbox list",
    "x-order": 6,
    "x-widget": "columns",
    description: "Facts and fields that each task shows in the list.",
  }),
  priority: z
    .enum(PRIORITIES)
    .default("normal")
    .meta({
      "x-label": "Priority",
      "x-order": 6,
      "x-more": true,
      "x-enum-labels": { low: "Low", normal: "Normal", high: "High", urgent: "Urgent" },
    }),
  due: span().optional().meta({
    "x-label": "Due after",
    "x-order": 7,
    "x-tab": "deadline",
    description: "When it should be decided. The time limit stays what it is. Left empty: by the time limit.",
  }),
  reminders: z.array(span()).optional().meta({
    "x-label": "Remind after",
    "x-order": 8,
    "x-tab": "deadline",
    description: "A reminder never moves the deadline.",
  }),
  escalation: z.array(rung).optional().meta({
    "x-label": "Escalate",
    "x-order": 9,
    "x-tab": "deadline",
    description: "Who may decide too once it has taken so long. They are told; the deadline stays what it is.",
  }),
  link: z
    .enum(["shows", "decides"])
    .default("shows")
    .meta({
      "x-literal": true,
      "x-label": "The link in mails",
      "x-order": 10,
      "x-more": true,
      "x-enum-labels": { shows: "Shows the task after signing in", decides: "Decides without signing in" },
      description: "Whoever reads the mail can decide by a link that decides.",
    }),
  notRequester: z.boolean().default(false).meta({
    "x-literal": true,
    "x-label": "Not the person who asked",
    "x-order": 5,
    description: "Whoever the flow names as requester can't decide.",
  }),
  notDecidersOf: names.optional().meta({
    "x-literal": true,
    "x-label": "Not who decided",
    "x-order": 5,
    "x-more": true,
    description: "Steps of this flow: whoever decided one of them in the same run can't decide here.",
  }),
  needs: z.record(z.string().min(1), z.int().min(1).max(MOST_NEEDED)).optional().meta({
    "x-literal": true,
    "x-label": "How many people",
    "x-order": 5,
    "x-more": true,
    description:
      "By answer: so many different people have to give it. Left empty: one. The first to get there decides.",
  }),
  reasonFor: names.optional().meta({
    "x-literal": true,
    "x-label": "Ask for a reason",
    "x-order": 5,
    "x-more": true,
    description: "Answers that take a comment.",
  }),
  attachments: z.boolean().default(true).meta({
    "x-literal": true,
    "x-label": "Files may be attached",
    "x-order": 7,
    "x-tab": "form",
    "x-more": true,
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
  inbox: inboxParams.optional().meta({ "x-label": "Ask people in the inbox", "x-order": 4, "x-inline": true }),
});

/** The inbox section of a wait. */
export type InboxParams = z.output<typeof inboxParams>;
