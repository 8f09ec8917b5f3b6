import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { failureText } from "./step-errors.ts";

const ROOT = new URL("../../../../", import.meta.url);

/** Where failures of steps are made: by nodes, by the engine, by the host. */
const HOMES = ["packages/nodes/src/", "packages/engine/src/", "apps/runtime/src/host/", "apps/runtime/src/writer/"];

/** Of the simulator, of examples in definitions, and the beginnings of codes that stand whole in the list. */
const NEVER_SHOWN: ReadonlySet<string> = new Set(["no_behavior", "card_expired", "order_unknown", "child", "unknown"]);

const FORMS = [
  /code: "([a-z][a-z_]+)"/g,
  /(?:fatal|fatalFailure)\(\s*"([a-z][a-z_]+)"/g,
  /code: `([a-z_]+)_\$\{/g,
  /new (?:OutboundError|CredentialError)\(\s*"([a-z_]+)"/g,
];

const codes = new Set(
  HOMES.flatMap((home) =>
    readdirSync(new URL(home, ROOT), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts") && !/\.(test|fixture)\.ts$/.test(name))
      .flatMap((name) => {
        const source = readFileSync(new URL(`${home}${name}`, ROOT), "utf8");
        return FORMS.flatMap((form) => [...source.matchAll(form)].map((found) => found[1] ?? ""));
      }),
  ),
);

describe("why a step failed", () => {
  test("codes are found", () => {
    expect(codes.size).toBeGreaterThan(50);
  });

  test.each([...codes].filter((code) => !NEVER_SHOWN.has(code)).toSorted())("%s has words in Ukrainian", (code) => {
    const said = [code, `${code}_503`].map((each) => failureText({ code: each, message: "English." }, "uk"));
    expect(said.some((text) => /^[А-ЯҐЄІЇ].*\.$/u.test(text) || text.startsWith("Holdfast "))).toBe(true);
  });

  test("says the number of a code", () => {
    expect(failureText({ code: "sql_42P01", message: "x" }, "uk")).toBe("База даних відмовила (42P01).");
    expect(failureText({ code: "http_404", message: "The server answered 404." }, "uk")).toBe("Сервер відповів 404.");
  });

  test("speaks for itself in English, and where nobody knows better", () => {
    expect(failureText({ code: "http_404", message: "The server answered 404." }, "en")).toBe(
      "The server answered 404.",
    );
    expect(failureText({ code: "card_expired", message: "The card is old." }, "uk")).toBe("The card is old.");
  });
});
