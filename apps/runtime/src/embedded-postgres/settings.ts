import { totalmem } from "node:os";

/** Names and values of Postgres' own settings. */
export type ServerSettings = { readonly [name: string]: string };

const MIB = 1024 * 1024;

/** What every embedded server is started with: reachable from this machine only, by TCP and password. */
export const BASE_SETTINGS: ServerSettings = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  log_timezone: "UTC",
  timezone: "UTC",
};

/**
 * For one Holdfast on a machine that does other things too. Nothing here trades a promise for speed: `fsync`,
 * `full_page_writes` and `synchronous_commit` stay on.
 */
export function productionSettings(memory: number = totalmem()): ServerSettings {
  const buffers = Math.min(512, Math.max(64, Math.floor(memory / MIB / 16)));
  return {
    max_connections: "100",
    shared_buffers: `${buffers}MB`,
    effective_cache_size: `${Math.max(256, Math.floor(memory / MIB / 4))}MB`,
    synchronous_commit: "on",
    // Checkpoints every quarter of an hour instead of after each 1 GB: fewer full pages in the log.
    max_wal_size: "2GB",
    min_wal_size: "256MB",
    checkpoint_timeout: "15min",
    // All statements are short: compiling them or sharing them among processes costs more than it gains, and
    // containers often have little shared memory.
    jit: "off",
    max_parallel_workers_per_gather: "0",
    random_page_cost: "1.1",
    // Hot tables change often and stay small.
    autovacuum_naptime: "15s",
    log_checkpoints: "off",
    log_min_messages: "warning",
  };
}

/** As arguments of the `postgres` program. */
export function settingArguments(settings: ServerSettings): string[] {
  return Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}
