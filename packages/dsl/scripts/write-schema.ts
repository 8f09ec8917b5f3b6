/** Writes `flow.schema.json` from the zod schemas: `node scripts/write-schema.ts`. */
import { writeFileSync } from "node:fs";
import { publishedSchema } from "../src/document/published-schema.ts";

writeFileSync(new URL("../flow.schema.json", import.meta.url), `${JSON.stringify(publishedSchema(), null, 2)}\n`);
