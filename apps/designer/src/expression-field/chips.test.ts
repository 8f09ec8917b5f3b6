import { describe, expect, it } from "vitest";
import { chipLabel, chipsOf, expressionAt } from "./chips.ts";

describe("chips", () => {
  it("stand for the expressions of a text", () => {
    expect(chipsOf("Refund {{ nodes.a.b }} for {{input.id}}")).toEqual([
      { from: 7, to: 22, source: "nodes.a.b", start: 10 },
      { from: 27, to: 39, source: "input.id", start: 29 },
    ]);
  });

  it("stay while another one is being written", () => {
    expect(chipsOf("{{ input.a }} and {{ inp")).toHaveLength(1);
    expect(chipsOf("{{ inp")).toEqual([]);
    expect(chipsOf("{{ }}")).toEqual([]);
  });

  it.each([
    ["nodes.analyze.refundAmount", "analyze.refundAmount"],
    ['nodes.?analyze.reason.orValue("")', "analyze.reason"],
    ["input.?note.orValue(null)", "input.note"],
    ["nodes.analyze", "nodes.analyze"],
    ["money(input.total,\n 'EUR')", "money(input.total, 'EUR')"],
  ])("say %s as %s", (source, label) => {
    expect(chipLabel(source)).toBe(label);
  });
});

describe("the expression at a place", () => {
  it("is the one in the braces, closed or not", () => {
    expect(expressionAt("a {{ input.x }} b", 8)).toEqual({ source: " input.x ", start: 4 });
    expect(expressionAt("a {{ inp", 8)).toEqual({ source: " inp", start: 4 });
    expect(expressionAt("a {{ inp {{ input.a }}", 8)).toEqual({ source: " inp ", start: 4 });
  });

  it("is none in the text around", () => {
    expect(expressionAt("a {{ input.x }} b", 1)).toBeUndefined();
    expect(expressionAt("a {{ input.x }} b", 16)).toBeUndefined();
    expect(expressionAt("a {{ x\n b", 9)).toBeUndefined();
  });
});
