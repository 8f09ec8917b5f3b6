import { readFile } from "node:fs/promises";
import { systemCode } from "./errors.ts";
import { runProgram } from "./run-program.ts";

/** Whether a process with this id exists and has not ended. A zombie that nobody collects has ended. */
export async function isAlive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (systemCode(error) !== "EPERM") return false;
  }
  return process.platform !== "linux" || (await stateOf(pid))?.state !== "Z";
}

/**
 * Tells a process from a later one that got the same id.
 *
 * @returns undefined if there is no such process.
 */
export async function birthOf(pid: number): Promise<string | undefined> {
  if (process.platform === "linux") return (await stateOf(pid))?.startTime;
  return ps(pid, "lstart=");
}

/** The words of the command line, or the line as a whole where the system does not keep them apart. */
export async function commandLineOf(pid: number): Promise<string | undefined> {
  if (process.platform !== "linux") return ps(pid, "command=");
  const words = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => undefined);
  return words?.replaceAll("\0", " ").trim();
}

async function stateOf(pid: number): Promise<{ state: string; startTime: string } | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  // The second field is the name in parentheses and may hold blanks.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const [state, startTime] = [fields[0], fields[19]];
  return state === undefined || startTime === undefined ? undefined : { state, startTime };
}

async function ps(pid: number, format: string): Promise<string | undefined> {
  try {
    return (await runProgram("ps", ["-o", format, "-p", String(pid)])).trim() || undefined;
  } catch {
    return undefined;
  }
}
