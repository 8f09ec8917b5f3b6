/** The inbox section of a wait, and the right to decide what one has asked for oneself. */
import type { FlowDocument } from "../document/flow.ts";
import { isDuration, parseDuration } from "../document/duration.ts";
import type { Issue } from "../document/issue.ts";
import { isJsonObject } from "../document/json-field.ts";
import { joinPointer } from "../document/pointer.ts";
import { walkNodes } from "../document/walk-nodes.ts";
import type { Json, JsonObject } from "../json.ts";
import { type IssueCode, issueOf } from "./codes.ts";
import type { GraphNode } from "./graph.ts";
import { schemaIssues } from "./schema-rules.ts";

/** Nodes of the `wait` family may have `outcomes` and an `inbox`; others are none of this file's business. */
export function waitIssues({ manifest, spec, pointer }: GraphNode, flow: FlowDocument): Issue[] {
  if (manifest?.category !== "wait") return [];
  const { outcomes, inbox, timeout } = spec.params;
  const params = joinPointer(pointer, "params");
  return [
    ...matchIssues(outcomes, joinPointer(params, "outcomes")),
    ...(isJsonObject(inbox) ? inboxIssues(inbox, timeout, joinPointer(params, "inbox"), flow) : []),
    ...(isJsonObject(inbox) ? answerIssues(inbox, outcomes, joinPointer(params, "inbox")) : []),
  ];
}

/** A path is names with dots between them, into the event's data. */
function matchIssues(outcomes: Json | undefined, pointer: string): Issue[] {
  if (!Array.isArray(outcomes)) return [];
  return outcomes.flatMap((outcome, index) => {
    const match = isJsonObject(outcome) && isJsonObject(outcome["match"]) ? Object.keys(outcome["match"]) : [];
    return match
      .filter((path) => !/^[^.\s{}]+(?:\.[^.\s{}]+)*$/.test(path))
      .map((path) =>
        issueOf(
          "invalid_match_path",
          joinPointer(pointer, index, "match", path),
          `“${path}” is not a path into the event's data.`,
          "Write names with dots between them, such as order.id.",
        ),
      );
  });
}

function inboxIssues(inbox: JsonObject, timeout: Json | undefined, pointer: string, flow: FlowDocument): Issue[] {
  const { form, notRequester, assignTo } = inbox;
  return [
    ...(form === undefined ? [] : schemaIssues(form, joinPointer(pointer, "form"), { object: true })),
    ...columnIssues(inbox, pointer),
    ...earlierIssues(inbox["notDecidersOf"], joinPointer(pointer, "notDecidersOf"), flow),
    ...timeIssues(inbox, timeout, pointer),
    ...rungIssues(inbox["escalation"], pointer),
    ...(assignsNobody(assignTo)
      ? [
          issueOf(
            "nobody_assigned",
            joinPointer(pointer, "assignTo"),
            "Nobody is named here.",
            "Name roles, groups or people, or leave it out: then everybody may decide.",
          ),
        ]
      : []),
    ...(notRequester === true ? requesterIssues(joinPointer(pointer, "notRequester"), flow) : []),
  ];
}

/** Answers that the inbox names are answers of the wait. */
function answerIssues({ needs, reasonFor }: JsonObject, outcomes: Json | undefined, pointer: string): Issue[] {
  if (!Array.isArray(outcomes)) return [];
  const ports = outcomes
    .map((outcome) => (isJsonObject(outcome) ? outcome["port"] : undefined))
    .filter((port) => typeof port === "string");
  const named = [
    ...(isJsonObject(needs)
      ? Object.keys(needs).map((port) => ({ port, at: joinPointer(pointer, "needs", port) }))
      : []),
    ...(Array.isArray(reasonFor)
      ? reasonFor.map((port, index) => ({ port, at: joinPointer(pointer, "reasonFor", index) }))
      : []),
  ];
  return named.flatMap(({ port, at }) =>
    typeof port !== "string" || ports.includes(port)
      ? []
      : [issueOf("unknown_answer", at, `“${port}” is not an answer of this wait.`, `There are ${ports.join(", ")}.`)],
  );
}

/** Whoever is kept out decided something: a node that makes a task, wherever in the document it stands. */
function earlierIssues(nodes: Json | undefined, pointer: string, flow: FlowDocument): Issue[] {
  if (!Array.isArray(nodes) || nodes.length === 0) return [];
  const asking = [...walkNodes(flow)].filter(({ node }) => isJsonObject(node.params["inbox"])).map(({ id }) => id);
  return nodes.flatMap((id, index) =>
    typeof id !== "string" || asking.includes(id)
      ? []
      : [
          issueOf(
            "no_decision_there",
            joinPointer(pointer, index),
            `No step “${id}” asks people in the inbox.`,
            `Steps that do: ${asking.join(", ")}.`,
          ),
        ],
  );
}

function columnIssues({ columns, context, form }: JsonObject, pointer: string): Issue[] {
  const fields = isJsonObject(form) && isJsonObject(form["properties"]) ? Object.keys(form["properties"]) : [];
  const facts = isJsonObject(context) ? Object.keys(context) : [];
  const known = [...facts, ...fields];
  if (!Array.isArray(columns)) return [];
  return columns.flatMap((column, index) =>
    typeof column !== "string" || known.includes(column)
      ? []
      : [
          issueOf(
            "unknown_column",
            joinPointer(pointer, "columns", index),
            `“${column}” is neither in the context nor in the form.`,
            known.length > 0 ? `There are ${known.join(", ")}.` : undefined,
          ),
        ],
  );
}

/** What is to happen while it waits can't happen after its deadline. Working time is not known before it begins. */
function timeIssues({ due, reminders, escalation }: JsonObject, timeout: Json | undefined, pointer: string): Issue[] {
  if (typeof timeout !== "string" || !isDuration(timeout)) return [];
  const end = parseDuration(timeout);
  const isOver = (value: Json | undefined): value is string =>
    typeof value === "string" && isDuration(value) && parseDuration(value) >= end;
  const late = (code: IssueCode, value: Json | undefined, ...place: (string | number)[]): Issue[] =>
    isOver(value) ? [issueOf(code, joinPointer(pointer, ...place), `After ${value} the wait is already over.`)] : [];
  const list = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);
  return [
    ...(typeof due === "string" && isDuration(due) && parseDuration(due) > end
      ? late("due_after_timeout", due, "due")
      : []),
    ...list(reminders).flatMap((reminder, index) => late("reminder_after_timeout", reminder, "reminders", index)),
    ...list(escalation).flatMap((rung, index) =>
      isJsonObject(rung) ? late("escalation_after_timeout", rung["after"], "escalation", index, "after") : [],
    ),
  ];
}

/** A rung of the ladder leads to somebody. */
function rungIssues(escalation: Json | undefined, pointer: string): Issue[] {
  if (!Array.isArray(escalation)) return [];
  return escalation.flatMap((rung, index) => {
    const named = isJsonObject(rung) ? rung["assignTo"] : undefined;
    return assignsNobody(named)
      ? [
          issueOf(
            "nobody_assigned",
            joinPointer(pointer, "escalation", index, "assignTo"),
            "Nobody is named here.",
            "Name roles, groups or people who may decide too from then on.",
          ),
        ]
      : [];
  });
}

function assignsNobody(assignTo: Json | undefined): boolean {
  return isJsonObject(assignTo) && Object.values(assignTo).every((list) => Array.isArray(list) && list.length === 0);
}

/** The requester is what `settings.requester` says, else who started the run by hand. */
function requesterIssues(pointer: string, flow: FlowDocument): Issue[] {
  if (flow.settings?.requester !== undefined) return [];
  const kinds = new Set(flow.triggers.map((trigger) => trigger.type));
  const hint = "Say in settings.requester who asked.";
  if (!kinds.has("call")) {
    return [
      issueOf(
        "requester_missing",
        pointer,
        "Nobody knows who asked for what a run does, so nobody can be kept from deciding.",
        hint,
      ),
    ];
  }
  if (!kinds.has("event")) return [];
  return [
    issueOf(
      "requester_uncertain",
      pointer,
      "A run that an event starts has no requester, so everybody may decide.",
      hint,
    ),
  ];
}
