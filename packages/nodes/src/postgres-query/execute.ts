/** The executor of `postgres.query`. */
import { effectOf, type Effect, type JsonObject } from "@holdfast/dsl";
import type { z } from "zod";
import type { DurableContext } from "../action.ts";
import { actionManifest, defineNode } from "../define-node.ts";
import { failureOf, fatalFailure, NodeFailure } from "../failure.ts";
import { output } from "../outcome.ts";
import type { StepContext } from "../passage/passage.ts";
import { databaseAddress } from "./address.ts";
import { sqlError } from "./classify.ts";
import { postgresQueryInfo } from "./definition.ts";
import { PostgresSession } from "./session.ts";
import { runStatement, type Statement } from "./transaction.ts";

type Context = DurableContext<z.output<(typeof postgresQueryInfo)["params"]>>;

const manifest = actionManifest(postgresQueryInfo);

/** Where nobody limits an attempt. */
const PATIENCE_MS = 5 * 60 * 1000;
/** What is left of an attempt for telling that its statement took too long. */
const MARGIN_MS = 250;

/** `postgres.query` */
export const postgresQuery = defineNode({
  ...postgresQueryInfo,
  durable: true,
  async execute(context) {
    const { mode, sendKey } = context.params;
    const effect = effectOf(manifest, { mode, sendKey });
    const statementOf = statementsOf(context);
    return told({ effect, signal: context.signal }, async () => {
      const session = await open(context);
      try {
        const own = (await context.ownDatabase?.recognizes(session)) ?? false;
        if (mode === "read") return output(await read(session, statementOf()));
        const change = ({ key, transact }: StepContext): Promise<JsonObject> => {
          const asked = statementOf(sendKey ? key : undefined);
          if (!own) return write(session, asked, { effect, signal: context.signal });
          return told({ effect, signal: context.signal }, () => transact(session, () => run(session, asked)));
        };
        return output(await context.step("query", change, { effect: own ? "repeatable" : effect }));
      } finally {
        await session.close();
      }
    });
  },
});

/** The statement with what is left of the attempt's time; `key`: its last value. */
function statementsOf({ params, timeout = PATIENCE_MS }: Context): (key?: string) => Statement {
  const begun = performance.now();
  const { sql, values, rowSchema, maxRows, numbersAsText } = params;
  return (key) => ({
    sql,
    values: key === undefined ? values : [...values, key],
    rowSchema,
    maxRows,
    numbersAsText,
    timeout: timeout - (performance.now() - begun) - MARGIN_MS,
  });
}

async function open(context: Context): Promise<PostgresSession> {
  const value = (await context.credential())?.reveal();
  if (value?.type !== "connectionString") {
    throw fatalFailure(
      "credential_missing",
      "A query needs a credential of kind connectionString: an address such as postgres://name:password@host:5432/database.",
    );
  }
  return PostgresSession.open(databaseAddress(value.url), { connect: context.fetch.connect, signal: context.signal });
}

/** In the transaction that is open. */
async function run(session: PostgresSession, statement: Statement): Promise<JsonObject> {
  const { rows, rowCount } = await runStatement(session, statement);
  return { rows: [...rows], rowCount };
}

async function read(session: PostgresSession, statement: Statement): Promise<JsonObject> {
  await session.query("begin read only");
  const answer = await run(session, statement);
  await session.query("commit");
  return answer;
}

interface Telling {
  readonly effect: Effect;
  readonly signal: AbortSignal;
}

/** In a database that is not Holdfast's own: only a commit without an answer leaves a doubt. */
async function write(session: PostgresSession, statement: Statement, telling: Telling): Promise<JsonObject> {
  const answer = await told(telling, async () => {
    await session.query("begin");
    return run(session, statement);
  });
  await told({ ...telling, committing: true }, () => session.query("commit"));
  return answer;
}

/** What fails is told as it is for the step. */
async function told<Result>(
  { effect, signal, committing = false }: Telling & { readonly committing?: boolean },
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (failureOf(error) !== undefined) throw error;
    throw new NodeFailure(sqlError(error, { effect, signal, committing }), { cause: error });
  }
}
