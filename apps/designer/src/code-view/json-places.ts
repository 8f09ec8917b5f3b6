/** Where things stand in a JSON text: by its tree, which is there also while the text is broken. */
import { pointerParts } from "@holdfast/dsl";
import type { SyntaxNode, Tree } from "@lezer/common";

export interface Range {
  readonly from: number;
  readonly to: number;
}

interface Text {
  readonly tree: Tree;
  readonly slice: (from: number, to: number) => string;
}

const VALUES = new Set(["Object", "Array", "String", "Number", "True", "False", "Null"]);

/** The value at a pointer; where there is none, the name of the last thing on the way. */
export function rangeOf(text: Text, pointer: string): Range {
  let value = valueIn(text.tree.topNode);
  let last: Range = value === null ? { from: 0, to: 0 } : { from: value.from, to: Math.min(value.to, value.from + 1) };
  const parts = pointerParts(pointer);
  for (const [index, part] of parts.entries()) {
    const found = value === null ? null : childOf(text, value, part);
    if (found === null) return last;
    const isLast = index === parts.length - 1;
    last = found.name ?? { from: found.value.from, to: found.value.to };
    ({ value } = found);
    if (isLast) return isLarge(value) && found.name !== undefined ? found.name : { from: value.from, to: value.to };
  }
  return last;
}

const isLarge = (node: SyntaxNode): boolean => node.name === "Object" || node.name === "Array";

/** Where characters of a string stand in its text, where escapes take more room. */
export function rangeIn(text: Text, range: Range, inside: { readonly start: number; readonly end: number }): Range {
  const raw = text.slice(range.from, range.to);
  if (!raw.startsWith('"')) return range;
  const at: number[] = [];
  let index = 1;
  while (index < raw.length - 1) {
    at.push(range.from + index);
    if (raw[index] === "\\") index += raw[index + 1] === "u" ? 6 : 2;
    else index += 1;
  }
  at.push(range.from + raw.length - 1);
  const [from, to] = [at[inside.start] ?? range.from, at[inside.end] ?? range.to];
  return from < to ? { from, to } : range;
}

/** The way to the place where the cursor stands, and whether a name or a value is written there. */
export function placeAt(
  text: Text,
  position: number,
): { readonly path: readonly string[]; readonly role: "name" | "value" } {
  const node = text.tree.resolveInner(position, -1);
  const path: string[] = [];
  let role: "name" | "value" | undefined;
  let child: SyntaxNode | null = null;
  for (let at: SyntaxNode | null = node; at !== null; child = at, at = at.parent) {
    if (at.name === "PropertyName") role ??= "name";
    if (at.name === "Property") {
      const name = at.getChild("PropertyName");
      const inName = name !== null && position <= name.to;
      role ??= inName ? "name" : "value";
      const isWritten = inName && path.length === 0;
      if (name !== null && !isWritten) path.unshift(readName(text, name));
    }
    if (at.name === "Array") path.unshift(String(indexIn(at, child, position)));
    if (at.name === "Object") role ??= "name";
  }
  return { path, role: role ?? "value" };
}

function indexIn(list: SyntaxNode, child: SyntaxNode | null, position: number): number {
  let index = 0;
  for (let item = list.firstChild; item !== null; item = item.nextSibling) {
    if (!VALUES.has(item.name)) continue;
    if (child !== null && item.from === child.from) return index;
    if (item.to < position) index += 1;
  }
  return index;
}

function readName(text: Text, node: SyntaxNode): string {
  const raw = text.slice(node.from, node.to);
  try {
    const value: unknown = JSON.parse(raw);
    return typeof value === "string" ? value : raw;
  } catch {
    return raw.replaceAll('"', "");
  }
}

function valueIn(node: SyntaxNode): SyntaxNode | null {
  for (let child = node.firstChild; child !== null; child = child.nextSibling) if (VALUES.has(child.name)) return child;
  return null;
}

function childOf(text: Text, node: SyntaxNode, part: string): { value: SyntaxNode; name?: Range } | null {
  if (node.name === "Array") {
    let index = 0;
    for (let item = node.firstChild; item !== null; item = item.nextSibling) {
      if (!VALUES.has(item.name)) continue;
      if (String(index) === part) return { value: item };
      index += 1;
    }
    return null;
  }
  for (const property of node.getChildren("Property")) {
    const name = property.getChild("PropertyName");
    if (name === null || readName(text, name) !== part) continue;
    const value = valueIn(property);
    return value === null ? null : { value, name: { from: name.from, to: name.to } };
  }
  return null;
}

/** Where the parser could not go on. */
export function brokenAt(tree: Tree): Range[] {
  const found: Range[] = [];
  tree.iterate({
    enter: (node) => {
      if (node.type.isError) found.push({ from: node.from, to: node.to });
    },
  });
  return found;
}
