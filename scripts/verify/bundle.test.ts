import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { initialFiles, MOST_BYTES, weigh } from "./bundle.ts";

const manifest = {
  "index.html": { file: "assets/index.js", isEntry: true, imports: ["_react.js", "_ui.js"], css: ["assets/index.css"] },
  "_react.js": { file: "assets/react.js" },
  "_ui.js": { file: "assets/ui.js", imports: ["_react.js"] },
  "src/pages/page.tsx": { file: "assets/page.js", isDynamicEntry: true, imports: ["_ui.js"] },
};

describe("what loads first", () => {
  it("is the entry with what it imports, each once, and no page", () => {
    expect(initialFiles(manifest).toSorted()).toEqual(["assets/index.js", "assets/react.js", "assets/ui.js"]);
  });

  it("passes while it is small", () => {
    const { files, findings } = weigh(manifest, () => Buffer.from("export {};"));
    expect(files).toBe(3);
    expect(findings).toEqual([]);
  });

  it("fails when it grows too large", () => {
    // What is random does not compress.
    const { bytes, findings } = weigh(manifest, () => randomBytes(MOST_BYTES / 2));
    expect(bytes).toBeGreaterThan(MOST_BYTES);
    expect(findings).toHaveLength(1);
  });

  it.each([undefined, null, {}, { "a.js": { file: "assets/a.js" } }])("fails when it sees no build (%j)", (nothing) => {
    expect(weigh(nothing, () => Buffer.from("")).findings).toHaveLength(1);
  });
});
