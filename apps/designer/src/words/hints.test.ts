import { readdirSync, readFileSync } from "node:fs";
import { validateFlow } from "@holdfast/dsl";
import { builtinManifests } from "@holdfast/nodes/manifests";
import { describe, expect, test } from "vitest";
import { hintIn } from "./hints.ts";

const ROOT = new URL("../../../../", import.meta.url);
const FIXTURES = new URL("packages/dsl/fixtures/invalid/", ROOT);

/** Hints as they stand in the source, with something in each hole. */
function written(folder: string): readonly string[] {
  const home = new URL(folder, ROOT);
  return readdirSync(home, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !/\.(test|fixture)\.ts$/.test(name))
    .flatMap((name) => [...readFileSync(new URL(name, home), "utf8").matchAll(/hint: ("[^"]*"|'[^']*'|`[^`]*`)/g)])
    .map((found) => (found[1] ?? "").slice(1, -1).replaceAll(/\$\{[^}]*\}/g, "one, two"));
}

/** Those that documents really get. */
function given(): readonly string[] {
  const flows = new Set(["sample"]);
  return readdirSync(FIXTURES).flatMap((file) => {
    const { document }: { document: unknown } = JSON.parse(readFileSync(new URL(file, FIXTURES), "utf8"));
    return validateFlow(document, builtinManifests, { flows, calendars: new Set(["office"]) }).issues.flatMap(
      ({ hint }) => hint ?? [],
    );
  });
}

const hints = new Set([...written("apps/runtime/src/"), ...written("packages/dsl/src/"), ...given()]);

describe("hints", () => {
  test("are found", () => {
    expect(hints.size).toBeGreaterThan(60);
  });

  test.each([...hints].toSorted())("%s: has words in Ukrainian", (hint) => {
    expect(hintIn("uk", hint) ?? "").toMatch(/[А-Яа-яҐЄІЇґєії]/u);
  });

  test("keep what they name, where the language puts it", () => {
    expect(hintIn("uk", 'Did you mean "order"?')).toBe('Можливо, "order"?');
    expect(hintIn("uk", "Write nodes.?a and .orValue(…), or test has(nodes.a) first")).toBe(
      "Пишіть nodes.?a і .orValue(…) або спершу перевірте has(nodes.a)",
    );
    expect(hintIn("uk", "Write round(number, digits)")).toBe("Пишіть round(number, digits)");
  });

  test("in English are what they are, and unknown ones stay out of other languages", () => {
    expect(hintIn("en", "Try this.")).toBe("Try this.");
    expect(hintIn("uk", "Try this.")).toBeUndefined();
    expect(hintIn("uk", undefined)).toBeUndefined();
  });
});
