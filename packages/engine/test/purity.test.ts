/** The engine runs the same on every host: no clock, no chance, no waiting, no I/O. Lint says so too; this can't be off. */
import { readFileSync, readdirSync } from "node:fs";
import { expect, test } from "vitest";

const FORBIDDEN: readonly (readonly [string, RegExp])[] = [
  ["a clock", /\bDate\b|\bperformance\b|\bTemporal\b/],
  ["chance", /Math\.random|\bcrypto\b/],
  ["waiting", /\basync\b|\bawait\b|\bPromise\b|\bset(?:Timeout|Interval|Immediate)\b|\bqueueMicrotask\b/],
  ["the host", /\bprocess\b|\bglobalThis\b|\bBuffer\b|\bstructuredClone\b|\bfetch\b|\bconsole\b/],
  ["a built-in module", /from "node:/],
];

/** Only the simulator reads and writes dates, which is arithmetic: a time is always given. */
const DATES_ALLOWED = /^simulate\/iso-time\.ts$/;

const folder = new URL("../src/", import.meta.url);
const sources = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
  (file) => file.endsWith(".ts") && !file.endsWith(".test.ts"),
);

test("there are sources to look at", () => {
  expect(sources.length).toBeGreaterThan(20);
});

test.each(sources)("%s is pure", (file) => {
  const code = readFileSync(new URL(file, folder), "utf8").replaceAll(
    /\/\*[\s\S]*?\*\/|\/\/.*|"[^"\n]*"|`[^`$]*`/g,
    (text) => (text.startsWith('"node:') ? text : ""),
  );
  const found = FORBIDDEN.filter(
    ([what, pattern]) => pattern.test(code) && !(what === "a clock" && DATES_ALLOWED.test(file)),
  );
  expect(found.map(([what]) => what)).toEqual([]);
});

test.each(sources)("%s imports nothing but the document's package", (file) => {
  const imports = [...readFileSync(new URL(file, folder), "utf8").matchAll(/from "([^"]+)"/g)].map(
    ([, name]) => name ?? "",
  );
  expect(imports.filter((name) => !name.startsWith(".") && name !== "@holdfast/dsl")).toEqual([]);
});
