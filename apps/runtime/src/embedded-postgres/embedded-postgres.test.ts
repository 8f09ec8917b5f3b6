import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isRoot } from "./account.ts";
import {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  type EmbeddedPostgresProgress,
  startEmbeddedPostgres,
} from "./embedded-postgres.ts";
import { readPidFile } from "./pid-file.ts";
import { findData } from "./placement.ts";
import { isAlive } from "./processes.ts";

const MODULE = new URL("./embedded-postgres.ts", import.meta.url).href;

let dir: string;
let running: EmbeddedPostgres[];

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "holdfast-embedded-"));
  await chmod(dir, 0o711);
  running = [];
});

afterEach(async () => {
  for (const server of running) await server.stop();
  await rm(dir, { recursive: true, force: true });
});

async function start(options: Partial<EmbeddedPostgresOptions> = {}): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dir, ...options });
  running.push(server);
  return server;
}

async function ask(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

/** Starts the server from a process of its own and kills that process. */
async function startAndKillParent(): Promise<number> {
  const script = `
    import { startEmbeddedPostgres } from ${JSON.stringify(MODULE)};
    const { pid } = await startEmbeddedPostgres({ dir: ${JSON.stringify(dir)} });
    process.stdout.write(String(pid));
    setInterval(() => {}, 1000);`;
  const parent = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [pid] = await once(parent.stdout, "data");
  const gone = once(parent, "exit");
  parent.kill("SIGKILL");
  await gone;
  return Number(String(pid));
}

describe("startEmbeddedPostgres", () => {
  it("creates a database on the first start and finds it again on the second", async () => {
    const phases: string[] = [];
    const onProgress = ({ phase }: EmbeddedPostgresProgress): void => void phases.push(phase);
    const first = await start({ onProgress });
    await ask(first.url, "create table kept as select 1 as n");
    await first.stop();
    expect(await isAlive(first.pid)).toBe(false);

    const second = await start({ onProgress });
    expect(await ask(second.url, "select n from kept")).toEqual([{ n: 1 }]);
    expect(second.url).toBe(first.url);
    expect(phases).toEqual(["create", "start", "ready", "start", "ready"]);
  });

  it("listens on this machine only, with a password that its owner alone can read", async () => {
    const server = await start();
    const settings = await ask(
      server.url,
      `select current_setting('listen_addresses') as listen, current_setting('synchronous_commit') as commits,
              current_setting('fsync') as fsync, current_setting('max_connections') as connections`,
    );
    expect(settings).toEqual([{ listen: "127.0.0.1", commits: "on", fsync: "on", connections: "100" }]);
    expect((await stat(join(dir, "postgres.password"))).mode & 0o777).toBe(0o600);
    const wrong = new URL(server.url);
    wrong.password = "guess";
    await expect(ask(wrong.href, "select 1")).rejects.toThrow("password authentication failed");
  });

  it("goes on with the server of a killed runtime", async () => {
    const orphan = await startAndKillParent();
    const server = await start();
    expect(server.pid).toBe(orphan);
    expect(await ask(server.url, "select 1 as n")).toEqual([{ n: 1 }]);
    await server.stop();
    expect(await isAlive(orphan)).toBe(false);
  });

  it("recovers after the server and its runtime were killed", async () => {
    const orphan = await startAndKillParent();
    process.kill(orphan, "SIGKILL");
    const server = await start();
    expect(server.pid).not.toBe(orphan);
    expect(await ask(server.url, "select 1 as n")).toEqual([{ n: 1 }]);
  });

  it("is not fooled by a pid file whose id now belongs to another program", async () => {
    await (await start()).stop();
    const { dataDir } = await findData(dir);
    const lines = [process.pid, dataDir, 1, 5432, "", "127.0.0.1", "", "ready"];
    await writeFile(join(dataDir, "postmaster.pid"), lines.join("\n"));
    const server = await start();
    expect((await readPidFile(dataDir))?.pid).toBe(server.pid);
  });

  it("takes another port if its last one is in use", async () => {
    const first = await start();
    await first.stop();
    const squatter = createServer().listen(first.port, "127.0.0.1");
    await once(squatter, "listening");
    const second = await start();
    expect(second.port).not.toBe(first.port);
    squatter.close();
  });

  it("tells when the server ends by itself", async () => {
    const warnings: string[] = [];
    const server = await start({ logger: { warn: (message) => void warnings.push(message) } });
    process.kill(server.pid, "SIGKILL");
    await server.ended;
    expect(warnings).toEqual([`Postgres (process ${server.pid}) has ended; see ${join(dir, "postgres.log")}`]);
  });

  it.runIf(isRoot())("keeps root's data where the unprivileged account can reach it", async () => {
    const systemDir = await mkdtemp(join(tmpdir(), "holdfast-system-"));
    await chmod(systemDir, 0o755);
    await chmod(dir, 0o700);
    const first = await start({ systemDir });
    await ask(first.url, "create table kept as select 1 as n");
    await first.stop();
    expect((await findData(dir)).dataDir.startsWith(systemDir)).toBe(true);
    const second = await start({ systemDir });
    expect(await ask(second.url, "select n from kept")).toEqual([{ n: 1 }]);
    await second.stop();
    await rm(systemDir, { recursive: true });
  });
});

describe("one clear line", () => {
  it("for a folder that another runtime uses", async () => {
    await start();
    await expect(startEmbeddedPostgres({ dir })).rejects.toMatchObject({
      code: "in_use",
      message: `${dir} is in use by another Holdfast (process ${process.pid}). Stop it, or choose another --data folder.`,
    });
  });

  it("for a folder that can't be made", async () => {
    const file = join(dir, "file");
    await writeFile(file, "");
    await expect(startEmbeddedPostgres({ dir: join(file, "data") })).rejects.toMatchObject({
      code: "not_writable",
      message: `Can't write to ${join(file, "data")}: a part of the path is a file.`,
    });
  });

  it("for data of another major version, which stays untouched", async () => {
    await (await start()).stop();
    const version = join(dir, "postgres", "PG_VERSION");
    await writeFile(version, "15\n");
    await expect(startEmbeddedPostgres({ dir })).rejects.toMatchObject({
      code: "wrong_version",
      message: expect.stringContaining("was written by Postgres 15 and this is Postgres 18") as unknown,
    });
    expect(await readFile(version, "utf8")).toBe("15\n");
  });

  it("for a lost password", async () => {
    await (await start()).stop();
    await rm(join(dir, "postgres.password"));
    await expect(startEmbeddedPostgres({ dir })).rejects.toMatchObject({ code: "data_incomplete" });
  });

  it("for data that is gone", async () => {
    await symlink(join(dir, "nowhere"), join(dir, "postgres"));
    await expect(startEmbeddedPostgres({ dir })).rejects.toMatchObject({ code: "data_incomplete" });
  });

  it("for a server that refuses to start, with the server's own reason", async () => {
    await (await start()).stop();
    const configuration = join(dir, "postgres", "postgresql.auto.conf");
    await writeFile(configuration, "no_such_setting = 1\n");
    await expect(startEmbeddedPostgres({ dir })).rejects.toMatchObject({
      code: "start_failed",
      message: expect.stringContaining("no_such_setting") as unknown,
    });
  });

  it("and afterwards the folder is free again", async () => {
    await symlink(join(dir, "nowhere"), join(dir, "postgres"));
    await expect(startEmbeddedPostgres({ dir })).rejects.toThrow("leads to");
    await rm(join(dir, "postgres"));
    expect((await start()).pid).toBeGreaterThan(0);
  });
});
