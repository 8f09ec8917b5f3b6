import { describe, expect, it } from "vitest";
import { complete, missingPackages, systemOf } from "./platform-packages.ts";

const LOCKFILE = {
  lockfileVersion: 3,
  packages: {
    "": { version: "0.1.0" },
    "node_modules/@tool/linux-x64": { version: "2.0.0", optional: true },
    "node_modules/tool": {
      version: "2.0.0",
      dev: true,
      optionalDependencies: { "@tool/darwin-arm64": "2.0.0", "@tool/linux-x64": "2.0.0" },
    },
  },
};

describe("missingPackages", () => {
  it("finds the systems that the lockfile forgot", () => {
    expect(missingPackages(LOCKFILE)).toEqual([
      { name: "@tool/darwin-arm64", version: "2.0.0", neededBy: "node_modules/tool" },
    ]);
  });
});

describe("complete", () => {
  it("lists them, sorted, and finds nothing more to do", () => {
    const completed = complete(LOCKFILE);
    expect(Object.keys(completed.packages)).toEqual([
      "",
      "node_modules/@tool/darwin-arm64",
      "node_modules/@tool/linux-x64",
      "node_modules/tool",
    ]);
    expect(completed.packages["node_modules/@tool/darwin-arm64"]).toEqual({
      version: "2.0.0",
      dev: true,
      optional: true,
      os: ["darwin"],
      cpu: ["arm64"],
    });
    expect(complete(completed)).toEqual(completed);
  });
});

describe("systemOf", () => {
  it.each([
    ["@turbo/windows-64", { os: ["win32"], cpu: ["x64"] }],
    ["@oxlint/binding-linux-arm-gnueabihf", { os: ["linux"], cpu: ["arm"], libc: ["glibc"] }],
    ["@oxlint/binding-linux-x64-musl", { os: ["linux"], cpu: ["x64"], libc: ["musl"] }],
    ["@oxc-parser/binding-win32-arm64-msvc", { os: ["win32"], cpu: ["arm64"] }],
  ])("reads %s", (name, system) => {
    expect(systemOf(name)).toEqual(system);
  });

  it("refuses a name that tells nothing", () => {
    expect(() => systemOf("bufferutil")).toThrow("bufferutil");
  });
});
