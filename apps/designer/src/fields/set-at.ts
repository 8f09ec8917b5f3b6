/** A changed copy of a JSON value, which shares what did not change. */
import { isJsonObject, pointerParts } from "@holdfast/dsl";
import type { Json } from "@holdfast/dsl";

/** `undefined` takes the value away. Objects on the way are made where they lack; a list grows by its next index. */
export function setAt(root: Json, pointer: string, value: Json | undefined): Json {
  return change(root, pointerParts(pointer), value) ?? null;
}

function change(node: Json | undefined, path: readonly string[], value: Json | undefined): Json | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (Array.isArray(node)) {
    const index = Number(key);
    const next = change(node[index], rest, value);
    if (next === undefined) return node.toSpliced(index, 1);
    return index < node.length ? node.with(index, next) : [...node, next];
  }
  const object = isJsonObject(node) ? node : {};
  const next = change(Object.hasOwn(object, key) ? object[key] : undefined, rest, value);
  if (next !== undefined) return { ...object, [key]: next };
  const { [key]: _, ...others } = object;
  return others;
}
