/** The subset of CEL, construct by construct: what each gives. A change of the library underneath shows here. */
import { describe, expect, test } from "vitest";
import type { Json } from "../json.ts";
import { compileCondition } from "./condition.ts";
import { ExpressionError } from "./error.ts";
import type { ExpressionErrorCode } from "./error.ts";

const roots = {
  input: {
    n: 3,
    half: 0.5,
    s: "Ünïcode",
    t: true,
    z: null,
    l: [1, 2, 3],
    words: ["a", "b"],
    m: { a: 1, b: { c: [null] } },
    lines: [
      { sku: "A", price: 10, paid: true },
      { sku: "B", price: 2.5, paid: false },
    ],
    at: "2026-05-01T12:00:00Z",
  },
  nodes: { a: { x: 5, y: null } },
  run: { now: "2026-05-04T11:00:00Z" },
};

const VALUES: readonly (readonly [string, Json])[] = [
  // literals
  ["42", 42],
  ["-1", -1],
  ["0x10", 16],
  ["1.5e2", 150],
  ["true", true],
  ["null", null],
  ["'a' + \"b\"", "ab"],
  [String.raw`"\u00e9\n\t\\"`, "é\n\t\\"],
  [String.raw`r"\n"`, String.raw`\n`],
  ["'''a\n'b' '''", "a\n'b' "],
  ["[1, 'a', null, [2.5]]", [1, "a", null, [2.5]]],
  ["{'a': 1, 'b': [true]}", { a: 1, b: [true] }],
  ["[]", []],
  ["{}", {}],
  ["1 // comment", 1],
  // numbers: JSON's are double, literals without a point are int, and both mix
  ["1 + 2 * 3 - 4 / 2", 5],
  ["(1 + 2) * 3", 9],
  ["7 / 2", 3],
  ["7 / 2.0", 3.5],
  ["7 % 4", 3],
  ["input.n / 2", 1.5],
  ["input.n + 1", 4],
  ["1 - input.n", -2],
  ["2 * input.half", 1],
  ["input.n % 2", 1],
  ["-input.n", -3],
  ["input.n == 3", true],
  ["3 == input.n", true],
  ["1 == 1.0", true],
  ["input.n != 3", false],
  ["input.n > 2 && input.n >= 3 && input.n < 4 && input.n <= 3", true],
  ["input.n + size(input.l)", 6],
  ["size(input.l) == input.n", true],
  // text
  ["size('aé😀')", 3],
  ["input.s.size()", 7],
  ["input.s < 'a'", false],
  ["'abc'.contains('b') && 'abc'.startsWith('a') && 'abc'.endsWith('c')", true],
  ["'aXbX'.indexOf('X') + 'aXbX'.lastIndexOf('X')", 4],
  ["'abcdef'.substring(2) + 'abcdef'.substring(0, 2)", "cdefab"],
  ["'abcdef'.substring(input.n)", "def"],
  ["'abcdef'.substring(1, input.n)", "bc"],
  ["' x '.trim() + 'aB'.upperAscii() + 'aB'.lowerAscii()", "xABab"],
  ["'a,b,c'.split(',')", ["a", "b", "c"]],
  ["'a,b,c'.split(',', 2)", ["a", "b,c"]],
  ["input.words.join('-') + ['x', 'y'].join()", "a-bxy"],
  ["'ORD-12'.matches('^ORD-[0-9]+$')", true],
  ["'x ORD-12'.matches('ORD')", true],
  // conversions
  ["string(1) + string(1.5) + string(true)", "11.5true"],
  ["int('42') + int(2.9)", 44],
  ["double('4.5')", 4.5],
  ["bool('true')", true],
  ["text(input.l) + text(null) + text(1.0)", "[1,2,3]1"],
  // logic
  ["!input.t || false", false],
  ["input.t ? 'yes' : 'no'", "yes"],
  ["false && input.nope", false],
  ["true || input.nope", true],
  ["input.nope || true", true],
  ["input.n == 'x'", false],
  ["input.z == null", true],
  ["input.n == null", false],
  // lists and maps
  ["input.l[0] + input.l[size(input.l) - 1]", 4],
  ["input.l[input.n - 1]", 3],
  ["input.m['a']", 1],
  ["input.m.b.c[0]", null],
  ["input.l + [4]", [1, 2, 3, 4]],
  ["2 in input.l", true],
  ["input.n in [1, 2, 3]", true],
  ["'a' in input.m", true],
  ["'a' in input.words", true],
  ["'toString' in input.m", false],
  ["input.l == [1, 2, 3]", true],
  ["input.m == {'a': 1, 'b': {'c': [null]}}", true],
  ["size(input.m)", 2],
  // comprehensions
  ["input.lines.map(l, l.price)", [10, 2.5]],
  ["input.lines.map(l, l.paid, l.sku)", ["A"]],
  ["input.lines.filter(l, l.price > 5).map(l, l.sku)", ["A"]],
  ["input.lines.all(l, l.price > 0)", true],
  ["input.lines.exists(l, l.sku == 'B')", true],
  ["input.lines.exists_one(l, l.paid)", true],
  ["input.m.map(k, k)", ["a", "b"]],
  ["input.l.map(a, input.l.filter(b, b > a))", [[2, 3], [3], []]],
  ["input.l.map(input, input * 2)", [2, 4, 6]],
  // presence
  ["has(input.n)", true],
  ["has(input.nope)", false],
  ["has(nodes.b)", false],
  ["has(nodes.a.x)", true],
  ["has(nodes.?b.x)", false],
  ["nodes.?b.x.orValue(7)", 7],
  ["nodes.?a.x.orValue(7)", 5],
  ["nodes.?a.?z.orValue(7)", 7],
  ["nodes.?a.y.orValue(7)", null],
  ["input[?'n'].orValue(0)", 3],
  ["input.l[?9].orValue(0)", 0],
  ["input.?nope.or(input.?n).value()", 3],
  ["input.?nope.hasValue()", false],
  // our own
  ["money(1.005)", 1.01],
  ["money(1.1 * 1.15, 'EUR')", 1.27],
  ["money(-1.005)", -1.01],
  ["money(12.5, 'JPY')", 13],
  ["money(1.23456, 'KWD')", 1.235],
  ["money('12.345')", 12.35],
  ["money(0.1 + 0.2)", 0.3],
  ["money(1e-12)", 0],
  ["moneyText(12.5, 'EUR')", "12.50 EUR"],
  ["moneyText(3)", "3.00"],
  ["round(2.345, 2) + round(2.5)", 5.35],
  ["floor(2.7) + ceil(2.1) + abs(-1)", 6],
  ["sum(input.lines.map(l, l.price))", 12.5],
  ["sum([])", 0],
  ["min(input.l) + max([input.n, 10])", 11],
  ["daysSince(input.at, run.now)", 2],
  ["hoursSince(input.at, run.now)", 71],
  ["minutesSince(run.now, input.at)", -4260],
  ["daysBetween('2026-05-01', '2026-05-08')", 7],
  ["isBefore(input.at, run.now)", true],
  ["addTime(input.at, '2d')", "2026-05-03T12:00:00.000Z"],
  ["addTime('2026-05-01', '-30m')", "2026-04-30T23:30:00.000Z"],
  ["dateTime('2026-05-01T14:00:00+02:00')", "2026-05-01T12:00:00.000Z"],
  ["date('2026-05-01T22:30:00Z', 'Europe/Kyiv')", "2026-05-02"],
  ["time('2026-05-01T22:30:00Z', 'Europe/Kyiv')", "01:30"],
  ["time('2026-05-01T00:05:00Z')", "00:05"],
  ["weekday('2026-05-03')", 7],
];

const FAILURES: readonly (readonly [string, ExpressionErrorCode])[] = [
  ["input.nope", "absent_value"],
  ["input.l[9]", "absent_value"],
  ["input.l[-1]", "absent_value"],
  ["has(nodes.b.x)", "absent_value"],
  ["input.?nope.value()", "absent_value"],
  ["'abc'.substring(9)", "absent_value"],
  ["input.n + 'x'", "type_error"],
  ["input.n && true", "type_error"],
  ["input.n ? 1 : 2", "type_error"],
  ["!input.s", "type_error"],
  ["input.z + 1", "type_error"],
  ["input.n.contains('x')", "type_error"],
  ["size(input.n)", "type_error"],
  ["[1].join()", "type_error"],
  ["int('x')", "type_error"],
  ["money('twelve')", "type_error"],
  ["money(1, 'euro')", "type_error"],
  ["sum(['a'])", "type_error"],
  ["daysSince('yesterday', run.now)", "type_error"],
  ["daysSince('2026-05-01T12:00:00', run.now)", "type_error"],
  ["date('2026-02-30')", "type_error"],
  ["date(run.now, 'Mars')", "type_error"],
  ["addTime(run.now, '1 day')", "type_error"],
  ["1 % 0", "evaluation_failed"],
  ["9223372036854775807 + 1", "evaluation_failed"],
  ["input.n / 0", "not_json"],
  ["input.s.matches(input.s + '(')", "invalid_pattern"],
];

describe("what the language gives", () => {
  test.each(VALUES)("%s", (source, value) => {
    expect(compileCondition(source).evaluate(roots)).toEqual(value);
  });
});

describe("how the language fails", () => {
  test.each(FAILURES)("%s: %s", (source, code) => {
    try {
      compileCondition(source).evaluate(roots);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(ExpressionError);
      expect(error).toMatchObject({ code });
    }
  });
});
