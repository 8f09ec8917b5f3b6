import type { Json } from "../json.ts";

/** How values stand in text: as they are, or safe inside HTML. */
export type Escape = "none" | "html";

/** A string as it is, a number in its shortest form, null as nothing, lists and objects as JSON. */
export function renderText(value: Json): string {
  if (typeof value === "string") return value;
  if (value === null) return "";
  if (typeof value === "object") return JSON.stringify(value);
  return String(value);
}

const HTML: { readonly [character: string]: string } = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Escapes what has a meaning in HTML text and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => HTML[character] ?? character);
}
