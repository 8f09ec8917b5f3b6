/** What a condition proves of the values that it compares, once it has come out. */
import { asPath, children } from "../../expression/ast.ts";
import type { ASTNode } from "../../expression/cel.ts";
import { RE2_MATCHES } from "../../expression/environment.ts";
import { pathKey } from "../../expression/guards.ts";
import { collectReferences } from "../../expression/references.ts";
import { harmIn, type Taint } from "./taint.ts";

type TaintOf = (node: ASTNode) => Taint;

type Keys = ReadonlySet<string>;

/** What a text is held to. */
const CONFINING = new Set(["endsWith", RE2_MATCHES]);

/** What a number is made of without becoming larger than it was. */
const SAME_SIZE = new Set(["money", "double", "int", "floor"]);

/**
 * Paths that, where the condition came out as `outcome`, are not above something trusted, equal to it, or in a list of
 * it. That they are above something proves nothing: an amount has to be held down.
 */
export function checkedBy(node: ASTNode, outcome: boolean, taintOf: TaintOf): Keys {
  if (node.op === "!_") return checkedBy(node.args, !outcome, taintOf);
  if (node.op === "&&" || node.op === "||") {
    const sides = node.args.map((side) => checkedBy(side, outcome, taintOf));
    return outcome === (node.op === "&&") ? new Set(sides.flatMap((side) => [...side])) : common(sides);
  }
  return new Set(holds(node, outcome).flatMap((hold) => keyOf(hold, taintOf) ?? []));
}

/** A value that is not above a limit (`ordered`), or is one of what stands there. */
interface Hold {
  readonly value: ASTNode;
  readonly limit: ASTNode;
  readonly ordered: boolean;
}

/** What a comparison holds down, once it has come out. */
function holds(node: ASTNode, outcome: boolean): readonly Hold[] {
  switch (node.op) {
    case "<":
    case "<=": {
      const [left, right] = node.args;
      return [outcome ? ordered(left, right) : ordered(right, left)];
    }
    case ">":
    case ">=": {
      const [left, right] = node.args;
      return [outcome ? ordered(right, left) : ordered(left, right)];
    }
    case "==":
    case "!=": {
      const [left, right] = node.args;
      return outcome === (node.op === "==") ? [among(left, right), among(right, left)] : [];
    }
    case "in":
      return outcome ? [among(node.args[0], node.args[1])] : [];
    case "rcall": {
      const [name, value, [limit]] = node.args;
      return outcome && limit !== undefined && CONFINING.has(name) ? [among(value, limit)] : [];
    }
    default:
      return [];
  }
}

const ordered = (value: ASTNode, limit: ASTNode): Hold => ({ value, limit, ordered: true });
const among = (value: ASTNode, limit: ASTNode): Hold => ({ value, limit, ordered: false });

/** The value's path, if the limit is no one else's. */
function keyOf({ value, limit }: Hold, taintOf: TaintOf): string | undefined {
  const names = namesOf(value);
  return names === undefined || harmIn(taintOf(limit)) !== undefined ? undefined : pathKey(names);
}

/** What all of the sets hold. */
export function common(sets: readonly Keys[]): Keys {
  const [first, ...others] = sets;
  return new Set([...(first ?? [])].filter((key) => others.every((other) => other.has(key))));
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
 * Whether the condition can't have come out so without a limit to an amount, or without something that we know
 * ourselves: then it was not a model or a customer alone that decided. That they have said a certain word is no limit.
 */
export function isPolicy(node: ASTNode, outcome: boolean, taintOf: TaintOf): boolean {
  if (node.op === "!_") return isPolicy(node.args, !outcome, taintOf);
  if (node.op === "&&" || node.op === "||") {
    const sides = node.args.map((side) => isPolicy(side, outcome, taintOf));
    return outcome === (node.op === "&&") ? sides.some(Boolean) : sides.every(Boolean);
  }
  const limits = holds(node, outcome).filter((hold) => keyOf(hold, taintOf) !== undefined);
  const isLimit = ({ value, limit, ordered: isOrdered }: Hold): boolean =>
    collectReferences(limit).length > 0 || ((isOrdered || isNumeric(limit)) && harmIn(taintOf(value)) !== undefined);
  if (limits.some(isLimit)) return true;
  return collectReferences(node).length > 0 && taintOf(node) === undefined;
}

function isNumeric(node: ASTNode): boolean {
  if (node.op === "list") return node.args.every(isNumeric);
  return node.op === "value" && (typeof node.args === "number" || typeof node.args === "bigint");
}
