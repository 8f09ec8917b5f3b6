/** A corpus of attacks: each is refused, or is plain data, and quickly. */
import { beforeAll, describe, expect, test } from "vitest";
import { checkExpression } from "./check.ts";
import { completionsAt } from "./completions.ts";
import { compileCondition } from "./condition.ts";
import { ExpressionError } from "./error.ts";
import { outcomeOf } from "./failure.fixture.ts";
import corpus from "./hostile.json" with { type: "json" };
import { changedPrototypes, snapshotPrototypes } from "./prototypes.fixture.ts";
import { compileTemplate } from "./template.ts";

/** Ten times what the slowest takes, because the machine may be busy. */
const MAX_MILLISECONDS = 1_500;
const roots = {
  input: { s: "a".repeat(2000), l: Array.from({ length: 2000 }, (_, index) => index), secret: 1 },
  nodes: { a: { x: 1 } },
  run: { now: "2026-05-04T00:00:00Z" },
};
let before: ReturnType<typeof snapshotPrototypes>;
let globals: readonly string[];

beforeAll(() => {
  before = snapshotPrototypes();
  globals = Object.getOwnPropertyNames(globalThis).toSorted();
});

/** A title that a terminal can show. */
function titled({ source }: { readonly source: string }): [string, string] {
  return [JSON.stringify(source).slice(0, 60), source];
}

function expectData(result: unknown): void {
  if (result instanceof ExpressionError) return;
  expect(JSON.parse(JSON.stringify(result))).toEqual(result);
}

test("the corpus is large", () => {
  expect(corpus.length).toBeGreaterThanOrEqual(300);
});

describe.each([...new Set(corpus.map((entry) => entry.class))])("%s", (name) => {
  const sources = corpus.filter((entry) => entry.class === name).map(titled);

  test.each(sources)("%s", (_title, source) => {
    const started = performance.now();
    expectData(outcomeOf(() => compileCondition(source).evaluate(roots)));
    expectData(outcomeOf(() => compileTemplate(source).evaluate(roots)));
    expectData(outcomeOf(() => compileTemplate(`x {{ ${source} }}`).evaluate(roots)));
    expect(compileTemplate("{{ input.v }}").evaluate({ input: { v: source } })).toBe(source);
    expect(compileTemplate("{{ input.v }}!").evaluate({ input: { v: source } })).toBe(`${source}!`);
    checkExpression(source, { roots: { input: true, nodes: { a: { schema: true, presence: "maybe" } } } });
    completionsAt(source, source.length, { roots: { input: true, nodes: {} } });
    expect(performance.now() - started).toBeLessThan(MAX_MILLISECONDS);
  });
});

describe("what reaches behind the data is refused, not merely harmless", () => {
  const refused = corpus.filter((entry) => ["call", "global", "javascript"].includes(entry.class));

  test.each(refused.map(titled))("%s", (_title, source) => {
    expect(outcomeOf(() => compileCondition(source).evaluate(roots))).toBeInstanceOf(ExpressionError);
  });
});

test("nothing of all this left a trace", () => {
  expect(changedPrototypes(before)).toEqual([]);
  expect(Object.getOwnPropertyNames(globalThis).toSorted()).toEqual(globals);
});
