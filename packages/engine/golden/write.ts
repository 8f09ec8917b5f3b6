/** `npm run golden`: writes the traces anew. Look at every changed line before you commit it. */
import { writeFileSync } from "node:fs";
import { GOLDEN } from "./flows.ts";
import { traceFile, traceText } from "./trace-text.ts";

for (const name of Object.keys(GOLDEN)) writeFileSync(traceFile(name), traceText(name));
