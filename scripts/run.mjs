/**
 * `node scripts/run.mjs FILE [ARGUMENTS]`: runs a script of the repository, TypeScript included, on Node 24, from a
 * fresh clone on.
 */
import { command, ROOT } from "./setup/command.mjs";
import { runOnProductNode } from "./setup/product-node.mjs";

await command(() => runOnProductNode(ROOT, process.argv.slice(2)));
