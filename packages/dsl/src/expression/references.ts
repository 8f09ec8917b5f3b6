/** What an expression reads, seen without evaluating it. */
import { asComprehension, asPath, children } from "./ast.ts";
import type { Path } from "./ast.ts";
import type { ASTNode } from "./cel.ts";
import { assume, NO_FACTS, pathKey } from "./guards.ts";
import type { Facts } from "./guards.ts";
import { isRootName, NODE_ROOTS } from "./roots.ts";
import type { RootName } from "./roots.ts";

/** One mention of a root. */
export interface Reference {
  readonly root: RootName;
  /** The node, for `nodes.<id>`, `ports.<id>` and `errors.<id>`. */
  readonly id?: string;
  /** The names that follow (after the id). Ends where an index is computed. */
  readonly path: readonly string[];
  /** Whether it may be absent: asked for by `has`, read with `.?`, or behind a condition that proved it. */
  readonly guarded: boolean;
  /** Offsets in the text that holds the expression. */
  readonly start: number;
  readonly end: number;
  /** Where the node's id stands. */
  readonly idStart?: number;
  readonly idEnd?: number;
  /** JSON pointer to the string, in a template value or in params; empty for a condition. */
  readonly pointer: string;
}

/** All references in the order of the source. */
export function collectReferences(ast: ASTNode): Reference[] {
  const found: Reference[] = [];
  collect(ast, { variables: new Set(), facts: NO_FACTS, asked: false }, found);
  return found.toSorted((a, b) => a.start - b.start);
}

interface Scope {
  readonly variables: ReadonlySet<string>;
  readonly facts: Facts;
  /** Inside `has(…)`: the last name is what is asked for. */
  readonly asked: boolean;
}

function collect(node: ASTNode, scope: Scope, found: Reference[]): void {
  const path = asPath(node);
  if (path !== undefined) {
    if (!scope.variables.has(path.root) && isRootName(path.root)) found.push(reference(path, path.root, scope));
    return;
  }
  const comprehension = asComprehension(node);
  if (comprehension !== undefined) {
    collect(comprehension.list, { ...scope, asked: false }, found);
    const variables = new Set([...scope.variables, comprehension.variable]);
    for (const body of comprehension.bodies) collect(body, { ...scope, variables, asked: false }, found);
    return;
  }
  const plain = { ...scope, asked: false };
  switch (node.op) {
    case "call": {
      const asked = node.args[0] === "has";
      for (const argument of node.args[1]) collect(argument, { ...plain, asked }, found);
      break;
    }
    case "&&":
    case "||": {
      const [left, right] = node.args;
      collect(left, plain, found);
      collect(right, { ...plain, facts: assume(left, node.op === "&&", scope.facts) }, found);
      break;
    }
    case "?:": {
      const [condition, yes, no] = node.args;
      collect(condition, plain, found);
      collect(yes, { ...plain, facts: assume(condition, true, scope.facts) }, found);
      collect(no, { ...plain, facts: assume(condition, false, scope.facts) }, found);
      break;
    }
    default:
      for (const child of children(node)) collect(child, plain, found);
  }
}

function reference(path: Path, root: RootName, scope: Scope): Reference {
  const last = path.segments.at(-1);
  const position = { start: path.rootNode.start, end: last?.node.end ?? path.rootNode.end, pointer: "" };
  const names = path.segments.map((segment) => segment.name);
  const [first] = path.segments;
  if (!NODE_ROOTS.has(root) || first === undefined) {
    return { root, path: names, guarded: isGuarded(path, path.segments.length, scope), ...position };
  }
  const guarded = isGuarded(path, 1, scope);
  return { root, id: first.name, path: names.slice(1), guarded, ...position, idStart: first.start, idEnd: first.end };
}

/** Whether the first `count` names of the path may be absent without harm. */
function isGuarded(path: Path, count: number, scope: Scope): boolean {
  if (path.segments.slice(0, count).some((segment) => segment.optional)) return true;
  if (scope.asked && path.segments.length === count) return true;
  return scope.facts.has(pathKey([path.root, ...path.segments.slice(0, count).map((segment) => segment.name)]));
}
