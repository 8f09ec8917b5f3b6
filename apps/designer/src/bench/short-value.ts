import type { Json } from "@holdfast/dsl";

/** A value in a few words: its first fields. */
export function shortValue(value: Json | undefined, most = 3): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "string") return value.length > 60 ? `${value.slice(0, 59)}…` : value;
  if (typeof value !== "object") return String(value);
  if (Array.isArray(value)) return shortList(value, most);
  const entries = Object.entries(value);
  const plain = entries.filter(([, item]) => item !== null && typeof item !== "object");
  const shown = plain.slice(0, most).map(([key, item]) => `${key} ${shortValue(item)}`);
  if (shown.length === 0) {
    const [first] = entries;
    const inside = shortValue(first?.[1]);
    return first === undefined || inside === "" ? "" : `${first[0]}: ${inside}`;
  }
  return shown.join(", ") + (entries.length > shown.length ? ", …" : "");
}

/** Items that have fields of their own stand apart. */
function shortList(list: readonly Json[], most: number): string {
  const apart = list.some((item) => typeof item === "object") ? "; " : ", ";
  const shown = list.slice(0, most).map((item) => shortValue(item));
  return [...shown, ...(list.length > most ? ["…"] : [])].join(apart);
}
