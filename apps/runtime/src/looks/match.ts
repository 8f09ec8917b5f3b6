/**
 * Whether an event is what a wait waits for. Values are compared as JSON, types included; a missing path never
 * matches.
 */
import { ExpressionError, type Json, type WaitOutcome } from "@holdfast/dsl";
import { condition } from "../host/commands/execute.ts";
import { iso } from "../host/expression-roots.ts";
import type { StoredEvent } from "../store/events.ts";
import type { OpenWait } from "../store/waits.ts";

export type Match =
  | { readonly kind: "match"; readonly outcome: WaitOutcome }
  | { readonly kind: "none" }
  /** A filter could not be evaluated on this event. */
  | { readonly kind: "failed"; readonly message: string };

/** The event as filters and mappings read it. */
export function eventRoot(event: StoredEvent): Json {
  return { id: event.id, name: event.name, data: event.data, at: iso(event.acceptedAt), by: event.actor };
}

/** The first outcome in the list that the event fits. */
export function matchEvent(wait: OpenWait, event: StoredEvent): Match {
  if (event.acceptedAt < wait.lookFrom) return { kind: "none" };
  if (wait.deadline !== null && event.acceptedAt >= wait.deadline) return { kind: "none" };
  let failed: Match | undefined;
  for (const outcome of wait.outcomes) {
    if (outcome.event !== event.name || !fits(outcome, event.data)) continue;
    if (outcome.where === undefined) return { kind: "match", outcome };
    try {
      if (condition(outcome.where).evaluate({ event: eventRoot(event) }) === true) return { kind: "match", outcome };
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      failed ??= { kind: "failed", message: error.message };
    }
  }
  return failed ?? { kind: "none" };
}

function fits(outcome: WaitOutcome, data: Json): boolean {
  return Object.entries(outcome.match).every(([path, value]) => {
    const found = valueAtPath(data, path);
    return found !== undefined && equalJson(found, value);
  });
}

function valueAtPath(data: Json, path: string): Json | undefined {
  let value: Json | undefined = data;
  for (const name of path.split(".")) {
    if (Array.isArray(value)) {
      value = /^\d+$/.test(name) ? value[Number(name)] : undefined;
    } else if (typeof value === "object" && value !== null && Object.hasOwn(value, name)) {
      value = value[name];
    } else {
      return undefined;
    }
  }
  return value;
}

function equalJson(a: Json, b: Json): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, i) => equalJson(item, b[i] ?? null))
    );
  }
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && equalJson(a[key] ?? null, b[key] ?? null))
  );
}
