/** Which outcome of a wait an event brings about. */
import { isJsonObject } from "@holdfast/dsl";
import type { Json, Roots, WaitOutcome } from "@holdfast/dsl";
import type { Library } from "./library.ts";
import type { LoggedEvent } from "./world.ts";

/** The first in the list that fits. A condition that can't be evaluated does not fit. */
export function outcomeFor(
  library: Library,
  outcomes: readonly WaitOutcome[],
  event: LoggedEvent,
  roots: Roots,
): WaitOutcome | undefined {
  return outcomes.find(
    (outcome) =>
      outcome.event === event.name &&
      Object.entries(outcome.match).every(([path, value]) => sameJson(valueAt(event.data, path), value)) &&
      (outcome.where === undefined || holds(library, outcome.where, { ...roots, event: eventRoot(event) })),
  );
}

/** What `event` is in an expression. */
function eventRoot(event: LoggedEvent): Json {
  return { id: event.id, name: event.name, data: event.data, ...(event.by !== undefined && { by: event.by }) };
}

function holds(library: Library, where: string, roots: Roots): boolean {
  try {
    return library.condition(where, roots) === true;
  } catch {
    return false;
  }
}

/** A dotted path; a missing one gives undefined, which equals nothing. */
function valueAt(data: Json, path: string): Json | undefined {
  let value: Json | undefined = data;
  for (const key of path.split(".")) value = isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return value;
}

/** Equal as JSON, whatever the order of keys. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, index) => sameJson(item, b[index]));
  }
  if (!isJsonObject(a) || !isJsonObject(b)) return a === b;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key], b[key]))
  );
}
