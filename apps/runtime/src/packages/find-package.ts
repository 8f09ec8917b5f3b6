/** Where a package is, and the file by which it is entered. */
import { readFile, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { PackageError } from "./package-error.ts";
import { reason, WORKSPACE_FILE, type Workspace } from "./workspace.ts";

export interface FoundPackage {
  /** As the workspace names it. */
  readonly specifier: string;
  readonly name: string;
  /** Of the package itself. */
  readonly version: string;
  readonly dir: string;
  readonly entry: string;
}

const target = z.union([z.string(), z.looseObject({ import: z.string().optional(), default: z.string().optional() })]);

const packageFile = z.looseObject({
  name: z.string().min(1),
  version: z.string().default("0.0.0"),
  main: z.string().optional(),
  exports: z.union([z.string(), z.looseObject({ ".": target.optional() })]).optional(),
});

/** @throws PackageError */
export async function findPackage(workspace: Workspace, specifier: string): Promise<FoundPackage> {
  const where = `${path.join(workspace.dir, WORKSPACE_FILE)}: “${specifier}”`;
  const dir = await folderOf(workspace.dir, specifier);
  if (dir === undefined) {
    const hint = specifier.startsWith(".")
      ? "there is no such folder"
      : `it is not installed; npm install ${specifier}`;
    throw new PackageError([`${where}: ${hint}`]);
  }
  const file = path.join(dir, "package.json");
  let json: unknown;
  try {
    json = JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    throw new PackageError([`${where}: ${file} can't be read: ${reason(error)}`], { cause: error });
  }
  const parsed = packageFile.safeParse(json);
  if (!parsed.success) throw new PackageError([`${where}: ${file} is not that of a package: it needs a name`]);
  const { name, version, main, exports } = parsed.data;
  const own = typeof exports === "object" ? exports["."] : exports;
  const entry = path.join(dir, (typeof own === "object" ? (own.import ?? own.default) : own) ?? main ?? "index.js");
  if (!(await exists(entry))) {
    throw new PackageError([`${where}: its entry ${entry} is not there; \`exports\` in ${file} names it`]);
  }
  return { specifier, name, version, dir, entry };
}

async function folderOf(from: string, specifier: string): Promise<string | undefined> {
  if (specifier.startsWith(".") || path.isAbsolute(specifier)) {
    const dir = path.resolve(from, specifier);
    return (await exists(dir)) ? realpath(dir) : undefined;
  }
  for (let dir = path.resolve(from); ; dir = path.dirname(dir)) {
    const candidate = path.join(dir, "node_modules", specifier);
    if (await exists(candidate)) return realpath(candidate);
    if (dir === path.dirname(dir)) return undefined;
  }
}

const exists = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );
