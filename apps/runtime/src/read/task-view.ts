import { z } from "@hono/zod-openapi";
import { actorView, jsonObjectView, jsonView, orNull, timeView, uuidView } from "./view.ts";

const TASK_STATUSES = ["open", "decided", "expired", "canceled"] as const;
const PRIORITIES = ["low", "normal", "high", "urgent"] as const;
export const taskStatusView = z.enum(TASK_STATUSES);
export const priorityView = z.enum(PRIORITIES);

const personView = z.object({ id: uuidView, name: z.string() }).openapi("NamedPerson");
const saidBy = actorView
  .extend({ name: z.string().nullable() })
  .openapi("NamedActor", { description: "Who did a thing, and the person's name." });

export const fileView = z
  .object({
    id: uuidView,
    name: z.string(),
    type: z.string().openapi({ example: "application/pdf" }),
    size: z.int().openapi({ description: "Bytes." }),
    by: saidBy,
    at: timeView,
  })
  .openapi("TaskFile");

const change = z
  .object({ pointer: z.string(), before: jsonView.optional(), after: jsonView.optional() })
  .openapi("ProposalChange", { description: "`before` or `after` is missing where nothing stood or stands." });

export const taskView = z
  .object({
    id: uuidView,
    runId: uuidView,
    flow: z.string(),
    version: z.int().openapi({ description: "The version of the flow that its run is pinned to." }),
    node: z.string(),
    status: taskStatusView,
    title: z.string(),
    description: z.string().nullable(),
    context: jsonObjectView.openapi({ description: "Facts for the decision, by name." }),
    columns: z.array(z.string()).openapi({ description: "Names from `context` or the form that lists show." }),
    outcomes: z.array(z.string()).openapi({ description: "What can be decided, in order." }),
    outcomeTitles: z
      .record(z.string(), z.string())
      .openapi({ description: "What outcomes are called, where the flow gives them names of their own." }),
    inStep: z
      .boolean()
      .openapi({ description: "A node asks in its middle: it goes on with the answer, which is no port of it." }),
    form: jsonObjectView.nullable().openapi({ description: "JSON Schema of the decision's data." }),
    prefill: jsonObjectView.openapi({ description: "The form's values when nobody changes them." }),
    assignTo: z.object({ people: z.array(z.string()), roles: z.array(z.string()), groups: z.array(z.string()) }),
    requester: z.string().nullable(),
    notRequester: z.boolean().openapi({ description: "Whoever asked may not decide." }),
    notDecidersOf: z
      .array(z.string())
      .openapi({ description: "Who decided one of these nodes in this run may not decide." }),
    needs: z
      .record(z.string(), z.int())
      .openapi({ description: "By how many different people an answer has to be given; one that is not here by one." }),
    reasonFor: z.array(z.string()).openapi({ description: "Answers that take a comment." }),
    filesAllowed: z.boolean(),
    claimedBy: orNull(personView.extend({ since: timeView, until: timeView }).openapi("Claim")).openapi({
      description: "Who works on it: nobody else may decide meanwhile.",
    }),
    delegations: z.array(
      z
        .object({
          from: personView,
          to: personView,
          kind: z.enum(["delegate", "handOver"]),
          reason: z.string().nullable(),
          at: timeView,
          until: timeView.nullable(),
        })
        .openapi("Delegation", {
          description: "`delegate`: on behalf of whoever gave it. `handOver`: instead of them.",
        }),
    ),
    votes: z.array(
      z
        .object({
          outcome: z.string(),
          by: saidBy,
          onBehalfOf: orNull(personView),
          data: jsonObjectView.nullable().openapi({ description: "The form's values as this answer has them." }),
          comment: z.string().nullable(),
          via: z.string(),
          at: timeView,
        })
        .openapi("Vote", { description: "An answer that stands. The last that was needed decides." }),
    ),
    comments: z.array(z.object({ id: uuidView, by: saidBy, text: z.string(), at: timeView }).openapi("TaskComment")),
    files: z.array(fileView),
    aiOffline: z
      .boolean()
      .openapi({ description: "What it shows was said by the offline model: no language model is set up." }),
    aiFacts: z.array(z.string()).openapi({ description: "Names from `context` that a model wrote." }),
    openedAt: timeView,
    dueAt: timeView
      .nullable()
      .openapi({ description: "When it should have been decided: what the flow says, or else the deadline." }),
    expiresAt: timeView.nullable().openapi({ description: "The deadline: then the run goes on without a decision." }),
    priority: priorityView,
    closedAt: timeView.nullable(),
    remindedAt: z.array(timeView),
    escalation: z
      .array(
        z.object({
          at: timeView,
          assignTo: z.object({ people: z.array(z.string()), roles: z.array(z.string()), groups: z.array(z.string()) }),
        }),
      )
      .openapi({ description: "Who may decide too from when on. Those whose time has come are in `assignTo`." }),
    escalatedAt: z.array(timeView).openapi({ description: "When which rung was climbed, in order." }),
    missingCalendars: z
      .array(z.string())
      .openapi({ description: "Calendars that were gone when it opened: the default one stood in for them." }),
    link: z
      .enum(["shows", "decides"])
      .openapi({ description: "Whether the link in mails needs its person's session." }),
    decision: z
      .object({
        id: uuidView,
        outcome: z.string(),
        data: jsonObjectView.nullable(),
        diff: z.array(change).openapi({ description: "Where the data differ from what the form was filled in with." }),
        comment: z.string().nullable(),
        by: actorView,
        onBehalfOf: uuidView.nullable().openapi({ description: "The person in whose stead it was made." }),
        via: z.string(),
        decidedAt: timeView,
        effectiveAt: timeView.openapi({ description: "Until then the same person may take it back." }),
      })
      .nullable(),
  })
  .openapi("Task");
export type TaskView = z.infer<typeof taskView>;
