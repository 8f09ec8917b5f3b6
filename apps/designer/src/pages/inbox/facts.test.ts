import { expect, it } from "vitest";
import { cardTask } from "./card-task.fixture.ts";
import { factsOf } from "./facts.ts";

it("facts begin with what lists show; what a model wrote stands apart", () => {
  const context = { b: 1, total: 2, a: 3, said: "x", customer: 4 };
  const { facts, ai } = factsOf(
    cardTask({ context, columns: ["customer", "amount", "total"], aiFacts: ["said"] }),
    undefined,
    [],
  );
  expect(facts.map(({ name }) => name)).toEqual(["customer", "total", "a", "b"]);
  expect(ai.map(({ name }) => name)).toEqual(["said"]);
});
