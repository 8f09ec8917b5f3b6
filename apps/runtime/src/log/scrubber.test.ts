import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { createLogger } from "./logger.ts";
import { Scrubber } from "./scrubber.ts";
import { Secret } from "./secret.ts";

const VALUE = 'pa$$ "wörd"/+&=?%';

const scrubber = new Scrubber();
scrubber.add(new Secret(VALUE));

describe("a known secret is taken out", () => {
  test.each([
    ["as it is", VALUE],
    ["in JSON", JSON.stringify({ a: VALUE })],
    ["percent-encoded", `https://x/?q=${encodeURIComponent(VALUE)}`],
    ["percent-encoded in small letters", encodeURIComponent(VALUE).toLowerCase()],
    ["in a form", new URLSearchParams({ q: VALUE }).toString()],
    ["in base64", Buffer.from(VALUE).toString("base64")],
    ["in base64url", Buffer.from(VALUE).toString("base64url")],
    ["in base64 after one byte", Buffer.from(`u${VALUE}`).toString("base64")],
    ["in base64 with a name before it", Buffer.from(`me:${VALUE}`).toString("base64")],
    ["in base64 within more", Buffer.from(`{"password":"${VALUE}","x":1}`).toString("base64")],
  ])("%s", (_, text) => {
    const scrubbed = scrubber.scrub(text);
    expect(scrubbed).toContain("[secret]");
    expect(scrubbed).not.toContain(VALUE);
    // What is left does not decode to the secret.
    expect(Buffer.from(scrubbed, "base64").toString()).not.toContain(VALUE);
    expect(decodeURIComponent(scrubbed.replaceAll("%", "%25"))).not.toContain(VALUE);
  });
});

test("API keys are recognized by their form", () => {
  const key = `hold_live_${"0".repeat(16)}_${"a".repeat(64)}`;
  expect(new Scrubber().scrub(`key ${key}.`)).toBe("key [secret].");
});

test("short values stay: they are words", () => {
  const short = new Scrubber();
  short.add("test");
  expect(short.scrub("a test")).toBe("a test");
});

test("a Secret never prints itself", () => {
  const secret = new Secret("hunter2hunter2");
  expect(String(secret)).toBe("[secret]");
  expect(JSON.stringify({ secret })).toBe('{"secret":"[secret]"}');
  expect(inspect({ deep: [secret] })).not.toContain("hunter2");
  expect(secret.reveal()).toBe("hunter2hunter2");
});

test("an error's other fields stay out of the logs, its causes do not", () => {
  const lines: string[] = [];
  const logger = createLogger({ level: "info", scrubber, destination: { write: (line) => void lines.push(line) } });
  const inner = Object.assign(new Error("connection lost"), { code: "57P01", client: { user: "holdfast" } });
  const circle = new Error("outer", { cause: inner });
  inner.cause = circle;
  logger.warn({ err: circle }, "failed");
  expect(JSON.parse(lines.join(""))).toMatchObject({ err: { message: "outer", cause: { code: "57P01" } } });
  expect(lines.join("")).not.toContain("client");
});

test("logs hide secrets by name and by value", () => {
  const lines: string[] = [];
  const logger = createLogger({ level: "info", scrubber, destination: { write: (line) => void lines.push(line) } });
  logger.info(
    { headers: { authorization: "Bearer other" }, person: { password: "unknown-to-us" }, url: `http://x/${VALUE}` },
    "hi",
  );
  logger.error({ err: new Error(`refused: ${Buffer.from(VALUE).toString("base64")}`) }, "failed");
  const text = lines.join("");
  for (const secret of ["Bearer other", "unknown-to-us", VALUE, Buffer.from(VALUE).toString("base64")]) {
    expect(text).not.toContain(secret);
  }
  for (const line of lines) {
    expect(JSON.parse(line)).toMatchObject({ level: expect.any(String), msg: expect.any(String) });
  }
});
