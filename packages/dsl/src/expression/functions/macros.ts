/** Functions that are no functions: their arguments are not evaluated first. */
import type { FunctionSpec } from "./spec.ts";

export const MACROS: readonly FunctionSpec[] = [
  {
    name: "has",
    params: [{ name: "field", kinds: ["any"] }],
    result: "bool",
    description: "Whether a field is there.",
    example: "has(input.note)",
  },
  {
    name: "all",
    receiver: ["list", "map"],
    params: [
      { name: "name", kinds: ["any"] },
      { name: "condition", kinds: ["bool"] },
    ],
    result: "bool",
    description: "Whether a condition holds for every element.",
    example: "input.items.all(i, i.price > 0)",
  },
  {
    name: "exists",
    receiver: ["list", "map"],
    params: [
      { name: "name", kinds: ["any"] },
      { name: "condition", kinds: ["bool"] },
    ],
    result: "bool",
    description: "Whether a condition holds for one element or more.",
    example: "input.items.exists(i, i.price > 100)",
  },
  {
    name: "exists_one",
    receiver: ["list", "map"],
    params: [
      { name: "name", kinds: ["any"] },
      { name: "condition", kinds: ["bool"] },
    ],
    result: "bool",
    description: "Whether a condition holds for exactly one element.",
    example: 'input.items.exists_one(i, i.sku == "A")',
  },
  {
    name: "filter",
    receiver: ["list", "map"],
    params: [
      { name: "name", kinds: ["any"] },
      { name: "condition", kinds: ["bool"] },
    ],
    result: "list",
    description: "The elements for which a condition holds.",
    example: "input.items.filter(i, i.price > 100)",
  },
  {
    name: "map",
    receiver: ["list", "map"],
    params: [
      { name: "name", kinds: ["any"] },
      { name: "value", kinds: ["any"] },
    ],
    result: "list",
    description: "A value made of each element.",
    example: "input.items.map(i, i.price)",
  },
  {
    name: "map",
    receiver: ["list", "map"],
    params: [
      { name: "name", kinds: ["any"] },
      { name: "condition", kinds: ["bool"] },
      { name: "value", kinds: ["any"] },
    ],
    result: "list",
    description: "A value made of each element for which a condition holds.",
    example: "input.items.map(i, i.paid, i.price)",
  },
];

/** `map`, `filter`, `all`, `exists`, `exists_one`: those that go over a list. */
export function isComprehension(name: string): boolean {
  return comprehensions.has(name);
}

const comprehensions: ReadonlySet<string> = new Set(
  MACROS.filter((macro) => macro.receiver !== undefined).map((macro) => macro.name),
);
