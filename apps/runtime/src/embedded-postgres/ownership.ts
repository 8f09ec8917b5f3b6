import { randomUUID } from "node:crypto";
import { readFile, rm, writeFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { EmbeddedPostgresError, systemCode } from "./errors.ts";
import { birthOf, isAlive } from "./processes.ts";

/** Milliseconds. */
const CONTEST = 50;

/**
 * Makes this process the only one that starts and stops the server of a folder. A claim whose process is gone counts
 * for nothing.
 *
 * @returns how to give the claim back.
 * @throws EmbeddedPostgresError `in_use`
 */
export async function claim(file: string, dir: string): Promise<() => Promise<void>> {
  const mine = JSON.stringify({ pid: process.pid, birth: await birthOf(process.pid), claim: randomUUID() });
  for (let contested = false; ; contested = true) {
    if (await create(file, mine)) {
      // Whoever found the same stale claim may remove ours for it; he does so at once or never.
      if (contested) await pause(CONTEST);
      if ((await read(file)) === mine) return () => rm(file, { force: true });
    }
    const pid = await livingOwner(await read(file));
    if (pid !== undefined) {
      throw new EmbeddedPostgresError(
        "in_use",
        `${dir} is in use by another Holdfast (process ${pid}). Stop it, or choose another --data folder.`,
      );
    }
    await rm(file, { force: true });
  }
}

/** @returns false if there is one already. */
async function create(file: string, text: string): Promise<boolean> {
  try {
    await writeFile(file, text, { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if (systemCode(error) === "EEXIST") return false;
    throw error;
  }
}

function read(file: string): Promise<string> {
  return readFile(file, "utf8").catch(() => "");
}

async function livingOwner(text: string): Promise<number | undefined> {
  const owner = parse(text);
  if (owner === undefined || !(await isAlive(owner.pid))) return undefined;
  return (await birthOf(owner.pid)) === owner.birth ? owner.pid : undefined;
}

function parse(text: string): { readonly pid: number; readonly birth: unknown } | undefined {
  try {
    const owner: unknown = JSON.parse(text);
    if (typeof owner !== "object" || owner === null || !("pid" in owner) || !("birth" in owner)) return undefined;
    return typeof owner.pid === "number" && owner.pid > 0 ? { pid: owner.pid, birth: owner.birth } : undefined;
  } catch {
    return undefined;
  }
}
