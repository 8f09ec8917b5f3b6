/**
 * An upper bound of the work of one evaluation, from the expression's shape and the size of what it reads.
 *
 * An element of a list is a part of that list, so what a comprehension does with its own variable costs, over all its
 * passes together, no more than the list; only what it reads from outside is paid for in every pass. So filtering a
 * long list is cheap and comparing two long lists with each other is paid for in full.
 */
import { asComprehension, asPath, children } from "./ast.ts";
import type { ASTNode } from "./cel.ts";
import type { Measure } from "./context.ts";
import { writtenName } from "./environment.ts";

/** Totals over all the times that a node is evaluated. */
interface Bound {
  /** Values it gives, all levels. */
  readonly count: number;
  /** Values and, a sixteenth each, characters: what it takes to look at all of it once. */
  readonly work: number;
  /** Elements to iterate over. */
  readonly length: number;
  /** Steps taken to get it. */
  readonly cost: number;
}

type MeasureOf = (node: ASTNode) => Measure | undefined;
interface Scope {
  readonly times: number;
  readonly variables: ReadonlyMap<string, { readonly bound: Bound; readonly times: number }>;
}

const CHARACTERS_PER_STEP = 16;
const STEPS_PER_PIECE = 4;

/** @param measureOf what a reference to a root reads; undefined for every other node */
export function costOf(ast: ASTNode, measureOf: MeasureOf): number {
  return bound(ast, { times: 1, variables: new Map() }, measureOf).cost;
}

function bound(node: ASTNode, scope: Scope, measureOf: MeasureOf): Bound {
  const measure = measureOf(node);
  if (measure !== undefined && !isVariable(node, scope)) return times(measured(measure), scope.times);
  const comprehension = asComprehension(node);
  if (comprehension !== undefined) {
    const list = bound(comprehension.list, scope, measureOf);
    const passes = Math.max(list.length, 1);
    const element: Bound = { count: list.count, work: list.work, length: list.count, cost: 0 };
    const variables = new Map(scope.variables).set(comprehension.variable, { bound: element, times: passes });
    const inner = comprehension.bodies.map((body) => bound(body, { times: passes, variables }, measureOf));
    const result = total(inner, passes);
    return {
      count: result.count + list.count,
      work: result.work + list.work,
      length: list.length,
      cost: list.cost + result.cost + passes,
    };
  }
  if (node.op === "id") {
    const variable = scope.variables.get(node.args);
    if (variable !== undefined) return times(variable.bound, scope.times / variable.times);
  }
  const parts = children(node).map((child) => bound(child, scope, measureOf));
  if (node.op === "rcall" && writtenName(node.args[0]) === "split") return splitting(parts, scope.times);
  return isLinear(node) ? linear(parts, scope.times) : total(parts, scope.times);
}

function isVariable(node: ASTNode, scope: Scope): boolean {
  const path = asPath(node);
  return path !== undefined && scope.variables.has(path.root);
}

function measured(measure: Measure): Bound {
  const work = measure.count + measure.size / CHARACTERS_PER_STEP;
  return { count: measure.count, work, length: measure.length, cost: 1 };
}

function times(one: Bound, factor: number): Bound {
  const by = Math.max(1, factor);
  return { count: one.count * by, work: one.work * by, length: one.length * by, cost: one.cost * by };
}

function total(parts: readonly Bound[], steps: number): Bound {
  let sum: Bound = { count: steps, work: steps, length: 0, cost: steps };
  for (const part of parts) {
    sum = {
      count: sum.count + part.count,
      work: sum.work + part.work,
      length: sum.length + part.length,
      cost: sum.cost + part.cost,
    };
  }
  return sum;
}

/** What looks at all of its operands: comparing, joining, searching. */
function linear(parts: readonly Bound[], steps: number): Bound {
  const sum = total(parts, steps);
  return { ...sum, cost: sum.cost + sum.work };
}

/** A text may fall into its characters, each a value of its own that has to be made. */
function splitting(parts: readonly Bound[], steps: number): Bound {
  const sum = total(parts, steps);
  const characters = sum.work * CHARACTERS_PER_STEP;
  return { count: characters, work: characters, length: characters, cost: sum.cost + characters * STEPS_PER_PIECE };
}

function isLinear(node: ASTNode): boolean {
  switch (node.op) {
    case "==":
    case "!=":
    case "in":
    case "+":
    case "call":
    case "rcall":
    case "<":
    case ">":
    case "<=":
    case ">=":
      return true;
    default:
      return false;
  }
}
