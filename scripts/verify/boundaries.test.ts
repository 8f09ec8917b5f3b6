import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkBoundaries } from "./boundaries.ts";

/** A house like ours, small: every package with one module and nothing forbidden. */
const HOUSE: Readonly<Record<string, string>> = {
  "packages/dsl/src/index.ts": "export interface Flow { readonly id: string }\nexport const limit = 1;\n",
  "packages/engine/src/index.ts": 'import { limit } from "@holdfast/dsl";\nexport const engine = limit;\n',
  "packages/nodes/src/index.ts": 'import { limit } from "@holdfast/dsl";\nexport const nodes = limit;\n',
  "packages/nodes/src/control.ts": "export const control = 1;\n",
  "packages/nodes/src/executors.ts": 'import { request } from "node:http";\nexport const send = request;\n',
  "packages/testkit/src/index.ts": "export const testkit = 1;\n",
  "apps/runtime/src/index.ts": 'import { engine } from "@holdfast/engine";\nexport const runtime = engine;\n',
  "apps/designer/src/index.ts":
    'import type { runtime } from "@holdfast/runtime";\nexport type Runtime = typeof runtime;\n',
  "examples/shop/src/index.ts": "export const shop = 1;\n",
};

let root: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(path.join(tmpdir(), "holdfast-boundaries-")));
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

/** Writes the house with some files planted, and checks it. */
async function checkHouse(planted: Readonly<Record<string, string>> = {}) {
  const files = { ...HOUSE, ...planted };
  for (const [file, text] of Object.entries(files)) write(file, text);
  for (const folder of new Set(Object.keys(HOUSE).map((file) => file.split("/").slice(0, 2).join("/")))) {
    const name = `@holdfast/${path.basename(folder)}`;
    write(`${folder}/package.json`, JSON.stringify({ name, type: "module", exports: { ".": "./src/index.ts" } }));
    mkdirSync(path.join(root, "node_modules", "@holdfast"), { recursive: true });
    symlinkSync(path.join(root, folder), path.join(root, "node_modules", name), "dir");
  }
  return checkBoundaries(root, Object.keys(files));
}

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
}

describe("checkBoundaries", () => {
  it("finds nothing in a clean house, and has seen all of it", async () => {
    expect(await checkHouse()).toEqual({ seen: Object.keys(HOUSE).length, findings: [] });
  });

  it.each([
    ["packages/dsl/src/bad.ts", 'export { engine } from "@holdfast/engine";', "packages-dsl-imports"],
    [
      "packages/dsl/src/bad.ts",
      'import { readFileSync } from "node:fs"; export const x = readFileSync;',
      "pure-packages",
    ],
    [
      "packages/engine/src/bad.ts",
      'import type { nodes } from "@holdfast/nodes"; export type X = typeof nodes;',
      "packages-engine-imports",
    ],
    [
      "packages/engine/src/bad.ts",
      'import { setTimeout } from "node:timers"; export const x = setTimeout;',
      "pure-packages",
    ],
    ["packages/nodes/src/bad.ts", 'export { runtime } from "@holdfast/runtime";', "packages-nodes-imports"],
    ["packages/nodes/src/control.ts", 'export { send } from "./executors.ts";', "browser-safe-doors"],
    ["apps/runtime/src/bad.ts", 'export { testkit } from "@holdfast/testkit";', "no-testkit-in-production"],
    ["apps/designer/src/bad.ts", 'export { runtime } from "@holdfast/runtime";', "designer-takes-types-of-the-runtime"],
    ["examples/shop/src/bad.ts", 'export { runtime } from "@holdfast/runtime";', "examples-shop-imports"],
    ["apps/runtime/src/bad.ts", 'export { engine } from "../../../packages/engine/src/index.ts";', "through-the-door"],
    ["apps/runtime/src/bad.ts", 'export { nothing } from "@holdfast/nowhere";', "resolvable"],
    ["packages/dsl/src/bad.ts", 'import { bad } from "./bad.ts"; export { bad as worse };', "no-cycles"],
  ])("catches in %s: %s", async (file, text, rule) => {
    const { findings } = await checkHouse({ [file]: `${text}\n` });
    expect(findings).toContainEqual({ file, message: expect.stringContaining(` ${rule}: `) });
  });

  it("lets a test use the testkit", async () => {
    const test = 'import { testkit } from "@holdfast/testkit"; export const x = testkit;';
    expect((await checkHouse({ "apps/runtime/src/index.test.ts": test })).findings).toEqual([]);
  });

  it("follows no types into what only a server has", async () => {
    const control = 'import type { send } from "./executors.ts";\nexport type Send = typeof send;\n';
    expect((await checkHouse({ "packages/nodes/src/control.ts": control })).findings).toEqual([]);
  });

  it("looks into a module that has a `using` declaration", async () => {
    const planted = 'await using it = await import("@holdfast/testkit").then((kit) => kit.open());\nexport { it };\n';
    const { findings } = await checkHouse({ "apps/runtime/src/bad.ts": planted });
    expect(findings.map((finding) => finding.message.split("  ")[1])).toContainEqual(
      expect.stringMatching(/^no-testkit-in-production:/),
    );
  });

  it("fails when it looked at nothing", async () => {
    const { seen, findings } = await checkBoundaries(root, []);
    expect(seen).toBe(0);
    expect(findings).toContainEqual(expect.objectContaining({ message: "the boundary check looked at no module" }));
  });

  it("fails when a module of the project was not seen", async () => {
    await checkHouse();
    const { findings } = await checkBoundaries(root, [...Object.keys(HOUSE), "packages/dsl/src/unseen.ts"]);
    expect(findings).toEqual([{ file: "packages/dsl/src/unseen.ts", message: "not seen by the boundary check" }]);
  });
});
