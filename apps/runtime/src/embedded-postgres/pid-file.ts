import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { commandLineOf, isAlive } from "./processes.ts";

/** What a running server tells in `postmaster.pid`. */
export interface PidFile {
  readonly pid: number;
  readonly port: number | undefined;
  /** `ready` once it takes connections. */
  readonly status: string;
}

/** No system gives out an id as high as this one. */
const NOBODYS_PID = 4_194_305;

export async function readPidFile(dataDir: string): Promise<PidFile | undefined> {
  const text = await readFile(join(dataDir, "postmaster.pid"), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const lines = text.split("\n");
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return { pid, port: Number.isInteger(port) && port > 0 ? port : undefined, status: (lines[7] ?? "").trim() };
}

/** The server that runs on this data right now, if one does. */
export async function findRunning(dataDir: string): Promise<PidFile | undefined> {
  const file = await readPidFile(dataDir);
  if (file === undefined || !(await isAlive(file.pid))) return undefined;
  return (await commandLineOf(file.pid))?.includes(dataDir) ? file : undefined;
}

/**
 * Postgres clears a pid file whose process is gone, but believes one whose id has meanwhile gone to another program
 * or is a zombie. Such a file gets an id that nobody has; its other lines stay, since by them Postgres makes sure
 * that no orphaned backend still writes to the data.
 *
 * Call it only if `findRunning` found nothing.
 */
export async function disarmStalePidFile(dataDir: string): Promise<void> {
  const path = join(dataDir, "postmaster.pid");
  const text = await readFile(path, "utf8").catch(() => undefined);
  if (text === undefined) return;
  await writeFile(path, text.replace(/^.*/, String(NOBODYS_PID)));
}
