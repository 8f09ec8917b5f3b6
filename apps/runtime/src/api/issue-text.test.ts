import { z } from "@hono/zod-openapi";
import { expect, test } from "vitest";
import { issueText } from "./issue-text.ts";

const textOf = (schema: z.ZodType, value: unknown): string | undefined => {
  const [issue] = schema.safeParse(value, { reportInput: true }).error?.issues ?? [];
  return issue && issueText(issue);
};

test.each([
  [z.array(z.string()).min(1), [], "at least 1 item"],
  [z.array(z.string()).max(2), ["", "", ""], "at most 2 items"],
  [z.string().min(1), "", "at least 1 character"],
  [z.string().max(200), "x".repeat(201), "at most 200 characters"],
  [z.number().min(1), 0, "at least 1"],
  [z.number().positive(), 0, "more than 0"],
  [z.number().lt(5), 5, "less than 5"],
  [z.number(), "x", "this must be a number"],
  [z.int(), 1.5, "this must be a whole number"],
  [z.string(), 1, "this must be a text"],
  [z.array(z.string()), {}, "this must be a list"],
  [z.object({}), [], "this must be an object"],
  [z.enum(["cancel", "terminate"]), "kill", "this must be one of cancel, terminate"],
  [z.literal("retry"), "x", "this must be retry"],
  [z.iso.datetime(), "soon", "this must be a time such as 2026-11-23T09:30:00Z"],
  [z.base64(), "###", "this must be Base64"],
  [z.union([z.object({ a: z.string() }), z.object({ b: z.string() })]), 1, "this is none of the possible forms"],
  [
    z.discriminatedUnion("type", [z.object({ type: z.literal("a") }), z.object({ type: z.literal("b") })]),
    { type: "c" },
    "this must be one of a, b",
  ],
])("%#: what would be right is said", (schema, value, text) => {
  expect(textOf(schema, value)).toBe(text);
});

test("a schema's own words stay", () => {
  expect(textOf(z.string().min(16, "must be at least 16 characters long"), "x")).toBe(
    "must be at least 16 characters long",
  );
});
