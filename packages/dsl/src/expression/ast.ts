/** Ways through the syntax tree. */
import type { ASTNode } from "./cel.ts";
import { isComprehension } from "./functions/macros.ts";

/** The nodes directly below, in the order of the source. Names of variables of comprehensions are not among them. */
export function children(node: ASTNode): readonly ASTNode[] {
  switch (node.op) {
    case "value":
    case "id":
      return [];
    case ".":
    case ".?":
      return [node.args[0]];
    case "call":
      return node.args[1];
    case "rcall": {
      const [, receiver, args] = node.args;
      return asComprehension(node) === undefined ? [receiver, ...args] : [receiver, ...args.slice(1)];
    }
    case "list":
      return node.args;
    case "map":
      return node.args.flat();
    case "!_":
    case "-_":
      return [node.args];
    default:
      return node.args;
  }
}

/** A call of `map`, `filter`, `all`, `exists` or `exists_one`. */
export interface Comprehension {
  readonly name: string;
  readonly list: ASTNode;
  readonly variable: string;
  readonly variableNode: ASTNode;
  /** One, or for `map` with three arguments two: the condition and the value. */
  readonly bodies: readonly ASTNode[];
}

/** Takes a comprehension apart; undefined for any other node. */
export function asComprehension(node: ASTNode): Comprehension | undefined {
  if (node.op !== "rcall") return undefined;
  const [name, list, args] = node.args;
  const [variableNode, ...bodies] = args;
  if (!isComprehension(name) || variableNode === undefined || variableNode.op !== "id" || bodies.length === 0) {
    return undefined;
  }
  return { name, list, variable: variableNode.args, variableNode, bodies };
}

/** One step of a path: `.name`, `.?name`, `["name"]`, `[?"name"]`. */
export interface Segment {
  readonly name: string;
  readonly optional: boolean;
  readonly node: ASTNode;
  /** Where the name stands; for `["name"]` with its quotes. */
  readonly start: number;
  readonly end: number;
}

/** `root.a.?b["c"]`: an identifier and the names that follow it. */
export interface Path {
  readonly root: string;
  readonly rootNode: ASTNode;
  readonly segments: readonly Segment[];
}

/** Reads a chain of field accesses with fixed names; undefined where something else is at its bottom or between. */
export function asPath(node: ASTNode): Path | undefined {
  const segments: Segment[] = [];
  let current = node;
  while (current.op !== "id") {
    const segment = segmentOf(current);
    if (segment === undefined) return undefined;
    segments.push(segment);
    const below = children(current)[0];
    if (below === undefined) return undefined;
    current = below;
  }
  return { root: current.args, rootNode: current, segments: segments.toReversed() };
}

function segmentOf(node: ASTNode): Segment | undefined {
  if (node.op === "." || node.op === ".?") {
    return { name: node.args[1], optional: node.op === ".?", node, start: node.pos, end: node.end };
  }
  if (node.op === "[]" || node.op === "[?]") {
    const index = node.args[1];
    if (index.op !== "value" || typeof index.args !== "string") return undefined;
    return { name: index.args, optional: node.op === "[?]", node, start: index.start, end: index.end };
  }
  return undefined;
}
