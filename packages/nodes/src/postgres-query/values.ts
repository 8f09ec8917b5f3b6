/** From the values of the params to what Postgres is sent, by the type that it expects in each place. */
import type { Json } from "@holdfast/dsl";

/** `type`: as Postgres names it, such as `integer` or `text[]`. */
export function valueFor(value: Json, type: string): string | null {
  if (value === null) return null;
  if (type === "json" || type === "jsonb") return JSON.stringify(value);
  if (Array.isArray(value) && type.endsWith("[]")) return arrayText(value, type.slice(0, -2));
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function arrayText(list: readonly Json[], type: string): string {
  const items = list.map((item) => {
    if (Array.isArray(item)) return arrayText(item, type);
    const text = valueFor(item, type);
    return text === null ? "NULL" : `"${text.replaceAll(/["\\]/g, "\\$&")}"`;
  });
  return `{${items.join(",")}}`;
}
