/**
 * `npm run verify`: every gate. `npm run verify -- lint types` runs only those.
 */
import { command, ROOT } from "./setup/command.mjs";
import { runOnProductNode } from "./setup/product-node.mjs";

await command(() => runOnProductNode(ROOT, ["scripts/verify/main.ts", ...process.argv.slice(2)]));
