/**
 * The environment of cel-js. JSON numbers arrive as CEL `double`, literals without a point as `int`; the mixed
 * overloads below let both meet.
 */
import { Environment, EvaluationError } from "@marcbachmann/cel-js";
import { indexOf, lastIndexOf, split, substring } from "./functions/characters.ts";
import { FunctionFailure } from "./functions/failure.ts";
import { arity } from "./functions/library.ts";
import { OWN_FUNCTIONS } from "./functions/own.ts";
import { matches } from "./functions/regex.ts";
import type { Argument, Kind, OwnFunction } from "./functions/spec.ts";
import { EXPRESSION_LIMITS } from "./limits.ts";
import { ROOT_NAMES } from "./roots.ts";
import { isPlainObject } from "./value.ts";

/** `matches` of cel-js runs on the backtracking RegExp. */
export const RE2_MATCHES = "matches_re2";

/** Functions of cel-js that ours stand in for: calls are renamed when compiled, and no source may name these. */
export const STAND_INS: ReadonlyMap<string, string> = new Map([
  ["matches", RE2_MATCHES],
  ...["substring", "indexOf", "lastIndexOf", "split"].map((name): [string, string] => [name, `${name}_characters`]),
]);

const WRITTEN: ReadonlyMap<string, string> = new Map([...STAND_INS].map(([written, ours]) => [ours, written]));

/** What a called function is called in the source. */
export const writtenName = (name: string): string => WRITTEN.get(name) ?? name;

const nameOf = (written: string): string => STAND_INS.get(written) ?? written;
const NUMBERS = ["int", "double"] as const;

const SYNC = { async: false } as const;
const RESULT_TYPES: { readonly [kind in Kind]?: string } = { text: "string", number: "double", bool: "bool" };

/** An environment with the roots, our functions, and numbers that mix. */
export function createEnvironment(): Environment {
  const env = new Environment({
    enableOptionalTypes: true,
    homogeneousAggregateLiterals: false,
    limits: {
      maxAstNodes: EXPRESSION_LIMITS.nodes,
      maxDepth: EXPRESSION_LIMITS.depth,
      maxListElements: EXPRESSION_LIMITS.literalElements,
      maxMapEntries: EXPRESSION_LIMITS.literalElements,
      maxCallArguments: EXPRESSION_LIMITS.callArguments,
    },
  });
  for (const root of ROOT_NAMES) env.registerVariable(root, "dyn");
  registerMixedArithmetic(env);
  registerCharacters(env);
  env.registerFunction(`string.${RE2_MATCHES}(string): bool`, failing(matches), SYNC);
  for (const own of OWN_FUNCTIONS) registerOwn(env, own);
  return env;
}

function registerMixedArithmetic(env: Environment): void {
  const operators: readonly [string, (a: number, b: number) => number][] = [
    ["+", (a, b) => a + b],
    ["-", (a, b) => a - b],
    ["*", (a, b) => a * b],
    ["/", (a, b) => a / b],
    ["%", (a, b) => a % b],
  ];
  for (const [operator, apply] of operators) {
    const handler = (a: number | bigint, b: number | bigint) => apply(Number(a), Number(b));
    env.registerOperator(`double ${operator} int: double`, handler);
    env.registerOperator(`int ${operator} double: double`, handler);
  }
  env.registerOperator("double % double: double", (a: number, b: number) => a % b);
  env.registerOperator("double == int: bool", (a: number, b: bigint) => a === Number(b));
}

/** CEL takes `int` for positions; a number that comes from JSON is a `double`. */
function registerCharacters(env: Environment): void {
  const register = (signature: string, run: (...args: never[]) => string | bigint | string[]): void => {
    env.registerFunction(`string.${signature}`, failing(run), SYNC);
  };
  register(`${nameOf("indexOf")}(string): int`, indexOf);
  register(`${nameOf("lastIndexOf")}(string): int`, lastIndexOf);
  register(`${nameOf("split")}(string): list<string>`, split);
  for (const first of NUMBERS) {
    register(`${nameOf("indexOf")}(string, ${first}): int`, indexOf);
    register(`${nameOf("lastIndexOf")}(string, ${first}): int`, lastIndexOf);
    register(`${nameOf("split")}(string, ${first}): list<string>`, split);
    register(`${nameOf("substring")}(${first}): string`, substring);
    for (const second of NUMBERS) register(`${nameOf("substring")}(${first}, ${second}): string`, substring);
  }
}

function registerOwn(env: Environment, own: OwnFunction): void {
  const { min, max } = arity(own);
  const result = RESULT_TYPES[own.result] ?? "dyn";
  for (let count = min; count <= max; count += 1) {
    const params = Array.from({ length: count }, () => "dyn").join(", ");
    const handler = failing((...args: Argument[]) => own.run(checkedArguments(own, args)));
    env.registerFunction(`${own.name}(${params}): ${result}`, handler, SYNC);
  }
}

function checkedArguments(own: OwnFunction, args: readonly (Argument | bigint)[]): Argument[] {
  return args.map((value, index) => {
    const param = own.params[index];
    const argument = typeof value === "bigint" ? Number(value) : value;
    if (param === undefined || param.kinds.some((kind) => isOfKind(argument, kind))) return argument;
    throw new FunctionFailure(
      "type_error",
      `${own.name}() takes ${param.kinds.join(" or ")} for "${param.name}", but got ${describe(argument)}`,
    );
  });
}

function isOfKind(value: Argument, kind: Kind): boolean {
  switch (kind) {
    case "any":
      return true;
    case "text":
      return typeof value === "string";
    case "number":
      return typeof value === "number";
    case "bool":
      return typeof value === "boolean";
    case "time":
      return typeof value === "string" || typeof value === "number";
    case "list":
      return Array.isArray(value);
    case "map":
      return typeof value === "object" && value !== null && (value instanceof Map || isPlainObject(value));
    case "optional":
      return false;
  }
}

function describe(value: Argument): string {
  if (value === null || value === undefined) return "null";
  if (typeof value === "object") return Array.isArray(value) ? "a list" : "an object";
  if (typeof value === "string") return "text";
  return typeof value === "number" ? "a number" : "a truth value";
}

/** cel-js adds the position of the call to its own errors only. */
function failing<Args extends readonly unknown[], Result>(run: (...args: Args) => Result): (...args: Args) => Result {
  return (...args) => {
    try {
      return run(...args);
    } catch (error) {
      if (error instanceof FunctionFailure) throw new EvaluationError({ code: error.code, message: error.message });
      throw error;
    }
  };
}
