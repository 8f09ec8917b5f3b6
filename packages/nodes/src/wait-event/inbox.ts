/** From the inbox section to the task it makes. */
import { isJsonObject, parseDuration, type InboxSpec, type Json, type JsonObject } from "@holdfast/dsl";
import type { InboxParams } from "./params.ts";

/** The task of a wait, with every template already resolved. */
export function inboxSpec(inbox: InboxParams): InboxSpec {
  return {
    title: inbox.title,
    ...(inbox.description !== undefined && { description: inbox.description }),
    context: inbox.context ?? {},
    assignTo: {
      people: inbox.assignTo?.people ?? [],
      roles: inbox.assignTo?.roles ?? [],
      groups: inbox.assignTo?.groups ?? [],
    },
    ...(inbox.form && { form: inbox.form }),
    prefill: prefillOf(inbox.form ?? {}),
    columns: inbox.columns ?? [],
    reminders: (inbox.reminders ?? []).map(parseDuration).toSorted((a, b) => a - b),
    notRequester: inbox.notRequester,
  };
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
