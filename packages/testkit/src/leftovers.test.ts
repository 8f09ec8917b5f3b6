import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { isAlive } from "@holdfast/runtime/embedded-postgres";
import { expect, it } from "vitest";
import { clearLeftover, findLeftovers } from "./leftovers.ts";
import { startPostgres } from "./postgres.ts";

/** Starts a server from a process of its own and kills that process. */
async function abandonServer(): Promise<{ pid: number; folder: string }> {
  const script = `
    import { startPostgres } from ${JSON.stringify(new URL("./postgres.ts", import.meta.url).href)};
    const server = await startPostgres();
    process.stdout.write(server.pid + " " + server.logFile);
    setInterval(() => {}, 1000);`;
  const owner = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [output] = await once(owner.stdout, "data");
  const gone = once(owner, "exit");
  owner.kill("SIGKILL");
  await gone;
  const [pid, logFile] = String(output).split(" ");
  return { pid: Number(pid), folder: dirname(String(logFile)) };
}

it("finds the server of a killed run and takes it away", async () => {
  const { pid, folder } = await abandonServer();
  expect(await isAlive(pid)).toBe(true);
  const leftover = { folder, dataDir: join(folder, "data") };
  expect(await findLeftovers()).toContainEqual(leftover);
  await clearLeftover(leftover);
  expect(await isAlive(pid)).toBe(false);
  expect(existsSync(folder)).toBe(false);
});

it("leaves the server of a living run alone", async () => {
  const server = await startPostgres();
  const folders = (await findLeftovers()).map(({ folder }) => folder);
  expect(folders).not.toContain(dirname(server.logFile));
  await server.stop("immediate");
});
