/**
 * The same expressions in another implementation of CEL. Where both take an expression, they agree on its value, or both
 * fail; what differs on purpose is left out of the generator and stands in `docs/expressions.md`.
 */
import { isCelError, isCelList, run, type CelInput } from "@bufbuild/cel";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Json } from "../json.ts";
import { compileCondition } from "./condition.ts";
import { outcomeOf } from "./failure.fixture.ts";
import { ExpressionError } from "./error.ts";

const INPUT: Json = {
  n: 3.5,
  zero: 0,
  negative: -2.25,
  s: "Olena",
  empty: "",
  wide: "é😀ж",
  yes: true,
  no: false,
  none: null,
  numbers: [1.5, -2, 3.5],
  words: ["a", "", "é😀ж"],
  nothing: [],
  m: { n: 1.25, s: "inside", deep: { s: "deeper" } },
};

type Kind = "bool" | "double" | "int" | "text" | "doubles" | "texts";

const literalText = (text: string): string => JSON.stringify(text);
const decimal = (value: number): string => (Number.isInteger(value) ? `${value}.0` : String(value));

/** Each kind by itself: between whole numbers and decimals the two differ on purpose. */
const { bool, double, int, text, doubles, texts } = fc.letrec<{ [K in Kind]: string }>((tie) => {
  const [b, d, i, t, ds, ts] = [tie("bool"), tie("double"), tie("int"), tie("text"), tie("doubles"), tie("texts")];
  const choice = (...parts: fc.Arbitrary<string>[]) =>
    fc.oneof({ depthSize: "small", withCrossShrink: true }, ...parts);
  const joined = (operators: readonly string[], one: fc.Arbitrary<string>) =>
    fc
      .tuple(one, fc.constantFrom(...operators), one)
      .map(([left, operator, right]) => `(${left} ${operator} ${right})`);
  const chosen = (one: fc.Arbitrary<string>) =>
    fc.tuple(b, one, one).map(([when, yes, no]) => `(${when} ? ${yes} : ${no})`);
  const comparisons = ["==", "!=", "<", "<=", ">", ">="];
  const over = (list: fc.Arbitrary<string>, macros: readonly string[], body: fc.Arbitrary<string>) =>
    fc.tuple(list, fc.constantFrom(...macros), body).map(([of, macro, inner]) => `${of}.${macro}(x, ${inner})`);
  const listOf = (one: fc.Arbitrary<string>) =>
    fc.array(one, { minLength: 1, maxLength: 3 }).map((items) => `[${items.join(", ")}]`);
  const at = (list: fc.Arbitrary<string>) => fc.tuple(list, i).map(([of, index]) => `${of}[${index}]`);
  return {
    bool: choice(
      fc.constantFrom("true", "false", "input.yes", "input.no", "input.gone", "(input.none == null)"),
      fc.constantFrom("has(input.m)", "has(input.gone)", "has(input.m.gone)", "has(input.gone.s)"),
      joined(["&&", "||", "==", "!="], b),
      joined(comparisons, d),
      joined(comparisons, i),
      joined(comparisons, t),
      joined(["==", "!="], ds),
      joined(["==", "!="], ts),
      fc.tuple(t, ts).map(([one, list]) => `(${one} in ${list})`),
      fc.tuple(d, ds).map(([one, list]) => `(${one} in ${list})`),
      fc.constantFrom('("s" in input.m)', '("gone" in input.m)'),
      fc
        .tuple(t, fc.constantFrom("contains", "startsWith", "endsWith"), t)
        .map(([whole, name, part]) => `${whole}.${name}(${part})`),
      over(ds, ["all", "exists", "exists_one"], fc.constantFrom("x > 0.0", "x == x", "x / 2.0 < 1.0", "true")),
      over(ts, ["all", "exists", "exists_one"], fc.constantFrom('x != ""', "size(x) > 1", "false")),
      b.map((one) => `!${one}`),
      chosen(b),
    ),
    double: choice(
      fc.constantFrom("input.n", "input.zero", "input.negative", "input.m.n", "input.gone", "input.m.gone"),
      fc.integer({ min: -40, max: 40 }).map((value) => decimal(value / 4)),
      joined(["+", "-", "*", "/"], d),
      d.map((one) => `(-${one})`),
      at(ds),
      chosen(d),
    ),
    int: choice(
      fc.integer({ min: 0, max: 9 }).map(String),
      joined(["+", "-", "*", "/", "%"], i),
      t.map((one) => `size(${one})`),
      ts.map((one) => `${one}.size()`),
      i.map((one) => `(-${one})`),
      chosen(i),
    ),
    text: choice(
      fc.constantFrom("input.s", "input.empty", "input.wide", "input.m.deep.s", "input.gone", 'input["s"]'),
      fc.constantFrom("a", "é", "😀", "ﬀ", "Ol", "").map(literalText),
      joined(["+"], t),
      at(ts),
      chosen(t),
    ),
    doubles: choice(
      fc.constantFrom("input.numbers", "input.nothing"),
      listOf(d),
      joined(["+"], ds),
      over(ds, ["filter"], fc.constantFrom("x > 0.0", "x != 3.5")),
      over(ds, ["map"], fc.constantFrom("x * 2.0", "x", "-x")),
      chosen(ds),
    ),
    texts: choice(
      fc.constantFrom("input.words", "input.nothing"),
      listOf(t),
      joined(["+"], ts),
      over(ts, ["filter"], fc.constantFrom('x > "a"', 'x != ""')),
      over(ts, ["map"], fc.constantFrom('x + "!"', "x")),
      chosen(ts),
    ),
  };
});

const FAILED = "failed";

function ours(source: string): unknown {
  const outcome = outcomeOf(() => compileCondition(source).evaluate({ input: INPUT }));
  return outcome instanceof ExpressionError ? FAILED : plain(outcome);
}

function theirs(source: string): unknown {
  const outcome: unknown = run(source, { input: bound(INPUT) });
  return isCelError(outcome) ? FAILED : plain(outcome);
}

/** Objects are maps there. */
function bound(value: Json): CelInput {
  if (Array.isArray(value)) return value.map(bound);
  if (typeof value !== "object" || value === null) return value;
  return new Map(Object.entries(value).map(([key, entry]) => [key, bound(entry)]));
}

/** As JSON, which knows neither a sign of zero nor anything without an end. */
function plain(value: unknown): unknown {
  if (isCelList(value) || Array.isArray(value)) {
    const items = [...value].map(plain);
    return items.includes(FAILED) ? FAILED : items;
  }
  if (typeof value === "bigint") return Number(value);
  if (typeof value === "number") return Number.isFinite(value) ? value + 0 : FAILED;
  return value;
}

test.each([
  ["truth values", bool],
  ["decimals", double],
  ["whole numbers", int],
  ["texts", text],
  ["lists of decimals", doubles],
  ["lists of texts", texts],
])("%s come out as elsewhere", (_, expression) => {
  fc.assert(
    fc.property(expression, (source) => {
      expect(ours(source)).toEqual(theirs(source));
    }),
    { numRuns: 300 },
  );
});

test("most of what is made up has a value, so that there is something to compare", () => {
  const sources = fc.sample(fc.oneof(bool, double, int, text, doubles, texts), { numRuns: 500, seed: 1 });
  expect(sources.filter((source) => theirs(source) !== FAILED).length).toBeGreaterThan(250);
});

// Source, what we make of it, what they do.
test.each<readonly [string, unknown, unknown]>([
  // Numbers of either kind mix: those in data are decimals, and people write `input.n * 2`.
  ["input.n * 2", 7, FAILED],
  ["2 - 0.5", 1.5, FAILED],
  ["7.5 % 2.0", 1.5, FAILED],
  ['"Olena".substring(input.zero)', "Olena", FAILED],
  // A field whose value is null is there, as the specification has it for maps.
  ["has(input.none)", true, false],
  // What JSON has no number for is no result.
  ["9007199254740993", FAILED, 9_007_199_254_740_992],
  // Kinds are checked before anything is evaluated, also in a branch that is not taken.
  ["true ? 1 : (1 == 1) + 1", FAILED, 1],
  // Nothing is known of the elements of a list that is written empty.
  ["[].all(x, x > 0.0)", FAILED, true],
])("%s is different on purpose", (source, here, there) => {
  expect([ours(source), theirs(source)]).toEqual([here, there]);
});
