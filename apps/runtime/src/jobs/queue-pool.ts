/**
 * Connections for graphile-worker. It tries a statement again only on the codes it knows, and a lost connection is not
 * among them: one that is lost while a job is being completed would be an unhandled rejection, and end the process. So
 * its pool says "try again" in the one word that it understands. All its statements may be run twice.
 */
import type pg from "pg";
import { createPool, type PoolOptions } from "../database/pool.ts";

/** serialization_failure: tried again after 50 ms to 5 s. */
const TRY_AGAIN = "40001";

/** Connection exceptions, operator interventions, and what the socket itself says. */
const LOST = /^(?:08\w{3}|57P0[123]|E(?:CONNRESET|CONNREFUSED|CONNABORTED|PIPE|TIMEDOUT|HOSTUNREACH|NETUNREACH))$/;

export function createQueuePool(options: PoolOptions): pg.Pool {
  const pool = createPool(options);
  translate(pool, "connect");
  pool.on("connect", (client) => translate(client, "query"));
  return pool;
}

/** Lets the promises of a method reject with the code that is tried again, where a connection was lost. */
function translate(target: pg.Pool | pg.PoolClient, method: "connect" | "query"): void {
  const original: unknown = Reflect.get(target, method);
  if (typeof original !== "function") throw new TypeError(`there is no ${method} to translate`);
  const translated = (...args: unknown[]): unknown => {
    const result: unknown = Reflect.apply(original, target, args);
    return result instanceof Promise
      ? result.catch((error: unknown) => {
          throw tryAgain(error);
        })
      : result;
  };
  Object.defineProperty(target, method, { value: translated });
}

function tryAgain(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  const lost = code === undefined ? /connection/i.test(error.message) : LOST.test(code);
  return lost ? Object.assign(new Error(error.message, { cause: error }), { code: TRY_AGAIN }) : error;
}
