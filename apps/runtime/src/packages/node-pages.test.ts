import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { nodePages, writeNodePages } from "./node-pages.ts";
import { scaffoldNode } from "./scaffold.ts";

let dir = "";
// Inside of the repository, as in a clone of it: the kit is found there.
beforeAll(async () => void (dir = await mkdtemp(path.join(import.meta.dirname, "..", "..", ".pages-"))));
afterAll(() => rm(dir, { recursive: true }));

test("each node type of a workspace's packages has its page, made from its definition", async () => {
  await expect(nodePages(dir)).rejects.toThrow(/holdfast node new/);
  await scaffoldNode({ dir, name: "greet", prefix: "acme" });
  const pages = await nodePages(dir);
  expect(pages).toMatchObject([{ type: "acme.greet", file: "nodes/greet/docs/acme.greet.md", current: false }]);
  await writeNodePages(dir, pages);
  const page = await readFile(path.join(dir, "nodes/greet/docs/acme.greet.md"), "utf8");
  expect(page).toContain("# Greet");
  expect(page).toContain("by `holdfast node docs`");
  expect(page).toContain("| `name` | text | **Name.** |");
  expect(await nodePages(dir)).toMatchObject([{ current: true }]);

  await writeFile(path.join(dir, "nodes/greet/docs/acme.greet.md"), "# Something else\n");
  expect(await nodePages(dir, "./nodes/greet")).toMatchObject([{ current: false }]);
});
