/** Processor time of the server's processes, where the operating system tells it. */
import { readFile } from "node:fs/promises";

/** Of a clock tick, as Linux counts in `/proc`. */
const TICK_MS = 10;

/** Milliseconds of processor time of these processes so far; undefined where it can't be known (another machine). */
export async function cpuOf(pids: readonly number[]): Promise<number | undefined> {
  let ticks = 0;
  for (const pid of pids) {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
    // The name of the program may hold anything; what comes after its closing parenthesis is numbers.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const used = Number(fields[11]) + Number(fields[12]);
    if (!Number.isFinite(used)) return undefined;
    ticks += used;
  }
  return ticks * TICK_MS;
}
