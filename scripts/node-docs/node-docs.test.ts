import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../root.ts";
import { checkNodeDocs } from "./node-docs.ts";

test("every node type has its page, and every page its node type", async () => {
  const root = mkdtempSync(path.join(tmpdir(), "holdfast-docs-"));
  try {
    cpSync(path.join(ROOT, "docs/nodes"), path.join(root, "docs/nodes"), { recursive: true });
    expect((await checkNodeDocs(root)).findings).toEqual([]);
    writeFileSync(path.join(root, "docs/nodes/sleep.md"), "# Something else\n");
    rmSync(path.join(root, "docs/nodes/end.md"));
    writeFileSync(path.join(root, "docs/nodes/gone.md"), "# Gone\n");
    expect((await checkNodeDocs(root)).findings).toEqual([
      { file: "docs/nodes/sleep.md", message: "is stale; npm run docs:nodes makes it anew" },
      { file: "docs/nodes/end.md", message: "is missing; npm run docs:nodes makes it" },
      { file: "docs/nodes/gone.md", message: "is the page of no node type" },
    ]);
  } finally {
    rmSync(root, { recursive: true });
  }
});
