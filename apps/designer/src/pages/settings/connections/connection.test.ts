import { expect, test } from "vitest";
import { listFrom, TYPES, valueOf } from "./connection.ts";

test.each([
  ["bearer", { type: "bearer", token: "s" }],
  ["apiKey", { type: "apiKey", key: "s" }],
  ["basic", { type: "basic", username: "n", password: "s" }],
  ["header", { type: "header", name: "n", value: "s" }],
  ["smtp", { type: "smtp", url: "s" }],
  ["connectionString", { type: "connectionString", url: "s" }],
] as const)("%s sends what it is made of", (type, value) => {
  expect(valueOf(type, { secret: "s", name: "n" })).toEqual(value);
  expect(TYPES).toContain(type);
});

test("hosts are told in one line", () => {
  expect(listFrom(" a.example,b.example  c.example\na.example ,")).toEqual(["a.example", "b.example", "c.example"]);
});
