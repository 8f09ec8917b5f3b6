import { readFile, rm, writeFile } from "node:fs/promises";
import { EmbeddedPostgresError, systemCode } from "./errors.ts";
import { birthOf, isAlive } from "./processes.ts";

/**
 * Makes this process the only one that starts and stops the server of a folder. A claim whose process is gone counts
 * for nothing.
 *
 * @returns how to give the claim back.
 * @throws EmbeddedPostgresError `in_use`
 */
export async function claim(file: string, dir: string): Promise<() => Promise<void>> {
  const mine = `${process.pid} ${(await birthOf(process.pid)) ?? ""}`;
  for (;;) {
    try {
      await writeFile(file, mine, { flag: "wx", mode: 0o600 });
      return () => rm(file, { force: true });
    } catch (error) {
      if (systemCode(error) !== "EEXIST") throw error;
    }
    const theirs = await readFile(file, "utf8").catch(() => "");
    const pid = await livingOwner(theirs);
    if (pid !== undefined) {
      throw new EmbeddedPostgresError(
        "in_use",
        `${dir} is in use by another Holdfast (process ${pid}). Stop it, or choose another --data folder.`,
      );
    }
    await rm(file, { force: true });
  }
}

async function livingOwner(text: string): Promise<number | undefined> {
  const [, digits, birth] = /^(\d+) (.*)$/s.exec(text) ?? [];
  const pid = Number(digits);
  if (digits === undefined || !(await isAlive(pid))) return undefined;
  return (await birthOf(pid)) === birth ? pid : undefined;
}
