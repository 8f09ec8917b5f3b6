/** What a condition proves of the values that it compares, once it has come out. */
import { asPath, children } from "../../expression/ast.ts";
import type { ASTNode } from "../../expression/cel.ts";
import { RE2_MATCHES } from "../../expression/environment.ts";
import { pathKey } from "../../expression/guards.ts";
import { collectReferences } from "../../expression/references.ts";
import { harmIn, type Taint } from "./taint.ts";

type TaintOf = (node: ASTNode) => Taint;

type Keys = ReadonlySet<string>;

const NONE: Keys = new Set();

/** What a text is held to. */
const CONFINING = new Set(["endsWith", RE2_MATCHES]);

/** What a number is made of without becoming larger than it was. */
const SAME_SIZE = new Set(["money", "double", "int", "floor"]);

/**
 * Paths that, where the condition came out as `outcome`, are not above something trusted, equal to it, or in a list of
 * it. That they are above something proves nothing: an amount has to be held down.
 */
export function checkedBy(node: ASTNode, outcome: boolean, taintOf: TaintOf): Keys {
  switch (node.op) {
    case "!_":
      return checkedBy(node.args, !outcome, taintOf);
    case "&&":
    case "||": {
      const sides = node.args.map((side) => checkedBy(side, outcome, taintOf));
      return outcome === (node.op === "&&") ? new Set(sides.flatMap((side) => [...side])) : common(sides);
    }
    case "<":
    case "<=":
      return outcome ? bounded(node.args[0], node.args[1], taintOf) : bounded(node.args[1], node.args[0], taintOf);
    case ">":
    case ">=":
      return outcome ? bounded(node.args[1], node.args[0], taintOf) : bounded(node.args[0], node.args[1], taintOf);
    case "==":
    case "!=":
      return outcome === (node.op === "==") ? equal(node.args[0], node.args[1], taintOf) : NONE;
    case "in":
      return outcome ? bounded(node.args[0], node.args[1], taintOf) : NONE;
    case "rcall":
      return outcome && CONFINING.has(node.args[0]) ? bounded(node.args[1], node.args[2][0], taintOf) : NONE;
    default:
      return NONE;
  }
}

function equal(left: ASTNode, right: ASTNode, taintOf: TaintOf): Keys {
  return new Set([...bounded(left, right, taintOf), ...bounded(right, left, taintOf)]);
}

/** What all of the sets hold. */
export function common(sets: readonly Keys[]): Keys {
  const [first, ...others] = sets;
  return new Set([...(first ?? [])].filter((key) => others.every((other) => other.has(key))));
}

/** The value, if the limit is no one else's. */
function bounded(value: ASTNode, limit: ASTNode | undefined, taintOf: TaintOf): Keys {
  const names = limit === undefined ? undefined : namesOf(value);
  if (names === undefined || limit === undefined) return NONE;
  return harmIn(taintOf(limit)) === undefined ? new Set([pathKey(names)]) : NONE;
}

/** The path that a value is read from, however it is rounded. */
function namesOf(node: ASTNode): readonly string[] | undefined {
  const path = asPath(node);
  if (path !== undefined) return [path.root, ...path.segments.map(({ name }) => name)];
  const [first] = children(node);
  const same =
    (node.op === "call" && SAME_SIZE.has(node.args[0])) ||
    (node.op === "rcall" && (node.args[0] === "orValue" || node.args[0] === "value"));
  return same && first !== undefined ? namesOf(first) : undefined;
}

/**
 * Whether the condition can't have come out so without a limit, or without something that we know ourselves: then it was
 * not a model or a customer alone that decided.
 */
export function isPolicy(node: ASTNode, outcome: boolean, taintOf: TaintOf): boolean {
  if (node.op === "!_") return isPolicy(node.args, !outcome, taintOf);
  if (node.op === "&&" || node.op === "||") {
    const sides = node.args.map((side) => isPolicy(side, outcome, taintOf));
    return outcome === (node.op === "&&") ? sides.some(Boolean) : sides.every(Boolean);
  }
  if (checkedBy(node, outcome, taintOf).size > 0) return true;
  return collectReferences(node).length > 0 && taintOf(node) === undefined;
}
