/** Laws that hold for whatever is written and whatever is read. */
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { Json } from "../json.ts";
import { checkExpression } from "./check.ts";
import { completionsAt } from "./completions.ts";
import { compileCondition } from "./condition.ts";
import { ExpressionError } from "./error.ts";
import { outcomeOf } from "./failure.fixture.ts";
import { mentionsIn, renameMentions } from "./mentions.ts";
import { changedPrototypes, snapshotPrototypes } from "./prototypes.fixture.ts";
import { compileTemplate } from "./template.ts";

let before: ReturnType<typeof snapshotPrototypes>;

beforeAll(() => {
  before = snapshotPrototypes();
});

const jsNames = fc.constantFrom(
  "constructor",
  "__proto__",
  "toString",
  "prototype",
  "length",
  "then",
  "valueOf",
  "a",
  "x",
);
const json: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constant<Json>(null),
    fc.boolean(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (Object.is(value, -0) ? 0 : value)),
    fc.integer(),
    fc.oneof(fc.string(), fc.constantFrom("{{ input.a }}", "${x}", "}}", "2026-05-01")),
    fc.array(tie("value"), { maxLength: 4 }),
    fc
      .array(fc.tuple(fc.oneof(jsNames, fc.string()), tie("value")), { maxLength: 4 })
      .map((entries) => Object.fromEntries(entries)),
  ),
})).value;

/** Expressions that parse more often than not, right and wrong in types. */
const expression: fc.Arbitrary<string> = fc.letrec<{ e: string }>((tie) => ({
  e: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom(
      "input",
      "input.a",
      "input.?a",
      "input.x.a",
      "nodes.a",
      "nodes.?b.x",
      "1",
      "2.5",
      "'a'",
      "null",
      "true",
      "run.now",
      "v",
    ),
    fc
      .tuple(tie("e"), fc.constantFrom("+", "-", "*", "/", "%", "==", "!=", "<", ">=", "in", "&&", "||"), tie("e"))
      .map(([a, op, b]) => `(${a} ${op} ${b})`),
    fc.tuple(tie("e"), tie("e"), tie("e")).map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
    fc
      .tuple(tie("e"), fc.constantFrom("map", "filter", "all", "exists", "exists_one"), tie("e"))
      .map(([a, name, b]) => `${a}.${name}(v, ${b})`),
    fc.tuple(tie("e"), tie("e")).map(([a, b]) => `${a}[${b}]`),
    fc
      .tuple(
        tie("e"),
        fc.constantFrom("orValue", "contains", "matches", "split", "join", "or", "substring", "startsWith"),
        tie("e"),
      )
      .map(([a, name, b]) => `${a}.${name}(${b})`),
    fc
      .tuple(
        fc.constantFrom(
          "size",
          "text",
          "money",
          "sum",
          "min",
          "int",
          "double",
          "string",
          "bool",
          "abs",
          "date",
          "round",
        ),
        tie("e"),
      )
      .map(([name, a]) => `${name}(${a})`),
    fc.tuple(tie("e"), jsNames).map(([a, name]) => `${a}.${name}`),
    fc.array(tie("e"), { maxLength: 3 }).map((items) => `[${items.join(", ")}]`),
    fc.tuple(tie("e")).map(([a]) => `{'k': ${a}}`),
    tie("e").map((a) => `!${a}`),
    tie("e").map((a) => `has(${a})`),
  ),
})).e;

/** Undefined for an `ExpressionError`; anything else that is thrown fails the test. */
function onlyExpressionErrors(run: () => unknown): unknown {
  const outcome = outcomeOf(run);
  if (!(outcome instanceof ExpressionError)) return outcome;
  if (outcome.start < 0 || outcome.end < outcome.start) throw new Error(`Bad range of ${outcome.message}`);
  return undefined;
}

describe("evaluation", () => {
  test("gives JSON or an ExpressionError, for any expression over any data", () => {
    fc.assert(
      fc.property(expression, json, json, (source, input, output) => {
        const roots = { input, nodes: { a: output }, run: { now: "2026-05-04T00:00:00Z" } };
        const frozen = JSON.stringify(roots);
        const result = onlyExpressionErrors(() => compileCondition(source).evaluate(roots));
        expect(JSON.parse(JSON.stringify(result ?? null))).toEqual(result ?? null);
        expect(JSON.stringify(roots)).toBe(frozen);
      }),
      { numRuns: 3000 },
    );
  });

  test("takes any text at all as source", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: "binary" })), (source) => {
        onlyExpressionErrors(() => compileCondition(source).evaluate({ input: {} }));
        onlyExpressionErrors(() => compileTemplate(`{{ ${source} }}`).evaluate({ input: {} }));
        checkExpression(source, { roots: { input: true } });
        completionsAt(source, source.length, { roots: { input: true, nodes: {} } });
      }),
      { numRuns: 1000 },
    );
  });

  test("is deterministic", () => {
    fc.assert(
      fc.property(expression, json, (source, input) => {
        const once = onlyExpressionErrors(() => compileCondition(source).evaluate({ input }));
        expect(onlyExpressionErrors(() => compileCondition(source).evaluate({ input }))).toEqual(once);
      }),
      { numRuns: 500 },
    );
  });
});

describe("checking", () => {
  test("never throws, and its ranges lie in the source", () => {
    fc.assert(
      fc.property(expression, (source) => {
        const { issues } = checkExpression(source, {
          roots: { input: true, nodes: { a: { schema: true, presence: "maybe" } } },
        });
        for (const issue of issues) {
          expect(issue.start).toBeGreaterThanOrEqual(0);
          expect(issue.end).toBeLessThanOrEqual(source.length);
          expect(issue.end).toBeGreaterThanOrEqual(issue.start);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test("what passes over fully known types fails for no type when evaluated", () => {
    const schema = {
      type: "object",
      properties: {
        n: { type: "number" },
        s: { type: "string" },
        b: { type: "boolean" },
        l: { type: "array", items: { type: "number" } },
      },
      required: ["n", "s", "b", "l"],
    };
    const leaf = fc.constantFrom(
      "input.n",
      "input.s",
      "input.b",
      "input.l",
      "1",
      "'x'",
      "2.5",
      "true",
      "size(input.l)",
    );
    const operator = fc.constantFrom("+", "-", "*", "<", "==", "in", "&&", "||");
    const typed = fc.letrec<{ e: string }>((tie) => ({
      e: fc.oneof(
        { depthSize: "small" },
        leaf,
        fc.tuple(tie("e"), operator, tie("e")).map(([a, op, b]) => `(${a} ${op} ${b})`),
        tie("e").map((a) => `input.l.map(v, ${a})`),
        tie("e").map((a) => `text(${a})`),
      ),
    })).e;
    const roots = { input: { n: 1.5, s: "x", b: true, l: [1, 2] } };
    let passed = 0;
    fc.assert(
      fc.property(typed, (source) => {
        const { issues } = checkExpression(source, { roots: { input: schema } });
        if (issues.length > 0) return;
        passed += 1;
        try {
          compileCondition(source).evaluate(roots);
        } catch (error) {
          if (!(error instanceof ExpressionError) || error.code === "type_error") throw error;
        }
      }),
      { numRuns: 2000 },
    );
    expect(passed).toBeGreaterThan(200);
  });
});

describe("templates", () => {
  test("pass data on unchanged, braces and all", () => {
    fc.assert(
      fc.property(json, (input) => {
        const result = onlyExpressionErrors(() => compileTemplate({ v: "{{ input }}" }).evaluate({ input }));
        expect(JSON.stringify(result)).toBe(JSON.stringify({ v: input }));
      }),
    );
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, other) => {
        const result = compileTemplate("{{ input.a }}|{{ input.b }}").evaluate({ input: { a: text, b: other } });
        expect(result).toBe(`${text}|${other}`);
      }),
    );
  });

  test("leave text without braces alone", () => {
    fc.assert(
      fc.property(json, (value) => {
        fc.pre(!JSON.stringify(value).includes("{{"));
        expect(compileTemplate(value).evaluate({})).toBe(value);
      }),
    );
  });
});

describe("renaming", () => {
  test("leads back to the same text", () => {
    fc.assert(
      fc.property(expression, fc.constantFrom("condition", "template"), (source, kind) => {
        const text = kind === "template" ? `nodes.a {{ ${source} }} {{ nodes.a }}` : source;
        const renamed = renameMentions(text, kind, "a", "somethingElse");
        expect(mentionsIn(renamed, kind).some((mention) => mention.id === "a")).toBe(false);
        expect(renameMentions(renamed, kind, "somethingElse", "a")).toBe(text);
      }),
      { numRuns: 500 },
    );
  });
});

test("nothing of all this touched a shared prototype", () => {
  expect(changedPrototypes(before)).toEqual([]);
});
