import { describe, expect, test } from "vitest";
import { compileCondition } from "./condition.ts";
import type { Json } from "../json.ts";
import type { ExpressionError } from "./error.ts";
import { failureOf } from "./failure.fixture.ts";

function failure(source: string, roots = {}): ExpressionError {
  return failureOf(() => compileCondition(source).evaluate(roots));
}

describe("compileCondition", () => {
  test("reads a path without asking cel-js", () => {
    expect(compileCondition("input.order.total").evaluate({ input: { order: { total: 12.5 } } })).toBe(12.5);
  });

  test("lists what it reads, with guards and positions", () => {
    const source = "has(nodes.a) && nodes.a.x > 1 || nodes.?b.y.orValue(1) == 2 || nodes.c.z";
    expect(compileCondition(source).references).toMatchObject([
      { root: "nodes", id: "a", path: [], guarded: true, start: 4, end: 11 },
      { root: "nodes", id: "a", path: ["x"], guarded: true, start: 16, end: 25, idStart: 22, idEnd: 23 },
      { root: "nodes", id: "b", path: ["y"], guarded: true },
      { root: "nodes", id: "c", path: ["z"], guarded: false },
    ]);
  });

  test("knows a variable of a comprehension from a root of the same name", () => {
    const compiled = compileCondition("input.items.filter(item, item.price > 1)");
    expect(compiled.references.map((reference) => reference.root)).toEqual(["input"]);
    expect(compiled.evaluate({ input: { items: [{ price: 1 }, { price: 2 }] } })).toEqual([{ price: 2 }]);
  });

  test("tells an absent field with its place", () => {
    expect(failure("input.totl > 3", { input: { total: 1 } })).toMatchObject({
      code: "absent_value",
      start: 6,
      end: 10,
    });
    expect(failure("nodes.a.x")).toMatchObject({ code: "absent_value", start: 0, end: 5 });
  });

  test("tells a field behind null as absent", () => {
    expect(failure("input.a.b", { input: { a: null } })).toMatchObject({ code: "absent_value" });
  });

  test("reads own properties only", () => {
    expect(failure("input.toString", { input: {} }).code).toBe("absent_value");
    expect(failure("input.x.valueOf == 1", { input: { x: {} } }).code).toBe("absent_value");
    expect(failure("input.length", { input: [1] }).code).toBe("absent_value");
  });

  test("takes data whose keys are named like JavaScript's", () => {
    const input: Json = JSON.parse('{"constructor": 1, "__proto__": {"x": 2}, "a": {"constructor": "c", "b": 3}}');
    const roots = { input };
    expect(compileCondition("input.a.b + 1").evaluate(roots)).toBe(4);
    expect(JSON.stringify(compileCondition("[input.a]").evaluate(roots))).toBe('[{"constructor":"c","b":3}]');
    expect(JSON.stringify(compileCondition("input").evaluate(roots))).toBe(JSON.stringify(input));
  });

  test.each([
    ["input.constructor", "forbidden_name"],
    ["input.__proto__", "forbidden_name"],
    ['input["constructor"]', "forbidden_name"],
    ['{"constructor": 1}', "forbidden_name"],
    ["nodes", "unsupported"],
    ['nodes["a"]', "unsupported"],
    ["size(nodes)", "unsupported"],
    ["b'abc'", "unsupported"],
    ["1u", "unsupported"],
    ["process.env", "unknown_root"],
    ["google.protobuf", "unknown_root"],
    ["type(1)", "unknown_function"],
    ["cel.bind(x, 1, x)", "unknown_function"],
    ['input.a.matches_re2("a")', "unknown_function"],
    ["money()", "type_error"],
    ["a b", "syntax_error"],
    ["1 +", "syntax_error"],
    ["input.a.matches('(')", "invalid_pattern"],
    ["1 == 'x'", "type_error"],
    ["1 / 0", "evaluation_failed"],
    ["1.0 / 0", "not_json"],
    ["9007199254740993", "not_json"],
    ["input.?a", "not_json"],
  ])("refuses %s", (source, code) => {
    expect(failure(source, { input: {} }).code).toBe(code);
  });

  test("suggests what was probably meant", () => {
    expect(failure("inptu.a").hint).toBe('Did you mean "input"?');
    expect(failure('input.a.startWith("x")').hint).toBe('Did you mean "startsWith"?');
  });

  test("refuses what is nested too deeply or too long", () => {
    expect(failure(`${"(".repeat(100)}1${")".repeat(100)}`).code).toBe("too_complex");
    expect(failure("input.l.map(a, input.l.map(b, input.l.map(c, c)))").code).toBe("too_complex");
    expect(failure("1".repeat(20_000)).code).toBe("too_complex");
    expect(failure(`[${"1,".repeat(1000)}1]`).code).toBe("too_complex");
  });
});

describe("limits while evaluating", () => {
  const numbers = Array.from({ length: 5000 }, (_, index) => index);

  test("refuses nested loops over long lists before they start", () => {
    const started = performance.now();
    expect(failure("input.l.map(a, input.l.map(b, a + b))", { input: { l: numbers } }).code).toBe("too_costly");
    expect(failure("input.l.filter(a, a in input.l)", { input: { l: numbers } }).code).toBe("too_costly");
    expect(performance.now() - started).toBeLessThan(500);
  });

  test("lets single loops over long lists pass", () => {
    expect(compileCondition("size(input.l.filter(a, a > 10 && a < 20))").evaluate({ input: { l: numbers } })).toBe(9);
  });

  test("pays for a list's own parts once", () => {
    const orders = Array.from({ length: 1000 }, (_, id) => ({ id, items: [{ sku: `S-${id}`, price: id }] }));
    const source = 'input.orders.filter(o, o.items.exists(i, i.sku == "S-7"))';
    expect(compileCondition(source).evaluate({ input: { orders } })).toHaveLength(1);
  });

  test("refuses input and results that are too large", () => {
    const big = "x".repeat(5 * 1024 * 1024);
    expect(failure('input.s.startsWith("x")', { input: { s: big } }).code).toBe("input_too_large");
    expect(failure("input.s", { input: { s: big } }).code).toBe("result_too_large");
    expect(failure('input.s.matches("x")', { input: { s: "x".repeat(100_000) } }).code).toBe("input_too_large");
  });

  test("runs patterns that stop a backtracking engine", () => {
    const started = performance.now();
    const roots = { input: { s: `${"a".repeat(50_000)}!` } };
    expect(compileCondition('input.s.matches("^(a+)+$")').evaluate(roots)).toBe(false);
    expect(compileCondition('input.s.matches("(a|aa)+$")').evaluate(roots)).toBe(false);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
