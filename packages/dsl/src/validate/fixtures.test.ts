import { readFileSync, readdirSync } from "node:fs";
import { refundPayment } from "@holdfast/example-payment";
import { builtinManifests } from "@holdfast/nodes/manifests";
import { describe, expect, it } from "vitest";
import { DOCUMENT_LIMITS } from "../document/check-json.ts";
import { canonicalText } from "../document/canonical.ts";
import { parseFlow } from "../document/parse-flow.ts";
import { ISSUE_CODES } from "./codes.ts";
import { validateFlow } from "./validate-flow.ts";

const fixtures = new URL("../../fixtures/", import.meta.url);
const examples = new URL("../../../../examples/", import.meta.url);
/** Of the payment two versions, side by side. */
const manifests = [...builtinManifests, { ...refundPayment.manifest, version: 2 }, refundPayment.manifest];
const flows = new Set(["sample"]);
const calendars = new Set(["office"]);

interface Invalid {
  readonly issues: readonly { readonly code: string; readonly pointer: string }[];
  readonly document: unknown;
}

function invalid(file: string): Invalid {
  return JSON.parse(readFileSync(new URL(`invalid/${file}`, fixtures), "utf8"));
}

function issuesOf(document: unknown): string[] {
  return validateFlow(document, manifests, { flows, calendars }).issues.map(
    ({ code, pointer }) => `${code} ${pointer}`,
  );
}

const invalidFiles = readdirSync(new URL("invalid/", fixtures));
const validFiles = readdirSync(new URL("valid/", fixtures)).map((file) => new URL(`valid/${file}`, fixtures));
const exampleFiles = readdirSync(examples)
  .filter((file) => file.endsWith(".flow.json"))
  .map((file) => new URL(file, examples));

describe("what is wrong", () => {
  it.each(invalidFiles)("%s", (file) => {
    const { document, issues } = invalid(file);
    expect(issuesOf(document).toSorted()).toEqual(issues.map(({ code, pointer }) => `${code} ${pointer}`).toSorted());
  });

  it.each([
    ["not_json", { name: undefined }],
    ["forbidden_key", JSON.parse('{"__proto__": 1}')],
    ["too_deep", JSON.parse(`${"[".repeat(200)}${"]".repeat(200)}`)],
    ["document_too_large", "x".repeat(DOCUMENT_LIMITS.bytes)],
    ["too_many_nodes", chainOf(DOCUMENT_LIMITS.nodes + 1)],
  ])("%s", (code, document) => {
    expect(issuesOf(document)[0]).toMatch(new RegExp(`^${code} `));
  });

  it("has a fixture for every code", () => {
    const generated = ["not_json", "forbidden_key", "too_deep", "document_too_large", "too_many_nodes"];
    const shown = new Set([
      ...generated,
      ...invalidFiles.flatMap((file) => invalid(file).issues.map(({ code }) => code)),
    ]);
    expect(Object.keys(ISSUE_CODES).filter((code) => !shown.has(code))).toEqual([]);
  });
});

describe("what is right", () => {
  it.each([...validFiles, ...exampleFiles].map((file) => [file.pathname.split("/").at(-1), file] as const))(
    "%s",
    (_, file) => {
      const document: unknown = JSON.parse(readFileSync(file, "utf8"));
      expect(validateFlow(document, manifests).issues).toEqual([]);
      const parsed = parseFlow(document);
      const text = parsed.ok ? canonicalText(parsed.flow) : "";
      const again = parseFlow(JSON.parse(text));
      expect(again.ok && canonicalText(again.flow)).toBe(text);
    },
  );

  it("takes the largest document in a second or two", () => {
    const document = chainOf(DOCUMENT_LIMITS.nodes);
    const before = performance.now();
    expect(issuesOf(document)).toEqual([]);
    expect(performance.now() - before).toBeLessThan(5_000);
  });
});

/** A flow of `count` nodes in a row, each of which reads the one before. */
function chainOf(count: number): unknown {
  const ids = Array.from({ length: count }, (_, index) => `n${index}`);
  const nodes = ids.map((id, index) => {
    const copy = index === 0 ? 1 : `{{ nodes.n${index - 1}.copy }}`;
    return [id, { type: "data.set", params: { values: { copy } } }] as const;
  });
  const edges = [...ids, "end"].map((to, index) => ({ from: ids[index - 1] ?? "start", to }));
  return { dsl: 1, id: "sample", name: "Long", triggers: [{ type: "call" }], nodes: Object.fromEntries(nodes), edges };
}
