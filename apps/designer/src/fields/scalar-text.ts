import type { Json } from "@holdfast/dsl";

/** A plain value as text: what tells the choices of an enumeration apart. */
export function scalarText(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
