import { describe, expect, it } from "vitest";
import { checkReasons, dependenciesOf, REASONS_FILE } from "./dependency-reasons.ts";

const PAGE = "| Package | Why |\n| --- | --- |\n| `pg` | the driver |\n| `@types/*` | types |\n";

describe("checkReasons", () => {
  it("is content when every dependency has its reason", () => {
    expect(checkReasons(new Map([["package.json", ["pg", "@types/pg"]]]), PAGE)).toEqual([]);
  });

  it("finds a dependency without a reason", () => {
    expect(checkReasons(new Map([["bench/package.json", ["pg", "@types/pg", "left-pad"]]]), PAGE)).toEqual([
      { file: "bench/package.json", message: `left-pad has no reason in ${REASONS_FILE}` },
    ]);
  });

  it("finds a reason without a dependency", () => {
    expect(checkReasons(new Map([["package.json", ["@types/pg"]]]), PAGE)).toEqual([
      { file: REASONS_FILE, message: "pg is no dependency any more" },
    ]);
  });
});

describe("dependenciesOf", () => {
  it("lists what comes from outside", () => {
    expect(dependenciesOf({ dependencies: { pg: "1", "@holdfast/dsl": "*" }, devDependencies: { knip: "1" } })).toEqual(
      ["pg", "knip"],
    );
  });
});
