import { readFile, realpath, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { EmbeddedPostgresError, systemCode } from "./errors.ts";

/** The unix account that Postgres runs as, where that is not our own. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** Accounts without rights of their own, the most specific first. No account is ever created. */
const CANDIDATES = ["postgres", "_postgres", "nobody"];

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * The account for new data: `undefined` stands for our own. Postgres refuses to run as root, so root hands it to an
 * unprivileged account that the machine has.
 *
 * @throws EmbeddedPostgresError `no_account`
 */
export async function accountForNewData(): Promise<Account | undefined> {
  if (!isRoot()) return undefined;
  const lines = (await readFile("/etc/passwd", "utf8").catch(() => "")).split("\n").map((line) => line.split(":"));
  for (const name of CANDIDATES) {
    const fields = lines.find(([entry]) => entry === name);
    const account = { uid: Number(fields?.[2]), gid: Number(fields?.[3]) };
    if (account.uid > 0 && account.gid > 0) return account;
  }
  throw new EmbeddedPostgresError(
    "no_account",
    `Postgres does not run as root and none of the accounts ${CANDIDATES.join(", ")} exists. ` +
      "Start Holdfast as an ordinary user, or set DATABASE_URL.",
  );
}

/**
 * The account for data that exists: its owner, so that a folder stays usable whoever starts it with the right to.
 *
 * @throws EmbeddedPostgresError `not_writable` if it belongs to somebody else, or to root.
 */
export async function accountOfData(dataDir: string): Promise<Account | undefined> {
  const { uid, gid } = await stat(dataDir);
  if (isRoot() && uid !== 0) return { uid, gid };
  if (!isRoot() && uid === process.getuid?.()) return undefined;
  throw new EmbeddedPostgresError(
    "not_writable",
    uid === 0
      ? `The database in ${dataDir} belongs to root, and Postgres does not run as root. Give it to an ordinary user with chown -R.`
      : `The database in ${dataDir} belongs to the user with id ${uid}. Start Holdfast as that user, or choose another --data folder.`,
  );
}

/**
 * Whether the account may pass through every folder above `path`. A folder such as `/root` stops it, however the
 * folders inside are set.
 */
export async function canReach(path: string, account: Account | undefined): Promise<boolean> {
  if (account === undefined) return true;
  let folder = await nearestExisting(path);
  for (;;) {
    const entry = await stat(folder);
    if (entry.isDirectory() && (entry.mode & searchBit(entry, account)) === 0) return false;
    const parent = dirname(folder);
    if (parent === folder) return true;
    folder = parent;
  }
}

/** The bit of a folder's mode that says whether the account may pass through. */
function searchBit(folder: Account, account: Account): number {
  if (folder.uid === account.uid) return 0o100;
  return folder.gid === account.gid ? 0o010 : 0o001;
}

async function nearestExisting(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (systemCode(error) !== "ENOENT") throw error;
    return nearestExisting(dirname(path));
  }
}
