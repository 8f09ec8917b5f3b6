import { describe, expect, test } from "vitest";
import type { Json } from "../json.ts";
import type { ExpressionError } from "./error.ts";
import { failureOf } from "./failure.fixture.ts";
import { compileTemplate } from "./template.ts";

const roots = {
  input: { id: "ORD-1", total: 12.5, items: [{ sku: "A" }], note: null, paid: true, text: "{{ input.id }} ${x} <b>" },
};

function failure(value: string): ExpressionError {
  return failureOf(() => compileTemplate({ a: [value] }).evaluate(roots));
}

describe("compileTemplate", () => {
  test.each([
    ["Order {{ input.id }}", "Order ORD-1"],
    ["{{ input.total }}", 12.5],
    [" {{ input.total }}", " 12.5"],
    ["{{input.items}}", [{ sku: "A" }]],
    ["Items: {{ input.items }}", 'Items: [{"sku":"A"}]'],
    ["[{{ input.note }}]", "[]"],
    ["{{ input.note }}", null],
    ["paid: {{ input.paid }}", "paid: true"],
    ['{{ "{{" }}', "{{"],
    ['{{ "{{" }} and {{ "}}" }}', "{{ and }}"],
    ["{{ {'a': {'b': 1}} }}", { a: { b: 1 } }],
    ["{{ {'a': {'b': 1}}}}", { a: { b: 1 } }],
    ["{{ '}}' + \"}}\" }}", "}}}}"],
    ["{{ '''}} ' }}''' }}", "}} ' }}"],
    ["no braces }} here", "no braces }} here"],
    ["{ single }", "{ single }"],
    ["{{ 1.0 }}{{ 2 }}", "12"],
    ["{{ // a comment\n 3 }}", 3],
  ])("%s", (template, expected) => {
    expect(compileTemplate(template).evaluate(roots)).toEqual(expected);
  });

  test("gives a value without expressions as it is", () => {
    const value = { a: ["x", 1, null], b: { c: true } };
    const template = compileTemplate(value);
    expect(template.static).toBe(true);
    expect(template.evaluate(roots)).toBe(value);
  });

  test("never looks at a value for braces", () => {
    expect(compileTemplate("{{ input.text }}").evaluate(roots)).toBe(roots.input.text);
    expect(compileTemplate("> {{ input.text }}").evaluate(roots)).toBe(`> ${roots.input.text}`);
  });

  test("keeps null from a list of templates", () => {
    expect(compileTemplate(["{{ input.note }}", "x"]).evaluate(roots)).toEqual([null, "x"]);
  });

  test("keeps the order of keys, and keys named __proto__ as data", () => {
    const value: Json = JSON.parse('{"z": "{{ 1 }}", "__proto__": "{{ 2 }}", "a": 0}');
    const result = compileTemplate(value).evaluate(roots);
    expect(JSON.stringify(result)).toBe('{"z":1,"__proto__":2,"a":0}');
    expect(Object.getPrototypeOf(result)).toBe(Object.prototype);
  });

  test("escapes inserted values for HTML, not the text around them", () => {
    const template = compileTemplate("<p>{{ input.text }}</p>", { escape: "html" });
    expect(template.evaluate(roots)).toBe("<p>{{ input.id }} ${x} &lt;b&gt;</p>");
    expect(compileTemplate("{{ input.text }}", { escape: "html" }).evaluate(roots)).toContain("&lt;b&gt;");
  });

  test.each([
    [
      "**bold** _it_ `code` [a](http://x) ![i](y) <b> a|b ~~s~~ &lt; \\",
      "\\*\\*bold\\*\\* \\_it\\_ \\`code\\` \\[a\\](http://x) \\!\\[i\\](y) \\<b\\> a\\|b \\~\\~s\\~\\~ \\&lt; \\\\",
    ],
    ["# a\n- b\n + c\n1. d\n2) e\n===\n-- f\n---", "\\# a\n\\- b\n \\+ c\n1\\. d\n2\\) e\n\\===\n\\-- f\n\\---"],
    ["A-10492, 12.50 #3 (x)", "A-10492, 12.50 #3 (x)"],
    [12.5, "12.5"],
    [-1, "-1"],
  ])("escapes %j for Markdown, and no more than has a meaning there", (value, text) => {
    const template = compileTemplate("# Hi {{ input.v }}", { escape: "markdown" });
    expect(template.evaluate({ input: { v: value } })).toBe(`# Hi ${text}`);
  });

  test("escapes inserted values for Slack, whose marks are in angle brackets", () => {
    const template = compileTemplate("<!here> {{ input.v }}", { escape: "mrkdwn" });
    expect(template.evaluate({ input: { v: "<!channel> & <http://x|y>" } })).toBe(
      "<!here> &lt;!channel&gt; &amp; &lt;http://x|y&gt;",
    );
  });

  test("lists references with pointer and offset in the string", () => {
    expect(compileTemplate({ a: ["Hi {{ nodes.x.y }}"] }).references).toMatchObject([
      { root: "nodes", id: "x", path: ["y"], pointer: "/a/0", start: 6, end: 15, idStart: 12, idEnd: 13 },
    ]);
  });

  test.each([
    ["a {{ b", "template_syntax", 2],
    ["a {{ }}", "template_syntax", 2],
    ["a {{ input.nope }}", "absent_value", 11],
    ["a {{ 1 + }}", "syntax_error", 9],
    ["{{ {'a': 1 }}", "template_syntax", 0],
  ])("tells where %s is wrong", (template, code, start) => {
    expect(failure(template)).toMatchObject({ code, start, pointer: "/a/0" });
  });
});
