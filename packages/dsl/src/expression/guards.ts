/**
 * What a condition proves about presence: after `has(nodes.a) && …` the node is there, in the first branch of
 * `has(nodes.a) ? … : …` too, and in `!has(nodes.a) || …` behind the bars.
 */
import { asPath } from "./ast.ts";
import type { ASTNode } from "./cel.ts";

/** Paths that are known to be present, as `pathKey` writes them. */
export type Facts = ReadonlySet<string>;

export const NO_FACTS: Facts = new Set();

/** `nodes.a.x` as a key; names can hold dots, so they are quoted by JSON. */
export function pathKey(names: readonly string[]): string {
  return JSON.stringify(names);
}

/** The facts that hold where `condition` came out as `outcome`, in addition to `known`. */
export function assume(condition: ASTNode, outcome: boolean, known: Facts): Facts {
  const proven = [...provenPaths(condition, outcome)];
  return proven.length === 0 ? known : new Set([...known, ...proven]);
}

function* provenPaths(node: ASTNode, outcome: boolean): Generator<string> {
  switch (node.op) {
    case "!_":
      yield* provenPaths(node.args, !outcome);
      break;
    case "&&":
      if (outcome) for (const side of node.args) yield* provenPaths(side, true);
      break;
    case "||":
      if (!outcome) for (const side of node.args) yield* provenPaths(side, false);
      break;
    case "call":
      if (node.args[0] === "has" && outcome) yield* prefixes(node.args[1][0]);
      break;
    case "rcall":
      if (node.args[0] === "hasValue" && outcome) yield* prefixes(node.args[1]);
      break;
    default:
      break;
  }
}

/** A field that is there has everything on its way there as well. */
function* prefixes(node: ASTNode | undefined): Generator<string> {
  const path = node === undefined ? undefined : asPath(node);
  if (path === undefined) return;
  const names = [path.root];
  for (const segment of path.segments) {
    names.push(segment.name);
    yield pathKey(names);
  }
}
