/**
 * Where the story happens: a folder and a database of its own. Nothing of it is left afterwards, not even when the
 * story breaks off where the runtime is dead and its database and shop are not.
 */
import type { ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chmod, mkdtemp, readFile, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { z } from "zod";
import { birthOf, findRunning, startEmbeddedPostgres } from "../../src/embedded-postgres/index.ts";
import { StoryError } from "./story-error.ts";

const STOP_MS = 15_000;
const shopFile = z.looseObject({ pid: z.int(), birth: z.string() });

export class Place {
  readonly dir: string;
  /** Empty: Holdfast brings its own. */
  readonly databaseUrl: string;
  readonly #server: { readonly url: string; readonly name: string } | undefined;
  #runtime: ChildProcess | undefined;
  #clearing = false;

  private constructor(dir: string, server: { url: string; name: string } | undefined) {
    this.dir = dir;
    this.#server = server;
    this.databaseUrl = server === undefined ? "" : withDatabase(server.url, server.name);
  }

  /** @param serverUrl a Postgres server, on which a database is made for the story. */
  static async make(serverUrl: string | undefined): Promise<Place> {
    const server =
      serverUrl === undefined || serverUrl === ""
        ? undefined
        : { url: serverUrl, name: `holdfast_demo_${randomBytes(6).toString("hex")}` };
    if (server !== undefined) await onServer(server.url, `create database ${server.name}`);
    const dir = await mkdtemp(join(tmpdir(), "holdfast-demo-"));
    // Root's Postgres runs as somebody else, who has to pass through. The files in it are their owner's alone.
    await chmod(dir, 0o711);
    return new Place(dir, server);
  }

  /** The runtime that is to be ended with the story. */
  owns(runtime: ChildProcess): void {
    this.#runtime = runtime;
    // The story was broken off and does not know it yet.
    if (this.#clearing) runtime.kill("SIGKILL");
  }

  /** Ends whatever runs here, and removes everything. Resolves with whether the runtime ended in order. */
  async clear(): Promise<boolean> {
    this.#clearing = true;
    const inOrder = await this.#endRuntime();
    await this.#endShop();
    await this.#endPostgres();
    if (this.#server !== undefined) {
      await onServer(this.#server.url, `drop database if exists ${this.#server.name} with (force)`);
    }
    await rm(this.dir, { recursive: true, force: true });
    return inOrder;
  }

  async #endRuntime(): Promise<boolean> {
    const runtime = this.#runtime;
    if (runtime === undefined || runtime.exitCode !== null || runtime.signalCode !== null) return true;
    const ended = once(runtime, "exit");
    runtime.kill("SIGTERM");
    const overdue = setTimeout(() => runtime.kill("SIGKILL"), STOP_MS);
    await ended;
    clearTimeout(overdue);
    return runtime.exitCode === 0;
  }

  /** Goes on with the server that a killed runtime has left, and stops it. The data may lie behind a link. */
  async #endPostgres(): Promise<void> {
    const data = await realpath(join(this.dir, "postgres")).catch(() => undefined);
    if (data === undefined) return;
    if ((await findRunning(data)) !== undefined) await (await startEmbeddedPostgres({ dir: this.dir })).stop();
    await rm(data, { recursive: true, force: true });
  }

  /** It outlives a killed runtime. Only the very process that the folder names is ended. */
  async #endShop(): Promise<void> {
    const text = await readFile(join(this.dir, "shop.json"), "utf8").catch(() => "null");
    const shop = shopFile.safeParse(JSON.parse(text)).data;
    if (shop === undefined || (await birthOf(shop.pid)) !== shop.birth) return;
    process.kill(shop.pid, "SIGTERM");
    while ((await birthOf(shop.pid)) === shop.birth) await pause(50);
  }
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    await client.query(statement);
  } catch (error) {
    throw new StoryError(`DATABASE_URL: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  } finally {
    await client.end().catch(() => undefined);
  }
}
