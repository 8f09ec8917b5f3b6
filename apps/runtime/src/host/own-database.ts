/**
 * SQL of flows in the very database where their runs are kept: a change and the record of its sub-step in one
 * transaction, so that it happens exactly once.
 *
 * It runs on a connection of the flow, under a role that has no right on Holdfast's schemas, and never through the group
 * writer: SQL of somebody else may take long, and may fail. What Holdfast adds to its transaction are two functions of
 * schema `holdfast_door` (migration 000012).
 *
 * Invariants
 * O1 A transaction begins only while the epoch is ours, and commits only with the run's row locked at that epoch: a
 *    worker that has lost the run commits nothing.
 * O2 The record is a row of `steps` for (run, node, call): nobody commits a second one, in whichever attempt.
 * O3 The run's row is locked in the message that commits, never while the flow's SQL runs: every write, wake-up and
 *    renewal of the lease waits for that row.
 * O4 The commit is a write of the run like any other: one at a time, in the order of its history.
 */
import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import type { Json } from "@holdfast/dsl";
import { NodeFailure, type OwnDatabase, type SqlSession } from "@holdfast/nodes";
import type { OwnTransaction } from "@holdfast/nodes/executors";
import { inTransaction } from "../database/transaction.ts";
import { findCall, type FoundCall } from "../store/calls.ts";
import { failpoint } from "./failpoint.ts";
import type { Prepared } from "./prepared.ts";
import type { RunFile, SealedCall } from "./run-file.ts";

/** What a role must not be, or be able to become, to be let in: whoever may touch the rows of Holdfast itself. */
const MAY_TOUCH_HOLDFAST = `
  select exists (
    select from pg_catalog.pg_roles r
     where pg_catalog.pg_has_role(session_user, r.oid, 'member')
       and (r.rolsuper or r.rolcreaterole or r.rolreplication
         or r.rolname in ('pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files')
         or exists (select from pg_catalog.pg_namespace n
                     where n.nspname in ('holdfast', 'graphile_worker')
                       and (n.nspowner = r.oid or pg_catalog.has_schema_privilege(r.oid, n.oid, 'usage, create'))))
  )::text as "mayTouch"`;

/** Recognizes connections that lead to the database of `pool`. */
export function ownDatabase(pool: pg.Pool): OwnDatabase {
  const challenge = randomBytes(16).toString("hex");
  let expected: Promise<unknown> | undefined;
  const ours = (): Promise<unknown> => (expected ??= answerOf(pool, challenge));
  return {
    async recognizes(session) {
      const [found] = await session.query(
        "select (pg_catalog.to_regprocedure('holdfast_door.answer(text)') is not null)::text as there",
      );
      if (found?.["there"] !== "true") return false;
      const [theirs] = await session.query("select holdfast_door.answer($1) as answer", [challenge]);
      if (theirs?.["answer"] !== (await ours())) return false;
      const [role] = await session.query(MAY_TOUCH_HOLDFAST);
      if (role?.["mayTouch"] !== "false") throw tooPowerful();
      return true;
    },
  };
}

async function answerOf(pool: pg.Pool, challenge: string): Promise<unknown> {
  const { rows } = await pool.query<{ answer: string }>("select holdfast_door.answer($1) as answer", [challenge]);
  return rows[0]?.answer;
}

function tooPowerful(): NodeFailure {
  const message =
    "This is the database of Holdfast itself, and the credential's role may touch Holdfast's own rows. Use a role that has rights on the flow's tables alone: no superuser, none that may create roles, none with rights on the schemas holdfast and graphile_worker.";
  return new NodeFailure({ kind: "fatal", code: "role_too_powerful", message });
}

/** What a transaction of an attempt needs of it. */
export interface TransactionMeans {
  readonly run: RunFile;
  readonly prepared: Prepared;
  readonly epoch: number;
  readonly call: string;
  /** Asks the run's holder to write. */
  readonly write: () => void;
  readonly signal: AbortSignal;
  /** The value without secrets. */
  readonly clean: (value: Json) => Json;
}

/**
 * Runs the work, its record and the commit. Gives the value that is recorded.
 * Rejects with what the work or the server says, or a `NodeFailure`.
 */
export async function transactOnce(
  means: TransactionMeans,
  { session, work, startedAt }: OwnTransaction<Json>,
): Promise<Json> {
  const { run, prepared, epoch, call } = means;
  const key = [run.id, epoch, prepared.node, call, prepared.attempt, prepared.call];
  const pass = await passOf(run.context.database, key);
  // What `keep` looks for must be seen: each statement has a snapshot of its own, whatever the role's default is.
  await session.query("begin isolation level read committed");
  await enter(session, [...key, pass]);
  const value = means.clean(await work());
  failpoint("transaction.before", prepared.runnable.type);
  return inTurn(means, () => commit(means, { session, value, startedAt }));
}

const ENTER = "select holdfast_door.enter($1, $2, $3, $4, $5, $6, $7)";

async function enter(session: SqlSession, values: readonly unknown[]): Promise<void> {
  try {
    await session.query(ENTER, values);
  } catch (error) {
    throw refusal(error);
  }
}

async function passOf(database: pg.Pool, key: readonly unknown[]): Promise<string | undefined> {
  const { rows } = await database.query<{ pass: string }>({
    name: "holdfast_door_pass",
    text: "select holdfast.door_pass($1, $2, $3, $4, $5, $6) as pass",
    values: [...key],
  });
  return rows[0]?.pass;
}

/** When the run's holder writes, and nothing else of the run is on its way. */
function inTurn({ run, write, signal }: TransactionMeans, act: () => Promise<Json>): Promise<Json> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      run.ownWrites.delete(turn);
      reject(new DOMException("The attempt is over.", "AbortError"));
    };
    const turn = async (): Promise<void> => {
      signal.removeEventListener("abort", onAbort);
      await act().then(resolve, reject);
    };
    if (signal.aborted) {
      onAbort();
      return;
    }
    signal.addEventListener("abort", onAbort, { once: true });
    run.ownWrites.add(turn);
    write();
  });
}

const KEEP = "select holdfast_door.keep($1::pg_catalog.json, $2::pg_catalog.uuid, $3::pg_catalog.json)";

/** A wire that has gone dark says nothing at all, and the run's holder waits. */
const SILENCE_MS = 15_000;

interface Ready {
  readonly session: SqlSession;
  readonly value: Json;
  readonly startedAt: number;
}

async function commit(means: TransactionMeans, { session, value, startedAt }: Ready): Promise<Json> {
  const { run, prepared, call } = means;
  const { node, attempt } = prepared;
  const sealed = run.sealCall({ node, call, attempt, startedAt }, value);
  const silence = setTimeout(() => session.destroy(), SILENCE_MS);
  try {
    await session.commitAfter(KEEP, [sealed.row, sealed.payload?.id ?? null, sealed.payload?.text ?? null]);
  } catch (error) {
    return await afterRefusal(means, { session, sealed }, error);
  } finally {
    clearTimeout(silence);
  }
  failpoint("transaction.after", prepared.runnable.type);
  run.keptElsewhere(node, call, value);
  return value;
}

const DONE_ALREADY = "HF002";

/** The server refused, or has not answered: what is recorded tells whether it is done. */
async function afterRefusal(
  means: TransactionMeans,
  { session, sealed }: { readonly session: SqlSession; readonly sealed: SealedCall },
  error: unknown,
): Promise<Json> {
  const { run, prepared, call, signal } = means;
  const state = sqlStateOf(error);
  if (state !== undefined && state !== DONE_ALREADY) {
    run.unseal(sealed);
    throw refusal(error);
  }
  session.destroy();
  const kept = await recorded(run, { node: prepared.node, call }, signal);
  if (kept?.seq !== sealed.seq) run.unseal(sealed);
  if (kept === undefined) throw error;
  run.keptElsewhere(prepared.node, call, kept.value);
  return kept.value ?? null;
}

const AGAIN_MS = 500;

/** What is recorded of a call, once nobody is about to record it: whoever commits holds the run's row. */
async function recorded(
  run: RunFile,
  of: { readonly node: string; readonly call: string },
  signal: AbortSignal,
): Promise<FoundCall | undefined> {
  for (;;) {
    try {
      return await inTransaction(run.context.database, async (client) => {
        await client.query("select from holdfast.runs where id = $1 for no key update", [run.id]);
        return findCall(client, run.id, of);
      });
    } catch (error) {
      if (signal.aborted) throw error;
      run.context.log.warn({ err: error }, "whether a change was committed is asked again");
      await sleep(AGAIN_MS);
    }
  }
}

/** In words of ours, where the refusal is ours. */
function refusal(error: unknown): unknown {
  if (sqlStateOf(error)?.startsWith("HF") !== true) return error;
  const message = `The change was not committed: ${error instanceof Error ? error.message : "it was refused"}.`;
  return new NodeFailure({ kind: "error", code: "not_committed", message }, { cause: error });
}

function sqlStateOf(error: unknown): string | undefined {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}
