import { randomUUID } from "node:crypto";
import { lstat, mkdir, readlink, stat, symlink } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { type Account, canReach } from "./account.ts";
import { EmbeddedPostgresError, systemCode } from "./errors.ts";

/**
 * What root keeps for the server where the project itself lies in a folder that no other account may enter, such as
 * `/root`.
 */
export const SYSTEM_DIR = "/var/lib/holdfast";

/** Where the database is or will be. */
export interface Placement {
  readonly dataDir: string;
  readonly exists: boolean;
}

/**
 * Finds the database of `dir`: in `dir/postgres`, or where that link leads.
 *
 * @throws EmbeddedPostgresError `data_incomplete` if the link leads nowhere: starting afresh would hide lost data.
 */
export async function findData(dir: string): Promise<Placement> {
  const path = join(dir, "postgres");
  const entry = await lstat(path).catch((error: unknown) => {
    if (systemCode(error) === "ENOENT") return undefined;
    throw error;
  });
  if (entry === undefined) return { dataDir: path, exists: false };
  if (!entry.isSymbolicLink()) return { dataDir: path, exists: true };
  const dataDir = resolve(dir, await readlink(path));
  if (await stat(dataDir).catch(() => undefined)) return { dataDir, exists: true };
  throw new EmbeddedPostgresError(
    "data_incomplete",
    `${path} leads to ${dataDir}, which is gone. Restore it, or remove ${path} to begin with an empty database.`,
  );
}

/** Chooses where new data goes. `publish` makes `dir/postgres` lead there once it is complete. */
export async function placeNewData(
  dir: string,
  account: Account | undefined,
  systemDir: string = SYSTEM_DIR,
): Promise<{ readonly dataDir: string; publish(): Promise<void> }> {
  const path = join(dir, "postgres");
  if (await canReach(dir, account)) return { dataDir: path, publish: () => Promise.resolve() };
  const dataDir = join(systemDir, "data", randomUUID());
  await mkdir(dirname(dataDir), { recursive: true, mode: 0o755 });
  return { dataDir, publish: () => symlink(dataDir, path) };
}
