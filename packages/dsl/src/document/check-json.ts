/**
 * The first look at something unknown: is it JSON, and of a size that everything after may walk without care?
 * Iterative, so no input makes it run out of stack.
 */
import type { Json } from "../json.ts";
import { isJsonObject } from "./json-field.ts";
import type { Issue } from "./issue.ts";
import { joinPointer } from "./pointer.ts";

export const DOCUMENT_LIMITS = {
  /** Bytes of the document as compact JSON in UTF-8. */
  bytes: 4 * 1024 * 1024,
  /** Nodes, those in loop bodies included. */
  nodes: 2_000,
  /** Lists and objects within each other. */
  depth: 128,
} as const;

/** Empty: the value is JSON within the limits, without anything that a store or a JavaScript object can't hold. */
export function checkJson(input: unknown): Issue[] {
  const issues: Issue[] = [];
  let bytes = 0;
  const open: { value: unknown; pointer: string; depth: number }[] = [{ value: input, pointer: "", depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, pointer, depth } = next;
    bytes += sizeOf(value);
    if (bytes > DOCUMENT_LIMITS.bytes) return [...issues, tooLarge()];
    if (!isContainer(value)) {
      issues.push(...scalarIssues(value, pointer));
    } else if (depth >= DOCUMENT_LIMITS.depth) {
      issues.push(
        problem("too_deep", pointer, `Lists and objects may be nested ${DOCUMENT_LIMITS.depth} deep at most.`),
      );
    } else {
      for (const [key, child] of Object.entries(value)) {
        if (!Array.isArray(value)) {
          bytes += stringSize(key) + 2;
          issues.push(...keyIssues(key, pointer));
        }
        open.push({ value: child, pointer: joinPointer(pointer, key), depth: depth + 1 });
      }
    }
  }
  return issues;
}

/** Whether the value is JSON that everything else may walk. */
export function isSafeJson(input: unknown): input is Json {
  return checkJson(input).length === 0;
}

function isContainer(value: unknown): value is object {
  return Array.isArray(value) || (isJsonObject(value) && isPlain(value));
}

/** A class instance (a date, a map) is an object but no JSON. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function scalarIssues(value: unknown, pointer: string): Issue[] {
  if (typeof value === "string") return textIssues(value, pointer);
  if (value === null || typeof value === "boolean" || Number.isFinite(value)) return [];
  return [problem("not_json", pointer, "This is not a JSON value.")];
}

function keyIssues(key: string, pointer: string): Issue[] {
  if (key !== "__proto__") return textIssues(key, pointer);
  return [problem("forbidden_key", joinPointer(pointer, key), "“__proto__” can't be a key.")];
}

function textIssues(text: string, pointer: string): Issue[] {
  if (!text.includes("\u0000") && text.isWellFormed()) return [];
  return [
    problem("forbidden_character", pointer, "Text holds a character that can't be stored (U+0000 or half of a pair)."),
  ];
}

function tooLarge(): Issue {
  return problem("document_too_large", "", `A document has ${DOCUMENT_LIMITS.bytes / 1024 / 1024} MiB at most.`);
}

function problem(code: string, pointer: string, message: string): Issue {
  return { code, severity: "error", pointer, message };
}

/** Bytes of the value's own text in compact JSON; a list or an object counts its brackets and its first comma. */
function sizeOf(value: unknown): number {
  if (typeof value === "string") return stringSize(value) + 1;
  return typeof value === "number" ? String(value).length + 1 : 3;
}

/** In UTF-8 with quotes. Half of a pair counts as the sign that replaces it. */
function stringSize(text: string): number {
  let size = text.length + 2;
  for (let i = 0; i < text.length; i++) {
    const point = text.codePointAt(i) ?? 0;
    if (point < 0x80) continue;
    if (point > 0xffff) {
      size += 2;
      i++;
    } else size += point < 0x800 ? 1 : 2;
  }
  return size;
}
