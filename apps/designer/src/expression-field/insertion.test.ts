import { describe, expect, it } from "vitest";
import { insertion } from "./insertion.ts";

describe("an inserted expression", () => {
  it("stands in braces in a text", () => {
    expect(insertion("Order ", { from: 6, to: 6 }, "input.id", "template").insert).toBe("{{ input.id }}");
  });

  it("stands bare within braces, and in a condition", () => {
    expect(insertion("{{ size() }}", { from: 8, to: 8 }, "input.list", "template").insert).toBe("input.list");
    expect(insertion("a", { from: 1, to: 1 }, "input.id", "condition").insert).toBe("input.id");
  });
});
