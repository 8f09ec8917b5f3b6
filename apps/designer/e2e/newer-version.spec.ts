/** A package brings a newer version of a node type: the flow that uses the older one is shown what would change. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expectAccessible } from "./support/axe.ts";
import { inspector, openDesigner, saved } from "./support/flows.ts";
import { object, runIs } from "./support/refunds.ts";
import { Runtime } from "./support/runtime.ts";
import { expect, test as base } from "./support/test.ts";

const NODES = new URL("../../../packages/nodes/src/index.ts", import.meta.url).href;
const ZOD = import.meta.resolve("zod");

const HEAD = `
import { defineNode } from ${JSON.stringify(NODES)};
import { z } from ${JSON.stringify(ZOD)};
const info = {
  type: "acme.greet", title: "Greet", description: "Says hello.", icon: "hand", category: "action",
  effect: "repeatable", output: z.string(), examples: [],
};
`;
const FIRST = `
export const first = defineNode({
  ...info, version: 1, params: z.strictObject({ name: z.string() }), sentence: "Greet {name}",
  execute: async ({ params }) => "Hello, " + params.name,
});
`;
const SECOND = `
export const second = defineNode({
  ...info, version: 2, params: z.strictObject({ person: z.string(), polite: z.boolean() }), sentence: "Greet {person} well",
  migrate: { 1: ({ name, ...rest }) => ({ ...rest, person: name, polite: true }) },
  execute: async ({ params }) => "Good day, " + params.person,
});
`;

const flow = {
  dsl: 1,
  id: "greets",
  name: "Greets",
  triggers: [{ type: "call" }],
  nodes: {
    pause: { type: "wait.event", params: { outcomes: [{ port: "on", event: "greets/on" }], timeout: "7d" } },
    greet: { type: "acme.greet", name: "Greet Ada", params: { name: "Ada" } },
    said: { type: "end", params: { output: { said: "{{ nodes.greet }}" } } },
  },
  edges: [
    { from: "start", to: "pause" },
    { from: "pause", port: "on", to: "greet" },
    { from: "pause", port: "timeout", to: "greet" },
    { from: "greet", to: "said" },
  ],
};

/** A runtime in a workspace with a package, whose second version is installed later. */
const test = base.extend<object, { readonly install: () => Promise<void> }>({
  install: [
    // oxlint-disable-next-line eslint/no-empty-pattern -- Playwright reads the names of the fixtures from the pattern
    async ({}, use) => {
      const dir = await mkdtemp(join(tmpdir(), "holdfast-package-"));
      workspace = dir;
      await mkdir(join(dir, "greet"));
      await writeFile(join(dir, "holdfast.config.json"), JSON.stringify({ nodes: ["./greet"] }));
      const manifest = { name: "greet", version: "1.0.0", type: "module", exports: "./index.mjs" };
      await writeFile(join(dir, "greet/package.json"), JSON.stringify(manifest));
      await writeFile(join(dir, "greet/index.mjs"), HEAD + FIRST);
      await use(() => writeFile(join(dir, "greet/index.mjs"), HEAD + FIRST + SECOND));
      await rm(dir, { recursive: true, force: true });
    },
    { scope: "worker" },
  ],
  runtime: [
    async ({ install }, use) => {
      expect(install).toBeDefined();
      const runtime = await Runtime.start({}, workspace);
      await use(runtime);
      await runtime.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
});
let workspace = "";

test("the page says so by itself, shows what would change, and takes it over; what runs stays where it is", async ({
  page,
  runtime,
  install,
  signIn,
}) => {
  await runtime.api("PUT", "/flows/greets", flow);
  const older = object(await runtime.api("POST", "/flows/greets/runs", { input: {} }))["runId"];
  await runIs(runtime, String(older), "waiting");
  await signIn("Marta");
  await openDesigner(page, "greets", "?node=greet");
  const panel = inspector(page);
  await expect(panel.getByText("A newer version of this node is there")).toBeHidden();
  await install();
  const newer = panel.getByRole("region", { name: "A newer version of this node is there" });
  await expect(newer).toContainText("This flow uses version 1, and version 2 is installed.");
  await newer.getByRole("button", { name: "See what changes…" }).click();
  const preview = page.getByRole("dialog", { name: "Greet: from version 1 to 2" });
  await expect(preview).toContainText("Greet Ada");
  await expect(preview).toContainText("Person");
  await expectAccessible(page);
  // Looking changes nothing.
  await preview.getByRole("button", { name: "Cancel" }).click();
  await expect(newer).toBeVisible();
  await newer.getByRole("button", { name: "See what changes…" }).click();
  await preview.getByRole("button", { name: "Use version 2" }).click();
  await expect(newer).toBeHidden();
  await expect(page.locator('[data-node="greet"]')).toContainText("Greet Ada well");
  await saved(page);
  // One thing that was done is one thing to take back.
  await page.getByRole("button", { name: /^Undo/ }).click();
  await expect(newer).toBeVisible();
  await page.getByRole("button", { name: /^Redo/ }).click();
  await expect(newer).toBeHidden();
  await saved(page);
  await page.getByRole("button", { name: "Publish…" }).click();
  const sheet = page.getByRole("dialog", { name: "Publish version 2" });
  await sheet.getByRole("button", { name: "Publish version 2" }).click();
  await expect(page.getByText("Version 2 is live.")).toBeVisible();
  const later = object(await runtime.api("POST", "/flows/greets/runs", { input: {} }))["runId"];
  await runIs(runtime, String(later), "waiting");
  await runtime.api("POST", "/events", { name: "greets/on", data: {} });
  expect((await runIs(runtime, String(older), "completed"))["output"]).toEqual({ said: "Hello, Ada" });
  expect((await runIs(runtime, String(later), "completed"))["output"]).toEqual({ said: "Good day, Ada" });
});
