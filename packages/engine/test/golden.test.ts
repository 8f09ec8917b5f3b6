/** Today's engine does what it did when the traces were written. `npm run golden` writes them anew. */
import { readFileSync, readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { GOLDEN } from "../golden/flows.ts";
import { traceFile, traceText } from "../golden/trace-text.ts";

test.each(Object.keys(GOLDEN))("%s", (name) => {
  expect(traceText(name)).toBe(readFileSync(traceFile(name), "utf8"));
});

test("every trace has its flow", () => {
  const files = readdirSync(new URL("../golden/", import.meta.url)).filter((file) => file.endsWith(".trace.json"));
  expect(files).toHaveLength(Object.keys(GOLDEN).length);
});
