import type { Json, JsonObject } from "../json.ts";

/** How values stand in text: as they are, or safe inside HTML, Markdown, or the markup of Slack. */
export type Escape = "none" | "html" | "markdown" | "mrkdwn";

const ESCAPES: ReadonlySet<unknown> = new Set<Escape>(["html", "markdown", "mrkdwn"]);

/** What `x-escape` says of a place. */
export function escapeOf(hints: readonly JsonObject[]): Escape {
  return hints.map((hint) => hint["x-escape"]).find(isEscape) ?? "none";
}

function isEscape(hint: Json | undefined): hint is Escape {
  return ESCAPES.has(hint);
}

/** A value as a template inserts it. */
export function inserted(value: Json, escape: Escape): string {
  const text = renderText(value);
  switch (escape) {
    case "none":
      return text;
    case "html":
      return escapeHtml(text);
    case "markdown":
      return escapeMarkdown(text);
    case "mrkdwn":
      return text.replaceAll(/[&<>]/g, (character) => HTML[character] ?? character);
  }
}

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

/**
 * Escapes what has a meaning in Markdown: inside a line everywhere, and at the beginning of one what would make it a
 * heading, a list or a rule. A line break stays one.
 */
function escapeMarkdown(text: string): string {
  return text
    .replaceAll(/[\\`*_[\]<>&~|!]/g, "\\$&")
    .replaceAll(/^([ \t]*)(#+|[+-]|-{2,}|=+)(?=\s|$)/gm, "$1\\$2")
    .replaceAll(/^([ \t]*\d+)([.)])(?=\s|$)/gm, "$1\\$2");
}
