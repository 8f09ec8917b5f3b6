import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { words } from "./words.ts";

const RUNTIME = fileURLToPath(new URL("../../../../runtime/src", import.meta.url));

/** Every act that the runtime notes, as its source names it. */
function notedActions(): ReadonlySet<string> {
  const files = readdirSync(RUNTIME, { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".ts") && !file.endsWith(".test.ts"),
  );
  const found = files.flatMap((file) => {
    const text = readFileSync(join(RUNTIME, file), "utf8");
    if (!text.includes("noteOperation(")) return [];
    return [...text.matchAll(/action: "([a-z]\w*\.[\w-]+)"/g)].map(([, action]) => action ?? "");
  });
  return new Set(found);
}

test("every act that is noted is told in words, in every language", () => {
  const noted = [...notedActions()];
  expect(noted.length).toBeGreaterThan(40);
  for (const language of [words.en, words.uk]) {
    expect(noted.filter((action) => !Object.hasOwn(language, `do_${action}`))).toEqual([]);
  }
});
