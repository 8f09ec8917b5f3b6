import { describe, expect, it } from "vitest";
import { insertion, overBrace } from "./insertion.ts";

describe("an inserted expression", () => {
  it("stands in braces in a text", () => {
    expect(insertion("Order ", { from: 6, to: 6 }, "input.id", "template").insert).toBe("{{ input.id }}");
  });

  it("stands bare within braces, and in a condition", () => {
    expect(insertion("{{ size() }}", { from: 8, to: 8 }, "input.list", "template").insert).toBe("input.list");
    expect(insertion("a", { from: 1, to: 1 }, "input.id", "condition").insert).toBe("input.id");
  });
});

it("goes over the braces that close an expression, and writes others", () => {
  const typed = "Hi {{ input.name }} {there}";
  const end = typed.indexOf(" }}");
  const first = overBrace(typed, end) ?? 0;
  expect(typed.slice(0, first)).toBe("Hi {{ input.name }");
  const second = overBrace(typed, first) ?? 0;
  expect(typed.slice(0, second)).toBe("Hi {{ input.name }}");
  expect(overBrace(typed, second)).toBeUndefined();
  expect(overBrace(typed, typed.length - 1)).toBeUndefined();
  expect(overBrace("{{ input.name ", 14)).toBeUndefined();
  expect(overBrace('{{ {"a": 1 }}', 10)).toBeUndefined();
});
