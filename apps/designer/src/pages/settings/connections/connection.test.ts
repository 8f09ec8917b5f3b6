import { expect, test } from "vitest";
import { listFrom, NOTHING_TYPED, TYPES, valueOf } from "./connection.ts";

test.each([
  ["bearer", { type: "bearer", token: "s" }],
  ["apiKey", { type: "apiKey", key: "s" }],
  ["basic", { type: "basic", username: "n", password: "s" }],
  ["header", { type: "header", name: "n", value: "s" }],
  ["query", { type: "query", name: "n", value: "s" }],
  [
    "oauth2",
    { type: "oauth2", tokenUrl: "https://t", clientId: "n", clientSecret: "s", scope: "a b", clientAuth: "basic" },
  ],
  ["webhook", { type: "webhook", url: "s" }],
  ["smtp", { type: "smtp", url: "s" }],
  ["connectionString", { type: "connectionString", url: "s" }],
] as const)("%s sends what it is made of", (type, value) => {
  expect(valueOf(type, { ...NOTHING_TYPED, secret: "s", name: "n", tokenUrl: " https://t ", scope: "a b " })).toEqual(
    value,
  );
  expect(TYPES).toContain(type);
});

test("hosts are told in one line", () => {
  expect(listFrom(" a.example,b.example  c.example\na.example ,")).toEqual(["a.example", "b.example", "c.example"]);
});
