/**
 * `npm start`: everything in one process, with the refund example, its shop and the demo people. The data stay in
 * `.holdfast/`. Arguments are handed on: `npm start -- --port 4000`.
 */
import { command, ROOT } from "./setup/command.mjs";
import { ensurePages } from "./setup/pages.mjs";
import { runOnProductNode } from "./setup/product-node.mjs";

const UP = ["apps/runtime/bin/holdfast.mjs", "up", "--demo", "--data", ".holdfast"];

await command(async () => {
  await ensurePages(ROOT);
  return runOnProductNode(ROOT, [...UP, ...process.argv.slice(2)]);
});
