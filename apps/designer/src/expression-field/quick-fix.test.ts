import { checkCondition, checkTemplate } from "@holdfast/dsl";
import type { TypeEnv } from "@holdfast/dsl";
import { describe, expect, it } from "vitest";
import { quickFix } from "./quick-fix.ts";

const env: TypeEnv = {
  roots: {
    input: {
      type: "object",
      properties: { total: { type: "number" }, note: { type: "string" }, kind: { enum: ["shop", "web"] } },
      required: ["total", "kind"],
    },
    nodes: {
      check: {
        schema: { type: "object", properties: { score: { type: "number" } }, required: ["score"] },
        presence: "maybe",
      },
    },
    ports: {},
    errors: {},
  },
};

function fixed(text: string, mode: "template" | "condition"): string | undefined {
  const [issue] = mode === "template" ? checkTemplate(text, env).issues : checkCondition(text, env).issues;
  const change = issue === undefined ? undefined : quickFix(issue, text, env);
  return change && text.slice(0, change.from) + change.insert + text.slice(change.to);
}

describe("the quick fix", () => {
  it.each([
    ["{{ input.totl }}", "{{ input.total }}"],
    ["a {{ nodes.chek.score }}", "a {{ nodes.check.score }}"],
    ["a {{ nodes.check.score }} b", "a {{ nodes.?check.score.orValue(0) }} b"],
    ["{{ input.note }}", '{{ input.?note.orValue("") }}'],
  ])("makes of %s %s", (text, after) => {
    expect(fixed(text, "template")).toBe(after);
  });

  it("repairs a value", () => {
    expect(fixed('input.kind == "wep"', "condition")).toBe('input.kind == "web"');
  });

  it("has none where only a person knows", () => {
    expect(fixed("input.total +", "condition")).toBeUndefined();
    expect(fixed("{{ input.somethingElse }}", "template")).toBeUndefined();
  });
});
