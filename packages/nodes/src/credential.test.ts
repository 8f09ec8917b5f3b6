import { inspect } from "node:util";
import { expect, it } from "vitest";
import { Credential } from "./credential.ts";

const values = [
  { type: "bearer", token: "canary-123" },
  { type: "basic", username: "u", password: "canary-123" },
  { type: "header", name: "X-Key", value: "canary-123" },
  { type: "smtp", url: "smtp://u:canary-123@mail.example" },
] as const;

it.each(values)("never shows itself: $type", (value) => {
  const credential = new Credential(value);
  const shown = [
    String(credential),
    JSON.stringify({ credential }),
    inspect(credential),
    inspect({ deep: [credential] }, { depth: 9, showHidden: true }),
    JSON.stringify(Object.entries(credential)),
  ].join("\n");
  expect(shown).toContain("[secret]");
  expect(shown).not.toContain("canary");
  expect(credential.reveal()).toEqual(value);
});

it.each(values)("finds itself in a text, in every form: $type", (value) => {
  const credential = new Credential(value);
  const text = ["canary-123", Buffer.from("canary-123").toString("base64"), "smtp://u:canary-123@mail.example"].join(
    " and ",
  );
  expect(credential.redact(text)).not.toContain("canary");
  expect(credential.redact(text)).toContain("[secret]");
});

it("leaves texts alone where the secret is a syllable", () => {
  expect(new Credential({ type: "bearer", token: "a" }).redact("banana")).toBe("banana");
});
