import type { Json } from "../json.ts";

/** The names an expression may begin with. */
export const ROOT_NAMES = [
  "input",
  "trigger",
  "nodes",
  "ports",
  "errors",
  "event",
  "item",
  "index",
  "last",
  "run",
] as const;

export type RootName = (typeof ROOT_NAMES)[number];

/** Roots that hold one entry per node: `nodes.<id>`, `ports.<id>`, `errors.<id>`. */
export const NODE_ROOTS: ReadonlySet<string> = new Set(["nodes", "ports", "errors"] satisfies RootName[]);

/**
 * What an expression reads, by root. A root that is missing is absent, as is a node that did not complete.
 * Only own properties count, whatever the prototype.
 */
export interface Roots {
  readonly [root: string]: Json | undefined;
}

const names: ReadonlySet<string> = new Set(ROOT_NAMES);

/** Whether an expression may begin with this name. */
export function isRootName(name: string): name is RootName {
  return names.has(name);
}

/** Names that reach behind the data in JavaScript. They are refused everywhere, even where they would be harmless. */
export const FORBIDDEN_NAMES: ReadonlySet<string> = new Set([
  "__proto__",
  "__defineGetter__",
  "__defineSetter__",
  "__lookupGetter__",
  "__lookupSetter__",
  "constructor",
  "prototype",
]);
