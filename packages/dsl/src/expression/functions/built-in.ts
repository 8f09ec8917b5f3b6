/** The functions of CEL that Holdfast keeps. What is not here is refused, whatever the library underneath knows. */
import type { FunctionSpec, Kind, ParamSpec } from "./spec.ts";

const PART: ParamSpec = { name: "part", kinds: ["text"] };
const CONDITION: ParamSpec = { name: "condition", kinds: ["bool"] };
const FROM: ParamSpec = { name: "from", kinds: ["number"], optional: true };

export const BUILT_IN_FUNCTIONS: readonly FunctionSpec[] = [
  define(
    "size",
    undefined,
    [{ name: "value", kinds: ["text", "list", "map"] }],
    "number",
    "How many characters, elements or keys.",
    "size(input.items) > 0",
  ),
  define("size", ["text", "list", "map"], [], "number", "How many characters, elements or keys.", "input.items.size()"),
  define(
    "string",
    undefined,
    [{ name: "value", kinds: ["text", "number", "bool"] }],
    "text",
    "Makes text of a number or a truth value.",
    "string(input.count)",
  ),
  define(
    "int",
    undefined,
    [{ name: "value", kinds: ["number", "text"] }],
    "number",
    "A whole number; cuts decimals off.",
    'int("42")',
  ),
  define(
    "double",
    undefined,
    [{ name: "value", kinds: ["number", "text"] }],
    "number",
    "Reads a number from text.",
    'double("4.5")',
  ),
  define(
    "bool",
    undefined,
    [{ name: "value", kinds: ["bool", "text"] }],
    "bool",
    'Reads "true" or "false".',
    'bool("true")',
  ),
  define("contains", ["text"], [PART], "bool", "Whether the text holds a part.", 'input.reason.contains("broken")'),
  define("startsWith", ["text"], [PART], "bool", "Whether the text begins so.", 'input.orderId.startsWith("ORD-")'),
  define("endsWith", ["text"], [PART], "bool", "Whether the text ends so.", 'input.email.endsWith("@example.com")'),
  define(
    "matches",
    ["text"],
    [{ name: "pattern", kinds: ["text"] }],
    "bool",
    "Whether a regular expression (RE2) is found.",
    'input.orderId.matches("^ORD-[0-9]+$")',
  ),
  define("lowerAscii", ["text"], [], "text", "In small letters.", "input.email.lowerAscii()"),
  define("upperAscii", ["text"], [], "text", "In capital letters.", "input.currency.upperAscii()"),
  define("trim", ["text"], [], "text", "Without spaces at both ends.", "input.name.trim()"),
  define(
    "indexOf",
    ["text"],
    [PART, FROM],
    "number",
    "Where a part begins; -1 if nowhere.",
    'input.email.indexOf("@")',
  ),
  define(
    "lastIndexOf",
    ["text"],
    [PART, FROM],
    "number",
    "Where a part begins last; -1 if nowhere.",
    'input.path.lastIndexOf("/")',
  ),
  define(
    "substring",
    ["text"],
    [
      { name: "start", kinds: ["number"] },
      { name: "end", kinds: ["number"], optional: true },
    ],
    "text",
    "A piece of the text.",
    "input.orderId.substring(0, 3)",
  ),
  define(
    "split",
    ["text"],
    [
      { name: "separator", kinds: ["text"] },
      { name: "limit", kinds: ["number"], optional: true },
    ],
    "list",
    "A list of the pieces between separators.",
    'input.tags.split(",")',
  ),
  define(
    "join",
    ["list"],
    [{ name: "separator", kinds: ["text"], optional: true }],
    "text",
    "One text of a list of texts.",
    'input.tags.join(", ")',
  ),
  define(
    "orValue",
    ["optional"],
    [{ name: "fallback", kinds: ["any"] }],
    "any",
    "The optional's value, or the fallback.",
    "nodes.?check.score.orValue(0)",
  ),
  define(
    "or",
    ["optional"],
    [{ name: "other", kinds: ["optional"] }],
    "optional",
    "The first of two optionals that has a value.",
    "input.?a.or(input.?b).orValue(0)",
  ),
  define("hasValue", ["optional"], [], "bool", "Whether the optional has a value.", "nodes.?check.score.hasValue()"),
  define(
    "value",
    ["optional"],
    [],
    "any",
    "The optional's value; fails if there is none.",
    "nodes.?check.score.value()",
  ),
];

/** Functions that are no functions: their arguments are not evaluated first. */
export const MACROS: readonly (FunctionSpec & { readonly comprehension: boolean })[] = [
  {
    ...define(
      "has",
      undefined,
      [{ name: "field", kinds: ["any"] }],
      "bool",
      "Whether a field is there.",
      "has(input.note)",
    ),
    comprehension: false,
  },
  comprehension(
    "all",
    [CONDITION],
    "bool",
    "Whether a condition holds for every element.",
    "input.items.all(i, i.price > 0)",
  ),
  comprehension(
    "exists",
    [CONDITION],
    "bool",
    "Whether a condition holds for one element or more.",
    "input.items.exists(i, i.price > 100)",
  ),
  comprehension(
    "exists_one",
    [CONDITION],
    "bool",
    "Whether a condition holds for exactly one element.",
    'input.items.exists_one(i, i.sku == "A")',
  ),
  comprehension(
    "filter",
    [CONDITION],
    "list",
    "The elements for which a condition holds.",
    "input.items.filter(i, i.price > 100)",
  ),
  comprehension(
    "map",
    [{ name: "value", kinds: ["any"] }],
    "list",
    "A value made of each element.",
    "input.items.map(i, i.price)",
  ),
  comprehension(
    "map",
    [CONDITION, { name: "value", kinds: ["any"] }],
    "list",
    "A value made of each element for which a condition holds.",
    "input.items.map(i, i.paid, i.price)",
  ),
];

function comprehension(name: string, params: readonly ParamSpec[], result: Kind, description: string, example: string) {
  const variable: ParamSpec = { name: "name", kinds: ["any"] };
  return { ...define(name, ["list", "map"], [variable, ...params], result, description, example), comprehension: true };
}

function define(
  name: string,
  receiver: readonly Kind[] | undefined,
  params: readonly ParamSpec[],
  result: Kind,
  description: string,
  example: string,
): FunctionSpec {
  return { name, ...(receiver === undefined ? {} : { receiver }), params, result, description, example };
}
