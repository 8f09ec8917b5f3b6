import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { open, readFile, rename, stat } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import type { Account } from "./account.ts";
import type { Binaries } from "./binaries.ts";
import { serverEnvironment } from "./cluster.ts";
import { EmbeddedPostgresError, systemCode } from "./errors.ts";
import { type PidFile, disarmStalePidFile, readPidFile } from "./pid-file.ts";
import { isAlive } from "./processes.ts";
import { BASE_SETTINGS, type ServerSettings, settingArguments } from "./settings.ts";

/**
 * - `fast`: ends the connections and shuts down cleanly.
 * - `immediate`: as if the machine lost its power; the next start recovers from the log.
 */
export type StopMode = "fast" | "immediate";

/** A Postgres server process. */
export interface PostgresServer {
  readonly pid: number;
  readonly port: number;
  /** Resolves when the process is gone, whatever the reason; never rejects. */
  readonly ended: Promise<void>;
  /** Resolves when the process is gone. Calling it again, or on a dead server, does nothing. */
  stop(mode: StopMode): Promise<void>;
}

export interface ServerOptions {
  readonly binaries: Binaries;
  readonly dataDir: string;
  readonly account: Account | undefined;
  readonly port: number;
  readonly settings: ServerSettings;
  /** The server's log is appended here. */
  readonly logFile: string;
  /** Told once if the server has to recover from a crash first, which can take a while. */
  readonly onRecovery?: () => void;
}

const POLL_INTERVAL = 20;
/** How often a server that is not our child is looked at. */
const LOOK_INTERVAL = 250;
const START_LIMIT = 10 * 60_000;
const STOP_LIMIT = { fast: 30_000, immediate: 10_000 };
const LOG_LIMIT = 16 * 1024 * 1024;

/**
 * Starts the server and waits until it takes connections. The process is in a session of its own: Ctrl-C in the
 * terminal reaches the runtime alone, which finishes its work and only then stops the server.
 *
 * @throws EmbeddedPostgresError `start_failed` with the server's own reason.
 */
export async function startServer(options: ServerOptions): Promise<PostgresServer> {
  const { binaries, dataDir, account, port, settings, logFile } = options;
  await disarmStalePidFile(dataDir);
  await rotate(logFile);
  const log = await open(logFile, "a", 0o600);
  const { size: logStart } = await log.stat();
  const child = spawn(
    binaries.postgres,
    ["-D", dataDir, ...settingArguments({ ...BASE_SETTINGS, ...settings, port: String(port) })],
    { cwd: "/", env: serverEnvironment(), stdio: ["ignore", log.fd, log.fd], detached: true, ...account },
  );
  try {
    await once(child, "spawn");
  } catch (error) {
    throw new EmbeddedPostgresError("start_failed", `Postgres can't be executed: ${String(error)}`, { cause: error });
  } finally {
    await log.close();
  }
  const server = handleOf(child, port);
  // The server must not keep the runtime's process alive once everything else has ended.
  child.unref();
  const started = await untilReady(server, dataDir, options.onRecovery);
  if (started) return server;
  const reason = await failureIn(logFile, logStart);
  await server.stop("immediate");
  throw new EmbeddedPostgresError("start_failed", `Postgres did not start: ${reason} (all of it in ${logFile})`);
}

/** A server that some other process has started. */
export function attachServer(file: PidFile & { readonly port: number }): PostgresServer {
  return { ...handle(file.pid, untilDead(file.pid)), port: file.port };
}

function handleOf(child: ChildProcess, port: number): PostgresServer {
  const { pid } = child;
  if (pid === undefined) throw new EmbeddedPostgresError("start_failed", "Postgres has no process id.");
  const ended = once(child, "exit").then(() => undefined);
  return { ...handle(pid, ended), port };
}

function handle(pid: number, ended: Promise<void>): Omit<PostgresServer, "port"> {
  let over = false;
  void ended.then(() => {
    over = true;
  });
  const signal = (name: NodeJS.Signals): void => {
    if (!over) kill(pid, name);
  };
  const within = async (limit: number): Promise<boolean> => {
    const timer = new AbortController();
    const late = pause(limit, false, { signal: timer.signal }).catch(() => false);
    const inTime = await Promise.race([ended.then(() => true), late]);
    timer.abort();
    return inTime;
  };
  const stop = async (mode: StopMode): Promise<void> => {
    if (mode === "fast") {
      signal("SIGINT");
      if (await within(STOP_LIMIT.fast)) return;
    }
    signal("SIGQUIT");
    if (await within(STOP_LIMIT.immediate)) return;
    signal("SIGKILL");
    await within(STOP_LIMIT.immediate);
  };
  return { pid, ended, stop };
}

function kill(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (systemCode(error) !== "ESRCH") throw error;
  }
}

/** Only a parent is told of an exit; everybody else has to look. */
async function untilDead(pid: number): Promise<void> {
  while (await isAlive(pid)) await pause(LOOK_INTERVAL, undefined, { ref: false });
}

/** @returns false if the server ended or did not get ready. */
async function untilReady(server: PostgresServer, dataDir: string, onRecovery?: () => void): Promise<boolean> {
  let over = false;
  void server.ended.then(() => {
    over = true;
  });
  const begin = performance.now();
  let told = false;
  while (!over && performance.now() - begin < START_LIMIT) {
    const file = await readPidFile(dataDir);
    if (file?.pid === server.pid && file.status === "ready") return true;
    if (!told && performance.now() - begin > 2_000) {
      told = true;
      onRecovery?.();
    }
    await pause(POLL_INTERVAL);
  }
  return false;
}

/** What the log says about the end of the server: its last complaint and, before it, the cause. */
async function failureIn(logFile: string, from: number): Promise<string> {
  const text = (await readFile(logFile)).subarray(from).toString("utf8");
  const messages = text.split("\n").flatMap((line) => {
    const message = /\b(?:FATAL|PANIC|ERROR|WARNING|LOG):\s*(.+)$/.exec(line)?.[1] ?? "";
    return message === "" || /shut down|^starting|^ending log/.test(message) ? [] : [message];
  });
  return messages.slice(-2).join("; ") || (text.trim().split("\n").at(-1) ?? "it ended without a word");
}

async function rotate(logFile: string): Promise<void> {
  const size = await stat(logFile).then(
    (entry) => entry.size,
    () => 0,
  );
  if (size > LOG_LIMIT) await rename(logFile, `${logFile}.1`);
}
