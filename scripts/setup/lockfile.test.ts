import { describe, expect, it } from "vitest";
import { isInstalled, wantedPaths } from "./lockfile.mjs";

const LINUX = { os: "linux", cpu: "x64" };

const LOCKFILE = {
  packages: {
    "": { version: "0.1.0" },
    "packages/dsl": { version: "0.1.0" },
    "node_modules/@holdfast/dsl": { link: true },
    "node_modules/pg": { version: "8.0.0", integrity: "a" },
    "node_modules/tool-linux": { version: "1.0.0", os: ["linux"], cpu: ["x64"], optional: true },
    "node_modules/tool-darwin": { version: "1.0.0", os: ["darwin"], optional: true },
    "node_modules/not-windows": { version: "1.0.0", os: ["!win32"] },
    "bench/node_modules/pg": { version: "7.0.0", integrity: "b" },
  },
};

const INSTALLED = {
  packages: {
    "node_modules/pg": { version: "8.0.0", integrity: "a" },
    "node_modules/tool-linux": { version: "1.0.0", os: ["linux"], cpu: ["x64"], optional: true },
    "node_modules/not-windows": { version: "1.0.0", os: ["!win32"] },
    "bench/node_modules/pg": { version: "7.0.0", integrity: "b" },
  },
};

/** What is installed, with one package changed or, without a change, taken away. */
function installedBut(path: string, change?: object) {
  const others = Object.entries(INSTALLED.packages).filter(([name]) => name !== path);
  return { packages: Object.fromEntries(change === undefined ? others : [...others, [path, change]]) };
}

describe("wantedPaths", () => {
  it("lists what belongs on this system, without the packages of the repository", () => {
    expect(wantedPaths(LOCKFILE, LINUX)).toEqual([
      "node_modules/pg",
      "node_modules/tool-linux",
      "node_modules/not-windows",
      "bench/node_modules/pg",
    ]);
  });
});

describe("isInstalled", () => {
  it("is content with exactly what the lockfile wants", () => {
    expect(isInstalled(LOCKFILE, INSTALLED, LINUX)).toBe(true);
  });

  it.each([
    ["nothing is installed", undefined],
    ["a package is missing", installedBut("node_modules/pg")],
    ["a nested package is missing", installedBut("bench/node_modules/pg")],
    ["a version is another", installedBut("node_modules/pg", { version: "8.0.1", integrity: "a" })],
    ["a content is another", installedBut("node_modules/pg", { version: "8.0.0", integrity: "c" })],
  ])("is not when %s", (_case, installed) => {
    expect(isInstalled(LOCKFILE, installed, LINUX)).toBe(false);
  });

  it("is not when the folder comes from another system", () => {
    expect(isInstalled(LOCKFILE, INSTALLED, { os: "darwin", cpu: "arm64" })).toBe(false);
  });

  it("lets npm leave out what is optional", () => {
    expect(isInstalled(LOCKFILE, installedBut("node_modules/tool-linux"), LINUX)).toBe(true);
  });
});
