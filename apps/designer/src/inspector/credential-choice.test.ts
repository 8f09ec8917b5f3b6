import { expect, test } from "vitest";
import type { Connection } from "../pages/settings/connections/connection.ts";
import { credentialStanding, fittingConnections, variableOf } from "./credential-choice.ts";

const connection = (name: string, type: Connection["type"], flows: Connection["flows"]): Connection => ({
  name,
  type,
  flows,
  hosts: ["api.example.com"],
  version: 1,
  testUrl: null,
  createdAt: "2026-01-01T00:00:00Z",
  createdBy: { kind: "person", id: "p" },
  changedAt: "2026-01-01T00:00:00Z",
  changedBy: { kind: "person", id: "p" },
  usedAt: null,
  usedByFlow: null,
});

const all = [
  connection("another-flows", "bearer", ["other"]),
  connection("everybodys", "basic", null),
  connection("mail", "smtp", null),
  connection("ours", "bearer", ["refunds"]),
];
const use = { kinds: ["bearer", "basic"], flow: "refunds" };

test("those that fit are offered, first what this flow may use", () => {
  expect(fittingConnections(all, use).map(({ name }) => name)).toEqual(["everybodys", "ours", "another-flows"]);
});

test.each([
  [undefined, "none"],
  ["elsewhere", "unknown"],
  ["mail", "wrongKind"],
  ["another-flows", "notGranted"],
  ["ours", "fits"],
  ["everybodys", "fits"],
])("%s: %s", (name, kind) => {
  expect(credentialStanding(all, { ...use, name }).kind).toBe(kind);
});

test("what is not stored comes from a variable of the environment", () => {
  expect(variableOf("payments-eu")).toBe("HOLDFAST_CREDENTIAL_PAYMENTS_EU");
});
