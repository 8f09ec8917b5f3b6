/** Servers of test runs that were killed: each leaves a note beside its data that says whose it was. */
import { readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { attachServer, birthOf, findRunning } from "@holdfast/runtime/embedded-postgres";
import type { TestPostgres } from "./postgres.ts";

const NOTE = "owner.json";

/** Notes that the server goes with this process. */
export async function rememberServer(server: TestPostgres): Promise<void> {
  const owner = { pid: process.pid, birth: await birthOf(process.pid) };
  await writeFile(join(dirname(server.logFile), NOTE), JSON.stringify(owner));
}

/** The folders of servers whose owners are gone. */
export async function findLeftovers(): Promise<string[]> {
  const names = await readdir(tmpdir());
  const folders = names.filter((name) => name.startsWith("holdfast-postgres-")).map((name) => join(tmpdir(), name));
  const orphaned = await Promise.all(folders.map(isOrphaned));
  return folders.filter((_, index) => orphaned[index]);
}

export async function stopLeftover(folder: string): Promise<void> {
  const running = await findRunning(join(folder, "data"));
  if (running) await attachServer({ ...running, port: running.port ?? 0 }).stop("immediate");
  await rm(folder, { recursive: true, force: true });
}

async function isOrphaned(folder: string): Promise<boolean> {
  try {
    const owner: unknown = JSON.parse(await readFile(join(folder, NOTE), "utf8"));
    if (typeof owner !== "object" || owner === null || !("pid" in owner) || !("birth" in owner)) return false;
    return typeof owner.pid === "number" && (await birthOf(owner.pid)) !== owner.birth;
  } catch {
    // Being made right now, or not ours.
    return false;
  }
}
