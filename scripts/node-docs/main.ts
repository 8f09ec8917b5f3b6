/** `npm run docs:nodes`: writes the pages of the node types. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { ROOT } from "../root.ts";
import { nodeDocs } from "./node-docs.ts";

for (const [file, text] of await nodeDocs(ROOT)) writeFileSync(path.join(ROOT, file), text);
