import { expect, it } from "vitest";
import { checkExpression } from "./check.ts";

it("says how to ask for an optional field", () => {
  const env = { roots: {} };
  expect(checkExpression("has(input.?x)", env).issues).toMatchObject([
    { code: "type_error", hint: "Write has(input.x) without the question mark, or input.?x.hasValue()" },
  ]);
});
