/**
 * What a run is about, in the words of the business: the columns that its task shows, else the first plain fields of
 * its input.
 */
import type { Json, JsonObject } from "@holdfast/dsl";
import { asObject } from "./as-object.ts";

/** Name and value, in the order to show them. */
export type BusinessColumns = { readonly [name: string]: Json };

const MOST = 4;

export function businessColumns(
  input: Json,
  task: {
    readonly columns: readonly string[];
    readonly context: JsonObject;
    readonly prefill: JsonObject;
    readonly data: JsonObject | null;
  } | null,
): BusinessColumns {
  if (task !== null && task.columns.length > 0) {
    const values = { ...task.context, ...task.prefill, ...task.data };
    return Object.fromEntries(
      task.columns.flatMap((name): [string, Json][] => {
        const value = Object.hasOwn(values, name) ? values[name] : undefined;
        return value === undefined ? [] : [[name, value]];
      }),
    );
  }
  return Object.fromEntries(
    Object.entries(asObject(input))
      .filter(([, value]) => isPlain(value))
      .slice(0, MOST),
  );
}

const LONGEST = 200;

function isPlain(value: Json): boolean {
  return typeof value === "string" ? value.length <= LONGEST : typeof value === "number" || typeof value === "boolean";
}
