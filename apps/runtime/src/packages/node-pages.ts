/** The pages of the node types in the packages that stand in a workspace itself: one file a type, in the package's `docs`. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { pageText } from "@holdfast/dsl";
import { findPackage } from "./find-package.ts";
import { loadPackage } from "./load-package.ts";
import { PackageError } from "./package-error.ts";
import { readWorkspace } from "./workspace.ts";

export interface NodePageFile {
  readonly type: string;
  /** Relative to the workspace. */
  readonly file: string;
  readonly text: string;
  /** Whether the file says that already. */
  readonly current: boolean;
}

const MADE_BY = "holdfast node docs";

/** @throws PackageError where there is no package, or one can't be loaded */
export async function nodePages(dir: string, only?: string): Promise<readonly NodePageFile[]> {
  const workspace = await readWorkspace(dir);
  const own = workspace.nodes.filter((specifier) => specifier.startsWith(".") && (only ?? specifier) === specifier);
  if (own.length === 0) throw new PackageError([`no package stands in ${dir}; holdfast node new makes one`]);
  const pages: NodePageFile[] = [];
  for (const specifier of own) {
    const found = await findPackage(workspace, specifier);
    for (const { manifest } of await loadPackage(found)) {
      const file = path.join(found.dir, "docs", `${manifest.type}.md`);
      const text = pageText(manifest, MADE_BY);
      const said = await readFile(file, "utf8").catch(() => undefined);
      pages.push({ type: manifest.type, file: path.relative(dir, file), text, current: said === text });
    }
  }
  return pages;
}

export async function writeNodePages(dir: string, pages: readonly NodePageFile[]): Promise<void> {
  for (const { file, text, current } of pages) {
    if (current) continue;
    const target = path.join(dir, file);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, text);
  }
}
