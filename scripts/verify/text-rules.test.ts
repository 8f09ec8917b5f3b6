import { describe, expect, it } from "vitest";
import { ADDRESS_RULES } from "./addresses.ts";
import { check } from "./text-rules.ts";
import { WORD_RULES } from "./words.ts";

const found = (text: string, rules = WORD_RULES, file = "docs/page.md") => check(file, text, rules).length;

describe("words", () => {
  it.each([
    "a workflow definition",
    "the flow instance",
    "const executionId = 1;",
    "create index on waits (instance_id)",
    "await sendSignal(run)",
    "an approval request",
    "the activity retries",
    "was cancelled",
    "its behaviour",
    "normalised",
    "edge.sourceHandle",
  ])("refuses %j", (text) => {
    expect(found(text)).toBe(1);
  });

  it.each([
    "error instanceof Error",
    "an instance of PostgreSQL",
    "signal: AbortSignal",
    "handle the error",
    "pg_stat_activity",
    "cancellation, canceled, canceling",
    "promise, precise, exercise, otherwise, likewise",
    "the run waits for an event",
  ])("accepts %j", (text) => {
    expect(found(text)).toBe(0);
  });

  it("lets the canvas folder have its library's handles", () => {
    expect(found("edge.sourceHandle", WORD_RULES, "apps/designer/src/canvas/edge-line.tsx")).toBe(0);
  });

  it("lets a decision speak of other products in their words", () => {
    expect(found("an activity of Temporal", WORD_RULES, "docs/adr/0001-engine.md")).toBe(0);
  });

  it("says where", () => {
    const [finding] = check("a.ts", "one\n  cancelled", WORD_RULES);
    expect(finding).toMatchObject({ file: "a.ts", line: 2 });
  });
});

describe("addresses", () => {
  it.each([
    'readFileSync("/home/ada/flow.json")',
    "see /Users/ada/holdfast",
    "/root/.npm",
    String.raw`C:\Users\ada`,
    "https://registry.npmjs.org/pg",
    "see registry.yarnpkg.com",
    "registry=https://packages.example.test",
  ])("refuses %j", (text) => {
    expect(found(text, ADDRESS_RULES)).toBe(1);
  });

  it.each([
    "https://shop.example/home/orders",
    "`${base}/work/items`",
    "../home/page.ts",
    "/var/lib/holdfast",
    "the registry of node types",
    "registry.ts",
    "registry.manifests.get(type)",
  ])("accepts %j", (text) => {
    expect(found(text, ADDRESS_RULES)).toBe(0);
  });

  it("refuses a lockfile that names where packages came from", () => {
    expect(found('"resolved": "https://mirror.example/pg.tgz"', ADDRESS_RULES)).toBe(1);
    expect(found('"resolved": "packages/dsl"', ADDRESS_RULES)).toBe(0);
  });
});
