import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { explain } from "./problem.ts";
import { PROBLEMS_IN_UKRAINIAN } from "./problem-words.ts";

const RUNTIME = new URL("../../../runtime/src/", import.meta.url);

/** What only programs see: requests to the API that are no requests, and keys. */
const FOR_PROGRAMS = [
  /^(body|query|http)_/,
  /^(broken_json|not_json|too_deep|forbidden_key|key_invalid|missing_scope|scope_beyond_yours)$/,
  /^(method_not_allowed|route_not_found)$/,
];

const sources = readdirSync(RUNTIME, { recursive: true, encoding: "utf8" }).filter(
  (name) => name.endsWith(".ts") && !/\.(test|fixture)\.ts$/.test(name),
);
const codes = new Set(
  sources.flatMap((name) =>
    [...readFileSync(new URL(name, RUNTIME), "utf8").matchAll(/new Problem\(\s*[^,"]+,\s*"([a-z_]+)"/g)].map(
      (found) => found[1] ?? "",
    ),
  ),
);

describe("problems of the runtime", () => {
  test("are found", () => {
    expect(codes.size).toBeGreaterThan(100);
  });

  test.each([...codes].filter((code) => !FOR_PROGRAMS.some((pattern) => pattern.test(code))).toSorted())(
    "%s has words in Ukrainian",
    (code) => {
      expect(PROBLEMS_IN_UKRAINIAN[code] ?? "").toMatch(/^[«А-ЯҐЄІЇ].*\.$/u);
    },
  );
});

describe("explain", () => {
  const failed = (problem: object): unknown => Object.assign(new Error("x"), { data: { problem } });

  test("says it in the reader's language, with its names", () => {
    const error = failed({ code: "reason_required", detail: "“Reject” takes a reason.", hint: "Say why." });
    expect(explain(error, "uk").what).toBe("Відповідь «Reject» потребує причини.");
    expect(
      explain(failed({ code: "reason_required", detail: "“Reject”", hint: "Say why in the comment." }), "uk").todo,
    ).toBe("Поясніть у коментарі.");
    expect(explain(error, "en")).toEqual({ what: "“Reject” takes a reason.", todo: "Say why." });
  });

  test("keeps the English sentence where there are no words, or not all of the names", () => {
    expect(explain(failed({ code: "new_code", detail: "It is new." }), "uk").what).toBe("It is new.");
    expect(explain(failed({ code: "reason_required", detail: "Say why." }), "uk").what).toBe("Say why.");
  });
});
