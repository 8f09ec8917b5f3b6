/**
 * Structured logs: one JSON object a line on standard error, secrets taken out twice, by the path they stand at and by
 * their value.
 */
import { pino, stdTimeFunctions, type DestinationStream, type Logger as PinoLogger } from "pino";
import { errorFields } from "./error-fields.ts";
import type { Scrubber } from "./scrubber.ts";
import { SECRET_MARK } from "./secret.ts";

export type Logger = PinoLogger;

export const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Names under which secrets travel. */
const SECRET_FIELDS = [
  "authorization",
  "cookie",
  "password",
  "passwordHash",
  "secret",
  "token",
  "apiKey",
  "databaseUrl",
  "connectionString",
];

export interface LoggerOptions {
  readonly level: LogLevel;
  readonly scrubber: Scrubber;
  /** Where lines go; standard error if absent. */
  readonly destination?: DestinationStream;
}

export function createLogger({ level, scrubber, destination }: LoggerOptions): Logger {
  return pino(
    {
      level,
      base: { pid: process.pid },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: {
        paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`, `headers["${field}"]`]),
        censor: SECRET_MARK,
      },
      serializers: { err: (error: unknown) => errorFields(error), error: (error: unknown) => errorFields(error) },
      hooks: { streamWrite: (line) => scrubber.scrub(line) },
    },
    destination ?? process.stderr,
  );
}
