/** What of an expression's value is tainted, by what it is made of. */
import { asComprehension, asPath, children } from "../../expression/ast.ts";
import type { Comprehension, Path } from "../../expression/ast.ts";
import type { ASTNode } from "../../expression/cel.ts";
import { writtenName } from "../../expression/environment.ts";
import { findFunctions } from "../../expression/functions/library.ts";
import { pathKey } from "../../expression/guards.ts";
import { checkedBy } from "./checks.ts";
import { eachOf, fieldOf, join, partsOf, traceIn, wholeOf, type Taint } from "./taint.ts";

/** What a place in the document reads. */
export interface Reader {
  /** What `input.a` or `nodes.b.c` holds there. */
  readonly read: (names: readonly string[]) => Taint;
  /** Paths that somebody has checked, or a person has seen, before (`pathKey`). */
  readonly checked: ReadonlySet<string>;
  /** Names that the expression itself has given. */
  readonly variables: ReadonlyMap<string, Taint>;
}

/** `nodes.a.x` is checked where `nodes.a` is. */
function isChecked(reader: Reader, names: readonly string[]): boolean {
  return reader.checked.size > 0 && names.some((_, index) => reader.checked.has(pathKey(names.slice(0, index + 1))));
}

const ARITHMETIC: ReadonlySet<string> = new Set(["+", "-", "*", "/", "%", "-_"]);

/** Checked paths but those that begin with one of the names. */
export function withoutRoots(checked: ReadonlySet<string>, roots: readonly string[]): ReadonlySet<string> {
  const heads = roots.map((root) => pathKey([root]).slice(0, -1));
  const isKept = (key: string): boolean => !heads.some((head) => key === `${head}]` || key.startsWith(`${head},`));
  return new Set([...checked].filter(isKept));
}

export function expressionTaint(node: ASTNode, reader: Reader): Taint {
  const path = asPath(node);
  if (path !== undefined) return pathTaint(path, reader);
  const comprehension = asComprehension(node);
  if (comprehension !== undefined) return comprehensionTaint(comprehension, reader);
  switch (node.op) {
    case "value":
      return undefined;
    case "list":
      return partsOf(new Map(), joined(node.args, reader));
    case "map":
      return mapTaint(node.args, reader);
    case "?:":
      return choiceTaint(node.args, reader);
    case "call":
      return callTaint(node.args[0], node.args[1], undefined, reader);
    case "rcall":
      return callTaint(node.args[0], node.args[2], node.args[1], reader);
    case ".":
    case ".?":
      return fieldOf(expressionTaint(node.args[0], reader), node.args[1]);
    case "[]":
    case "[?]":
      return eachOf(expressionTaint(node.args[0], reader));
    default:
      return ARITHMETIC.has(node.op) ? wholeOf(traceIn(joined(children(node), reader))) : logicTaint(node, reader);
  }
}

function pathTaint({ root, segments }: Path, reader: Reader): Taint {
  const names = segments.map(({ name }) => name);
  if (isChecked(reader, [root, ...names])) return undefined;
  if (!reader.variables.has(root)) return reader.read([root, ...names]);
  return names.reduce<Taint>((taint, name) => fieldOf(taint, name), reader.variables.get(root));
}

function comprehensionTaint({ name, list, variable, bodies }: Comprehension, reader: Reader): Taint {
  const items = expressionTaint(list, reader);
  const variables = new Map([...reader.variables, [variable, eachOf(items)] as const]);
  // Whatever had this name before is another value.
  const checked = withoutRoots(reader.checked, [variable]);
  const body = bodies.at(-1);
  const made = body === undefined ? undefined : expressionTaint(body, { ...reader, variables, checked });
  if (name === "map") return partsOf(new Map(), made);
  return name === "filter" ? items : chosen(join(items, made));
}

/** True or false. With a part that is clean it is not somebody else's alone. */
function logicTaint(node: ASTNode, reader: Reader): Taint {
  const parts = children(node).map((child) => expressionTaint(child, reader));
  const settled = (node.op === "&&" || node.op === "||") && parts.some((part) => part === undefined);
  return settled ? undefined : chosen(parts.reduce<Taint>((all, part) => join(all, part), undefined));
}

function joined(nodes: readonly ASTNode[], reader: Reader): Taint {
  return nodes.reduce<Taint>((all, node) => join(all, expressionTaint(node, reader)), undefined);
}

function mapTaint(entries: readonly (readonly ASTNode[])[], reader: Reader): Taint {
  const fields = new Map<string, Taint>();
  let rest: Taint;
  for (const [key, value] of entries) {
    if (value === undefined) continue;
    const taint = expressionTaint(value, reader);
    if (key?.op === "value" && typeof key.args === "string") fields.set(key.args, taint);
    else rest = join(rest, taint);
  }
  return partsOf(fields, rest);
}

/** What the condition has compared is checked in the part that it leads to. */
function choiceTaint([condition, yes, no]: readonly ASTNode[], reader: Reader): Taint {
  if (condition === undefined || yes === undefined || no === undefined) return undefined;
  const side = (node: ASTNode, outcome: boolean): Taint => {
    const checked = new Set([
      ...reader.checked,
      ...checkedBy(condition, outcome, (part) => expressionTaint(part, reader)),
    ]);
    return expressionTaint(node, { ...reader, checked });
  };
  return join(join(side(yes, true), side(no, false)), chosen(expressionTaint(condition, reader)));
}

function callTaint(name: string, args: readonly ASTNode[], receiver: ASTNode | undefined, reader: Reader): Taint {
  const [first] = args;
  if (name === "has") return undefined;
  if (name === "min" && first?.op === "list") return boundTaint(first.args, reader);
  const all = joined(receiver === undefined ? args : [receiver, ...args], reader);
  if (name === "orValue" || name === "or" || name === "value") return all;
  // The currency says how many digits an amount has, and nothing else of it.
  if (name === "money" && first !== undefined) return wholeOf(traceIn(expressionTaint(first, reader)));
  const known = findFunctions(writtenName(name), receiver !== undefined);
  const decides = known.length > 0 && known.every(({ result }) => result === "bool");
  return decides ? chosen(all) : wholeOf(traceIn(all));
}

/** The smallest of several numbers is never above one that is clean. */
function boundTaint(numbers: readonly ASTNode[], reader: Reader): Taint {
  const taints = numbers.map((number) => expressionTaint(number, reader));
  const all = taints.reduce<Taint>((sum, taint) => join(sum, taint), undefined);
  const trace = traceIn(all);
  const bounded = taints.some((taint) => traceIn(taint)?.chosen !== false);
  return trace === undefined ? undefined : wholeOf({ ...trace, chosen: trace.chosen || bounded });
}

function chosen(taint: Taint): Taint {
  const trace = traceIn(taint);
  return trace === undefined ? undefined : wholeOf({ ...trace, chosen: true });
}
