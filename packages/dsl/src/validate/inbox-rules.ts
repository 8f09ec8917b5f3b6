/** The inbox section of a wait, and the right to decide what one has asked for oneself. */
import type { FlowDocument } from "../document/flow.ts";
import { isDuration, parseDuration } from "../document/duration.ts";
import type { Issue } from "../document/issue.ts";
import { isJsonObject } from "../document/json-field.ts";
import { joinPointer } from "../document/pointer.ts";
import type { Json, JsonObject } from "../json.ts";
import { issueOf } from "./codes.ts";
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
    ...reminderIssues(inbox["reminders"], timeout, joinPointer(pointer, "reminders")),
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

function reminderIssues(reminders: Json | undefined, timeout: Json | undefined, pointer: string): Issue[] {
  if (!Array.isArray(reminders) || typeof timeout !== "string" || !isDuration(timeout)) return [];
  const end = parseDuration(timeout);
  return reminders.flatMap((reminder, index) =>
    typeof reminder === "string" && isDuration(reminder) && parseDuration(reminder) >= end
      ? [issueOf("reminder_after_timeout", joinPointer(pointer, index), `After ${reminder} the wait is already over.`)]
      : [],
  );
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
