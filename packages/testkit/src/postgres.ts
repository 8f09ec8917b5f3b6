/** A real Postgres that a test owns alone: to restart it, cut it off, or choose its settings. */
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  ROLE,
  type ServerSettings,
  type StopMode,
  accountForNewData,
  createCluster,
  findBinaries,
  freePort,
  startServer,
} from "@holdfast/runtime/embedded-postgres";
import { FOLDER_PREFIX, noteOwner } from "./leftovers.ts";

export interface TestPostgresOptions {
  /** Where the data goes; it must not exist. Default: a folder in the system's temporary one, removed by `stop`. */
  readonly dataDir?: string;
  /** Default: any free one. */
  readonly port?: number;
  /** Postgres' own. Durability is on unless the test says otherwise, as with `{ fsync: "off" }`. */
  readonly settings?: ServerSettings;
}

export interface TestPostgres {
  /** Of a role that may do everything, and the database `postgres`. Stays the same through restarts. */
  readonly url: string;
  readonly port: number;
  /** Of the process that runs now. */
  readonly pid: number;
  /** The server's log, to look into when a test fails. */
  readonly logFile: string;
  /** `immediate` is a power failure: use it where a test is about crashes, since a clean shutdown proves nothing. */
  stop(mode?: StopMode): Promise<void>;
  restart(mode?: StopMode): Promise<void>;
}

const PASSWORD = "test";

/** Starts a server of its own. It takes about a second. */
export async function startPostgres(options: TestPostgresOptions = {}): Promise<TestPostgres> {
  const account = await accountForNewData();
  const binaries = await findBinaries(account);
  const home = await mkdtemp(join(tmpdir(), FOLDER_PREFIX));
  await chmod(home, 0o711);
  const dataDir = options.dataDir ?? join(home, "data");
  const port = options.port ?? (await freePort());
  const logFile = join(home, "postgres.log");
  await noteOwner(home, dataDir);
  const launch = () =>
    startServer({
      binaries,
      dataDir,
      account,
      port,
      logFile,
      settings: { log_min_messages: "warning", ...options.settings },
    });
  await createCluster({ binaries, dataDir, account, password: PASSWORD, sync: false });
  let server = await launch();
  return {
    url: `postgres://${ROLE}:${PASSWORD}@127.0.0.1:${port}/postgres`,
    port,
    logFile,
    get pid() {
      return server.pid;
    },
    stop: async (mode = "fast") => {
      await server.stop(mode);
      await rm(home, { recursive: true, force: true });
    },
    restart: async (mode = "fast") => {
      await server.stop(mode);
      server = await launch();
    },
  };
}
