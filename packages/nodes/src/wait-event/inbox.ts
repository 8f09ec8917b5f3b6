/** From the inbox section to the task it makes. */
import {
  type Assignment,
  isJsonObject,
  parseDuration,
  workingSpanOf,
  type InboxSpec,
  type Json,
  type JsonObject,
  type Span,
} from "@holdfast/dsl";
import type { InboxParams } from "./params.ts";

/** The task of a wait, with every template already resolved. */
export function inboxSpec(inbox: InboxParams): InboxSpec {
  return {
    title: inbox.title,
    ...(inbox.description !== undefined && { description: inbox.description }),
    context: inbox.context ?? {},
    assignTo: assignment(inbox.assignTo),
    ...(inbox.form && { form: inbox.form }),
    prefill: prefillOf(inbox.form ?? {}),
    columns: inbox.columns ?? [],
    ...(inbox.due !== undefined && { due: spanOf(inbox.due) }),
    reminders: (inbox.reminders ?? []).map(spanOf),
    escalation: (inbox.escalation ?? []).map(({ after, assignTo }) => ({
      after: spanOf(after),
      assignTo: assignment(assignTo),
    })),
    priority: inbox.priority,
    link: inbox.link,
    notRequester: inbox.notRequester,
    notDecidersOf: inbox.notDecidersOf ?? [],
    needs: inbox.needs ?? {},
    reasonFor: inbox.reasonFor ?? [],
    attachments: inbox.attachments,
  };
}

const assignment = (named: InboxParams["assignTo"]): Assignment => ({
  people: named?.people ?? [],
  roles: named?.roles ?? [],
  groups: named?.groups ?? [],
});

function spanOf(span: NonNullable<InboxParams["due"]>): Span {
  if (typeof span === "string") return parseDuration(span);
  return { ...(workingSpanOf(span.in) ?? { days: 0, ms: 0 }), calendar: span.calendar };
}

/**
 * The defaults of a form's properties, those of nested objects included. A property without a default is
 * absent, and an object appears only if something in it is filled in.
 */
export function prefillOf(form: JsonObject): JsonObject {
  const prefill: JsonObject = {};
  const properties = form["properties"];
  if (!isJsonObject(properties)) return prefill;
  for (const [name, property] of Object.entries(properties)) {
    const value = defaultOf(property);
    if (value === undefined) continue;
    // A form's field may be called anything, `__proto__` too; an assignment would set the prototype.
    Object.defineProperty(prefill, name, { value, enumerable: true, writable: true, configurable: true });
  }
  return prefill;
}

function defaultOf(property: Json): Json | undefined {
  if (!isJsonObject(property)) return undefined;
  const own = property["default"];
  if (own !== undefined) return own;
  const nested = prefillOf(property);
  return Object.keys(nested).length > 0 ? nested : undefined;
}
