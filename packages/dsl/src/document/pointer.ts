/** JSON pointers (RFC 6901). */
import type { Json } from "../json.ts";

/** `["nodes", "a/b"]` → `/nodes/a~1b`. */
export function toPointer(path: readonly PropertyKey[]): string {
  let pointer = "";
  for (const part of path) pointer += `/${escapePart(String(part))}`;
  return pointer;
}

/** Appends parts to a pointer. */
export function joinPointer(pointer: string, ...path: readonly PropertyKey[]): string {
  return pointer + toPointer(path);
}

/** `/nodes/a~1b` → `["nodes", "a/b"]`. */
export function pointerParts(pointer: string): string[] {
  if (pointer === "") return [];
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The value at a pointer, or `undefined` where there is none. Sees own properties only. */
export function valueAt(root: Json, pointer: string): Json | undefined {
  let value: Json | undefined = root;
  for (const part of pointerParts(pointer)) {
    value = childOf(value, part);
    if (value === undefined) return undefined;
  }
  return value;
}

/** All values that a pointer with `*` for "every element" meets, with their own pointers, in order. */
export function valuesAt(root: Json, pattern: string): { pointer: string; value: Json }[] {
  let found = [{ pointer: "", value: root }];
  for (const part of pointerParts(pattern)) {
    found = found.flatMap(({ pointer, value }) =>
      (part === "*" ? keysOf(value) : [part]).flatMap((key) => {
        const child = childOf(value, key);
        return child === undefined ? [] : [{ pointer: joinPointer(pointer, key), value: child }];
      }),
    );
  }
  return found;
}

function escapePart(part: string): string {
  if (!part.includes("~") && !part.includes("/")) return part;
  return part.replaceAll("~", "~0").replaceAll("/", "~1");
}

function keysOf(value: Json): string[] {
  return typeof value === "object" && value !== null ? Object.keys(value) : [];
}

function childOf(value: Json | undefined, key: string): Json | undefined {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
  if (Array.isArray(value)) return /^(0|[1-9]\d*)$/.test(key) ? value[Number(key)] : undefined;
  return value[key];
}
