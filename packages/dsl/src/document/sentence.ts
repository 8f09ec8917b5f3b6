/** The sentence on a node's card: the manifest's template, filled in from the params. */
import type { NodeManifest } from "../contract/manifest.ts";
import type { Json, JsonObject } from "../json.ts";
import { formatDuration, isDuration, parseDuration } from "./duration.ts";
import { isJsonObject } from "./json-field.ts";
import { schemaAt } from "./param-schema.ts";
import { valuesAt } from "./pointer.ts";

/** What stands for a value that isn't filled in. */
const MISSING = "…";

/** A part of the template: text, a value, or alternatives of which the first that has all its values is taken. */
type Part =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "value"; readonly pointer: string; readonly style: string }
  | { readonly kind: "choice"; readonly alternatives: readonly (readonly Part[])[] };

/** A stretch of a sentence: words of the type, or what the node's params say. */
export interface SentencePart {
  readonly text: string;
  /** It comes from the params; `…` stands for what isn't filled in. */
  readonly value: boolean;
}

/** How values are put into words; English where nothing is given. */
export interface SentenceWords {
  readonly and: string;
  readonly or: string;
  /** A duration as it is written (`7d`) in words. */
  duration(text: string): string;
  /** A duration in working time. */
  working(text: string): string;
  plural(word: string): string;
}

const ENGLISH: SentenceWords = {
  and: "and",
  or: "or",
  duration: durationInWords,
  working: (text) => durationInWords(text).replace(" ", " working "),
  plural,
};

/**
 * The sentence as plain text; the type's title where nothing of it can be said yet. The grammar of the template stands at `NodeManifest.sentence`.
 *
 * @example `Wait for {outcomes/*\/event:or}[ within {timeout}]` → “Wait for order.paid or order.canceled within 7 days”
 */
export function sentenceOf(manifest: NodeManifest, params: JsonObject): string {
  return sentenceParts(manifest, params)
    .map(({ text }) => text)
    .join("");
}

/** The same in parts, so that values can be told from the words around them. */
export function sentenceParts(
  manifest: NodeManifest,
  params: JsonObject,
  words: SentenceWords = ENGLISH,
): SentencePart[] {
  const wordsFor = (part: Part & { kind: "value" }): string | undefined => wordsOf(part, { manifest, params, words });
  const fill = (parts: readonly Part[]): SentencePart[] => parts.flatMap((part) => fillPart(part));
  const fillPart = (part: Part): SentencePart[] => {
    if (part.kind === "text") return [{ text: part.text, value: false }];
    if (part.kind === "value") return [{ text: wordsFor(part) ?? MISSING, value: true }];
    const isFilled = (one: Part): boolean => one.kind !== "value" || wordsFor(one) !== undefined;
    return fill(part.alternatives.find((parts) => parts.every(isFilled)) ?? []);
  };
  const parts = fill(parseSentence(manifest.sentence));
  return parts.some(({ text }) => text !== "") ? parts : [{ text: manifest.title, value: false }];
}

function parseSentence(template: string): Part[] {
  const parts: Part[] = [];
  for (const [token, choice] of template.matchAll(/\[([^\]]*)\]|\{[^{}]*\}|[^[{]+|[[{]/g)) {
    if (choice !== undefined) parts.push({ kind: "choice", alternatives: choice.split("|").map(parseSentence) });
    else if (token.startsWith("{") && token.endsWith("}")) parts.push(parseValue(token.slice(1, -1)));
    else parts.push({ kind: "text", text: token });
  }
  return parts;
}

function parseValue(source: string): Part {
  const [pointer = "", style = ""] = source.split(":");
  return { kind: "value", pointer: `/${pointer}`, style };
}

interface Filling {
  readonly manifest: NodeManifest;
  readonly params: JsonObject;
  readonly words: SentenceWords;
}

/** Absent where the params hold nothing at the pointer. */
function wordsOf(part: Part & { kind: "value" }, { manifest, params, words }: Filling): string | undefined {
  const found = valuesAt(params, part.pointer).flatMap(({ pointer, value }) => {
    if (part.style === "keys") return isJsonObject(value) ? Object.keys(value) : [wordOf(value)];
    const schema = schemaAt(manifest.params, params, pointer);
    const timed = isJsonObject(schema) && schema["x-duration"] === true;
    return (Array.isArray(value) ? value : [value]).map((one) => wordOf(one, timed ? words : undefined));
  });
  const filled = found.filter((word) => word !== "");
  if (filled.length === 0) return undefined;
  const list = part.style === "plural" ? filled.map((word) => words.plural(word)) : filled;
  return listed(list, part.style === "or" ? words.or : words.and);
}

/** With `timed` words a duration is written out. */
function wordOf(value: Json, timed?: SentenceWords): string {
  if (value === null) return "";
  if (timed !== undefined && isJsonObject(value)) {
    const { in: length } = value;
    return typeof length === "string" && isDuration(length) ? timed.working(length) : wordOf(length ?? null);
  }
  if (typeof value !== "string") return shortened(JSON.stringify(value));
  return timed !== undefined && isDuration(value) ? timed.duration(value) : shortened(withoutBraces(value));
}

/** `{{ nodes.order.body.items }}` → `items`: of an expression the last name, which is what it is about. */
function withoutBraces(text: string): string {
  return text.replaceAll(/\{\{(.*?)\}\}/gs, (_, expression: string) => subjectOf(expression));
}

/**
 * Of a function that words a value, such as `moneyText(order.total, order.currency)`, the value: `total`. Of a choice
 * what is there if it applies.
 */
function subjectOf(expression: string): string {
  const plain = expression.replaceAll(/\.orValue\([^()]*\)/g, "");
  const chosen = /\s\?\s(.*?)\s:\s/s.exec(plain)?.[1] ?? plain;
  const worded = /^\s*\w+\(([^,()]+)[,)]/.exec(chosen)?.[1] ?? chosen;
  return /[A-Za-z_]\w*(?=\W*$)/.exec(worded)?.[0] ?? MISSING;
}

function durationInWords(text: string): string {
  const [, count = "", unit = ""] = /^(\d+)([a-z]+)$/.exec(formatDuration(parseDuration(text))) ?? [];
  const name = { ms: "millisecond", s: "second", m: "minute", h: "hour", d: "day" }[unit] ?? unit;
  return `${count} ${count === "1" ? name : `${name}s`}`;
}

function listed(words: readonly string[], conjunction: string): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} ${conjunction} ${words.at(-1) ?? ""}`;
}

function plural(word: string): string {
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
}

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
