/** The embedded Postgres: the whole of it for the runtime, its parts for tests that treat a server badly. */
export { type Account, accountForNewData } from "./account.ts";
export { type Binaries, findBinaries } from "./binaries.ts";
export { ROLE, createCluster } from "./cluster.ts";
export {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  type EmbeddedPostgresProgress,
  startEmbeddedPostgres,
} from "./embedded-postgres.ts";
export { EmbeddedPostgresError, type EmbeddedPostgresErrorCode } from "./errors.ts";
export { freePort } from "./free-port.ts";
export { type PidFile, findRunning } from "./pid-file.ts";
export { birthOf, isAlive } from "./processes.ts";
export { type PostgresServer, type StopMode, attachServer, startServer } from "./server.ts";
export type { ServerSettings } from "./settings.ts";
