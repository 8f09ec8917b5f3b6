import { inspect } from "node:util";
import { expect, it } from "vitest";
import { Credential } from "./credential.ts";

const values = [
  { type: "bearer", token: "canary-123" },
  { type: "basic", username: "u", password: "canary-123" },
  { type: "header", name: "X-Key", value: "canary-123" },
  { type: "smtp", url: "smtp://u:canary-123@mail.example" },
  { type: "query", name: "key", value: "canary-123" },
  { type: "oauth2", tokenUrl: "https://login.example/token", clientId: "u", clientSecret: "canary-123" },
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

it.each([
  ["PHP", String.raw`pass\/word&'<é+=`.replace("é", String.raw`\u00e9`)],
  ["Go", String.raw`pass/word\u0026'\u003cé+=`],
  ["Gson", String.raw`pass/word\u0026\u0027\u003cé+\u003d`],
  [".NET", String.raw`pass/word\u0026\u0027\u003C\u00E9\u002B=`],
  ["Python", String.raw`pass/word&'<\u00e9+=`],
  ["a page", "pass/word&amp;&#39;&lt;é+="],
  ["another page", "pass/word&amp;'&lt;é+="],
  ["a dump", Buffer.from("pass/word&'<é+=").toString("hex")],
])("finds itself as %s writes it", (_, written) => {
  const credential = new Credential({ type: "bearer", token: "pass/word&'<é+=" });
  expect(credential.redact(`told: ${written}.`)).toBe("told: [secret].");
});

it("is no trouble where its address has a % of no encoding", () => {
  const credential = new Credential({ type: "connectionString", url: "postgres://u:canary-100%@db.example/shop" });
  expect(credential.redact("canary-100% of it")).toBe("[secret] of it");
});

it("leaves texts alone where the secret is a syllable", () => {
  expect(new Credential({ type: "bearer", token: "a" }).redact("banana")).toBe("banana");
});

it("takes all of a webhook's address for a secret, and each key in it", () => {
  const credential = new Credential({
    type: "webhook",
    url: "https://hooks.example/services/T0CANARY00/canary-of-24-characters?v=1&sig=canary/of+16.signs",
  });
  const text =
    "POST /services/T0CANARY00/canary-of-24-characters?v=1&sig=canary/of+16.signs, canary-of-24-characters, canary%2Fof%2016.signs";
  expect(credential.redact(`https://hooks.example${text.slice(5)} ${text}`)).not.toMatch(/canary/i);
  expect(credential.redact("hooks.example/services")).toBe("hooks.example/services");
});

it("hides what was got with it, and tells whoever keeps the logs", () => {
  const credential = new Credential({ type: "bearer", token: "canary-123" });
  const learned: string[] = [];
  credential.whenDerived((secret) => learned.push(secret));
  credential.derive("canary-token");
  expect(credential.redact("canary-token and canary%2Dtoken")).not.toContain("canary-token");
  expect(learned).toContain("canary-token");
});
