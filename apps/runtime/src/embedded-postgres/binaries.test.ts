import { mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { copyPrograms, findBinaries } from "./binaries.ts";

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "holdfast-binaries-"));
});

afterEach(() => rm(dir, { recursive: true }));

describe("findBinaries", () => {
  it("finds the installed Postgres", async () => {
    const { major, version, postgres } = await findBinaries();
    expect(major).toBe(18);
    expect(version).toMatch(/^18\./);
    expect(postgres).toMatch(/bin\/postgres$/);
  });
});

describe("copyPrograms", () => {
  it("copies once, links as links, and leaves nothing half done", async () => {
    const root = join(dir, "native");
    await mkdir(join(root, "lib"), { recursive: true });
    await writeFile(join(root, "lib", "libpq.so.5.18"), "library");
    await symlink("libpq.so.5.18", join(root, "lib", "libpq.so.5"));
    const target = join(dir, "system", "postgres-18");
    expect(await copyPrograms(root, target)).toBe(target);
    await rm(root, { recursive: true });
    expect(await copyPrograms(root, target)).toBe(target);
    expect(await readFile(join(target, "lib", "libpq.so.5"), "utf8")).toBe("library");
    expect(await readdir(join(dir, "system"))).toEqual(["postgres-18"]);
  });
});
