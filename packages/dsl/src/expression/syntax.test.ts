import { describe, expect, it } from "vitest";
import { readSyntax } from "./syntax.ts";

describe("the syntax of an expression", () => {
  it.each([
    ["1", { kind: "value", value: 1 }],
    ["-2.5", { kind: "value", value: -2.5 }],
    ["null", { kind: "value", value: null }],
    [
      "nodes.?a.b",
      {
        kind: "path",
        root: "nodes",
        steps: [
          { name: "a", optional: true },
          { name: "b", optional: false },
        ],
      },
    ],
    ['["a"]', { kind: "list", items: [{ kind: "value", value: "a" }] }],
    ["!input.a", { kind: "not", operand: { kind: "path", root: "input", steps: [{ name: "a", optional: false }] } }],
    ["[1].map(i, i)", { kind: "other" }],
    ["true ? 1 : 2", { kind: "other" }],
  ])("reads %s", (source, syntax) => {
    expect(readSyntax(source)).toEqual(syntax);
  });

  it("reads operators and calls", () => {
    expect(readSyntax('input.a.startsWith("x") && size(input.b) >= 2')).toMatchObject({
      kind: "binary",
      operator: "&&",
      left: { kind: "call", name: "startsWith", receiver: { kind: "path" }, args: [{ value: "x" }] },
      right: { kind: "binary", operator: ">=", left: { kind: "call", name: "size" }, right: { value: 2 } },
    });
  });

  it("gives nothing for what does not parse", () => {
    expect(readSyntax("input.a &&")).toBeUndefined();
    expect(readSyntax("")).toBeUndefined();
  });
});
