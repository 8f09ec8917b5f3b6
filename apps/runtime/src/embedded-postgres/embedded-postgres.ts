/**
 * The Postgres that comes with Holdfast, for whoever has none.
 *
 *     DIR/postgres            the data (or a link to it, see `placement.ts`)
 *     DIR/postgres.password   made once, readable by its owner alone
 *     DIR/postgres.port       the port of the last start, kept while it is free
 *     DIR/postgres.log        the server's log
 *     DIR/postgres.owner      which runtime uses it now
 *
 * If the runtime is killed the server lives on; the next start finds it and goes on with it.
 */
import { randomBytes } from "node:crypto";
import { access, constants, mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type Account, accountForNewData, accountOfData, canReach } from "./account.ts";
import { type Binaries, findBinaries } from "./binaries.ts";
import { ROLE, checkVersion, createCluster } from "./cluster.ts";
import { canConnect, ensureDatabase } from "./connection.ts";
import { EmbeddedPostgresError, reasonOf } from "./errors.ts";
import { freePort, isFree } from "./free-port.ts";
import { claim } from "./ownership.ts";
import { findRunning } from "./pid-file.ts";
import { findData, placeNewData } from "./placement.ts";
import { type PostgresServer, attachServer, startServer } from "./server.ts";
import { productionSettings } from "./settings.ts";

export interface EmbeddedPostgresProgress {
  /** `create` happens once in the life of a folder and takes seconds; `recover` follows a crash of the machine. */
  readonly phase: "create" | "start" | "reuse" | "recover" | "ready";
  /** A sentence for a terminal. */
  readonly message: string;
}

export interface EmbeddedPostgresOptions {
  /** The folder for everything that lasts, such as `.holdfast`. Made if it is not there. */
  readonly dir: string;
  /**
   * Where root keeps the data and the programs if `dir` is in a folder that no other account may enter. Default:
   * `/var/lib/holdfast`.
   */
  readonly systemDir?: string;
  readonly onProgress?: (progress: EmbeddedPostgresProgress) => void;
  readonly logger?: { warn(message: string): void };
}

export interface EmbeddedPostgres {
  /** With the password in it: not for logs. */
  readonly url: string;
  readonly pid: number;
  readonly port: number;
  /** Resolves when the server is gone, also by itself: without `stop` that is a crash. */
  readonly ended: Promise<void>;
  /** Shuts the server down cleanly and gives the folder back. */
  stop(): Promise<void>;
}

/**
 * Starts the server of a folder, or goes on with the one that a killed runtime left behind.
 *
 * @throws EmbeddedPostgresError with a line that says what to do.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const dir = resolve(options.dir);
  await makeWritable(dir);
  const release = await claim(join(dir, "postgres.owner"), dir);
  try {
    const { server, password } = await bringUp(dir, options);
    const url = urlOf(server.port, password);
    await ensureDatabase(urlOf(server.port, password, "postgres"), ROLE);
    let stopping = false;
    void server.ended.then(() => {
      if (stopping) return;
      options.logger?.warn(`Postgres (process ${server.pid}) has ended; see ${join(dir, "postgres.log")}`);
    });
    options.onProgress?.({ phase: "ready", message: `Postgres is ready on 127.0.0.1:${server.port}` });
    return {
      url,
      pid: server.pid,
      port: server.port,
      ended: server.ended,
      stop: async () => {
        stopping = true;
        await server.stop("fast");
        await release();
      },
    };
  } catch (error) {
    await release();
    throw error;
  }
}

async function bringUp(
  dir: string,
  options: EmbeddedPostgresOptions,
): Promise<{ server: PostgresServer; password: string }> {
  const found = await findData(dir);
  const account = found.exists ? await accountOfData(found.dataDir) : await accountForNewData();
  const binaries = await findBinaries(account, options.systemDir);
  if (!found.exists) {
    options.onProgress?.({ phase: "create", message: "Creating a database (first start only)" });
    const created = await create(dir, binaries, account, options.systemDir);
    return { server: await start(dir, { ...created, binaries, account }, options), password: created.password };
  }
  await checkVersion(found.dataDir, binaries);
  if (!(await canReach(found.dataDir, account))) {
    throw new EmbeddedPostgresError(
      "not_writable",
      `The account that Postgres runs as may not enter the folders above ${found.dataDir}. Move it, or choose another --data folder.`,
    );
  }
  const password = await readPassword(dir);
  const survivor = await reuse(found.dataDir, password, options);
  return { server: survivor ?? (await start(dir, { dataDir: found.dataDir, binaries, account }, options)), password };
}

async function create(
  dir: string,
  binaries: Binaries,
  account: Account | undefined,
  systemDir: string | undefined,
): Promise<{ dataDir: string; password: string }> {
  const password = randomBytes(24).toString("base64url");
  // Before the data: data whose password was never written would be lost.
  await writeFile(passwordFile(dir), password, { mode: 0o600 });
  const place = await placeNewData(dir, account, systemDir);
  await createCluster({ binaries, dataDir: place.dataDir, account, password });
  await place.publish();
  return { dataDir: place.dataDir, password };
}

/** @returns undefined if none is running. One that runs but does not answer is stopped. */
async function reuse(
  dataDir: string,
  password: string,
  options: EmbeddedPostgresOptions,
): Promise<PostgresServer | undefined> {
  const running = await findRunning(dataDir);
  if (running === undefined) return undefined;
  const server = attachServer({ ...running, port: running.port ?? 0 });
  if (await canConnect(urlOf(server.port, password, "postgres"))) {
    options.onProgress?.({ phase: "reuse", message: "Going on with the database server that is still running" });
    return server;
  }
  await server.stop("fast");
  return undefined;
}

async function start(
  dir: string,
  cluster: { readonly dataDir: string; readonly binaries: Binaries; readonly account: Account | undefined },
  options: EmbeddedPostgresOptions,
): Promise<PostgresServer> {
  options.onProgress?.({ phase: "start", message: "Starting the database server" });
  const lastPort = Number(await readFile(portFile(dir), "utf8").catch(() => "0"));
  for (let attempt = 1; ; attempt += 1) {
    const port = attempt === 1 && lastPort > 0 && (await isFree(lastPort)) ? lastPort : await freePort();
    try {
      const server = await startServer({
        ...cluster,
        port,
        settings: productionSettings(),
        logFile: join(dir, "postgres.log"),
        onRecovery: () => {
          options.onProgress?.({ phase: "recover", message: "The database is recovering from a crash" });
        },
      });
      await writeFile(portFile(dir), String(port));
      return server;
    } catch (error) {
      // Somebody took the port between our look and the server's.
      if (attempt === 5 || (await isFree(port))) throw error;
    }
  }
}

async function makeWritable(dir: string): Promise<void> {
  try {
    // Root's server runs as somebody else, who has to pass through.
    await mkdir(dir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
    await access(dir, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new EmbeddedPostgresError("not_writable", `Can't write to ${dir}: ${reasonOf(error)}.`, {
      cause: error,
    });
  }
}

async function readPassword(dir: string): Promise<string> {
  const text = await readFile(passwordFile(dir), "utf8").catch(() => "");
  if (text.trim() !== "") return text.trim();
  throw new EmbeddedPostgresError(
    "data_incomplete",
    `${passwordFile(dir)} is missing or can't be read, and with it the key to the data beside it. Restore it from a backup.`,
  );
}

function passwordFile(dir: string): string {
  return join(dir, "postgres.password");
}

function portFile(dir: string): string {
  return join(dir, "postgres.port");
}

function urlOf(port: number, password: string, database: string = ROLE): string {
  return `postgres://${ROLE}:${password}@127.0.0.1:${port}/${database}`;
}
