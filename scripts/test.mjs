/**
 * `npm test`: every suite, with one last line for people and machines: `N passed, N failed`. Arguments are handed to
 * vitest: `npm test -- packages/engine`.
 */
import { command, ROOT } from "./setup/command.mjs";
import { runOnProductNode } from "./setup/product-node.mjs";

await command(() => runOnProductNode(ROOT, ["scripts/test/main.ts", ...process.argv.slice(2)]));
