/** The repository once more, in a folder that may be spoiled: sources copied, installed packages linked. */
import { cp, mkdir, mkdtemp, readdir, readFile, readlink, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Mutant } from "./mutants.ts";

const LEFT_OUT = new Set(["node_modules", ".git", ".holdfast", ".turbo", "dist"]);

export class WorkspaceCopy implements AsyncDisposable {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async create(root: string): Promise<WorkspaceCopy> {
    const folder = await mkdtemp(path.join(tmpdir(), "holdfast-mutants-"));
    await cp(root, folder, { recursive: true, filter: (source) => !LEFT_OUT.has(path.basename(source)) });
    await linkPackages(path.join(root, "node_modules"), path.join(folder, "node_modules"));
    for (const group of ["apps", "packages"]) {
      for (const name of await readdir(path.join(folder, group))) {
        const installed = path.join(root, group, name, "node_modules");
        await symlink(installed, path.join(folder, group, name, "node_modules"));
      }
    }
    return new WorkspaceCopy(folder);
  }

  /** Does something while what the mutant says is taken out. */
  async with<Result>(mutant: Mutant, work: () => Promise<Result>): Promise<Result> {
    const file = path.join(this.folder, "apps/runtime", mutant.file);
    const text = await readFile(file, "utf8");
    const found = text.split(mutant.from).length - 1;
    if (found !== 1) throw new Error(`${mutant.file} has “${mutant.from}” ${found} times, not once`);
    // As a function: `$1` means nothing in it.
    await writeFile(
      file,
      text.replace(mutant.from, () => mutant.to),
    );
    try {
      return await work();
    } finally {
      await writeFile(file, text);
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }
}

/** Workspace packages are relative links, and so lead into the copy; all others lead to where they are installed. */
async function linkPackages(from: string, to: string): Promise<void> {
  await mkdir(to);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.name === "@holdfast") await linkPackages(source, target);
    else await symlink(entry.isSymbolicLink() ? await readlink(source) : source, target);
  }
}
