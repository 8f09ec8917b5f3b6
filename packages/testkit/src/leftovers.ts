/** Servers of test runs that were killed: each server leaves a note beside its log that says whose it was. */
import { readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { attachServer, birthOf, findRunning } from "@holdfast/runtime/embedded-postgres";

/** The folders of test servers are called so, in the system's temporary folder. */
export const FOLDER_PREFIX = "holdfast-postgres-";

const NOTE = "owner.json";

interface Note {
  readonly pid: number;
  /** Tells the owner from a later process with its id. */
  readonly birth?: string;
  readonly dataDir: string;
}

/** A server that outlived its test run. */
export interface Leftover {
  readonly folder: string;
  readonly dataDir: string;
}

/** Notes in the server's folder that the server goes with this process. */
export async function noteOwner(folder: string, dataDir: string): Promise<void> {
  const birth = await birthOf(process.pid);
  const note: Note = { pid: process.pid, ...(birth !== undefined && { birth }), dataDir };
  await writeFile(join(folder, NOTE), JSON.stringify(note));
}

/** Servers whose owners are gone. */
export async function findLeftovers(): Promise<Leftover[]> {
  const names = await readdir(tmpdir());
  const folders = names.filter((name) => name.startsWith(FOLDER_PREFIX)).map((name) => join(tmpdir(), name));
  const found = await Promise.all(folders.map(leftoverIn));
  return found.filter((leftover) => leftover !== undefined);
}

/** Ends the server, if it still runs, and removes its folder. */
export async function clearLeftover({ folder, dataDir }: Leftover): Promise<void> {
  const running = await findRunning(dataDir);
  if (running) await attachServer({ ...running, port: running.port ?? 0 }).stop("immediate");
  await rm(folder, { recursive: true, force: true });
}

async function leftoverIn(folder: string): Promise<Leftover | undefined> {
  const note = parseNote(await readFile(join(folder, NOTE), "utf8").catch(() => ""));
  // Without a note it is being made right now, or not ours.
  if (note === undefined || (await birthOf(note.pid)) === note.birth) return undefined;
  return { folder, dataDir: note.dataDir };
}

function parseNote(text: string): Note | undefined {
  try {
    const note: unknown = JSON.parse(text);
    return isNote(note) ? note : undefined;
  } catch {
    return undefined;
  }
}

function isNote(value: unknown): value is Note {
  if (typeof value !== "object" || value === null || !("pid" in value) || !("dataDir" in value)) return false;
  return typeof value.pid === "number" && typeof value.dataDir === "string";
}
