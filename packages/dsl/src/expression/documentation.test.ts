/** docs/expressions.md says what is. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseExpression } from "./condition.ts";
import { FUNCTIONS, signature } from "./functions/library.ts";
import { EXPRESSION_LIMITS } from "./limits.ts";

const text = readFileSync(new URL("../../../../docs/expressions.md", import.meta.url), "utf8");

describe("docs/expressions.md", () => {
  test.each(FUNCTIONS.map((spec) => [signature(spec), spec.example]))("explains %s", (form, example) => {
    expect(text).toContain(`\`${form}\``);
    expect(text).toContain(`\`${example}\``);
    expect(parseExpression(example).ast).toBeDefined();
  });

  test("gives the limits", () => {
    for (const limit of [EXPRESSION_LIMITS.cost, EXPRESSION_LIMITS.resultSize, EXPRESSION_LIMITS.inputSize]) {
      expect(text).toContain(limit.toLocaleString("en-US"));
    }
  });
});
