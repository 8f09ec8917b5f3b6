import { readFileSync } from "node:fs";
import { builtinManifests } from "@holdfast/nodes/manifests";
import { describe, expect, it } from "vitest";
import { ISSUE_CODES } from "./codes.ts";
import { validateFlow } from "./validate-flow.ts";

const guide = readFileSync(new URL("../../../../docs/document.md", import.meta.url), "utf8");

describe("docs/document.md", () => {
  it("explains every code, and no other", () => {
    const problems = guide.slice(guide.indexOf("## Problems"));
    const rows = [...problems.matchAll(/^\| `(\w+)` *\| (\w+) *\| (.*?) *\|$/gm)].map((row) => row.slice(1));
    expect(rows).toEqual(
      Object.entries(ISSUE_CODES).map(([code, { severity, sentence }]) => [code, severity, sentence]),
    );
  });

  it("begins with a document that is valid", () => {
    const example: unknown = JSON.parse(/```json\n(.*?)```/s.exec(guide)?.[1] ?? "");
    expect(validateFlow(example, builtinManifests).issues).toEqual([]);
  });
});
