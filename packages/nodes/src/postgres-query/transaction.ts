/** One statement of a flow, within a transaction. */
import { randomBytes } from "node:crypto";
import type { Json, JsonObject } from "@holdfast/dsl";
import { fatalFailure, NodeFailure } from "../failure.ts";
import { schemaChecker } from "../schema/checker.ts";
import type { Answer, PostgresSession } from "./session.ts";
import { valueFor } from "./values.ts";

export interface Statement {
  readonly sql: string;
  readonly values: readonly Json[];
  readonly rowSchema: JsonObject | undefined;
  readonly maxRows: number;
  readonly numbersAsText: boolean;
  /** Milliseconds that it may take. */
  readonly timeout: number;
}

/** What a step may give, and the braces around its rows. */
const MOST_BYTES = 8 * 1024 * 1024 - 1024;

/** How rows are written, and for how long the server works for somebody who is not there any more. */
const SETTINGS = `
  select pg_catalog.set_config('timezone', 'UTC', true), pg_catalog.set_config('datestyle', 'ISO, YMD', true),
    pg_catalog.set_config('intervalstyle', 'iso_8601', true), pg_catalog.set_config('bytea_output', 'hex', true),
    pg_catalog.set_config('extra_float_digits', '1', true),
    pg_catalog.set_config('statement_timeout', $1, true),
    pg_catalog.set_config('idle_in_transaction_session_timeout', '20s', true)`;

/** From version 14 on, and not on every system. */
const NOTICE_HANG_UP = `
  do $$ begin
    perform pg_catalog.set_config('client_connection_check_interval', '2s', true);
  exception when others then null; end $$`;

const check = schemaChecker();

/**
 * Runs it in the transaction that is open, with time limits of its own.
 * @throws NodeFailure for a statement that may not be, values that are not its, rows that do not fit; else the server's error
 */
export async function runStatement(session: PostgresSession, statement: Statement): Promise<Answer> {
  const { sql, values, rowSchema, maxRows, numbersAsText, timeout } = statement;
  await session.query(SETTINGS, [String(Math.max(1, Math.round(timeout)))]);
  await session.query(NOTICE_HANG_UP);
  const types = await placesOf(session, sql);
  if (types.length !== values.length) {
    const places = types.length === 0 ? "no places for values" : `places up to $${types.length}`;
    throw new NodeFailure({
      kind: "fatal",
      code: "values_mismatch",
      message: `The SQL has ${places}, and there are ${values.length} values.`,
      pointer: "/params/values",
    });
  }
  const given = values.map((value, index) => valueFor(value, types[index] ?? ""));
  const answer = await session.run(sql, given, { rows: maxRows, bytes: MOST_BYTES, numbersAsText });
  for (const [index, row] of answer.rows.entries()) {
    const problem = rowSchema && check(rowSchema, row);
    if (!problem) continue;
    throw new NodeFailure({
      kind: "fatal",
      code: "row_invalid",
      message: `Row ${index + 1} does not fit “Fields of a row”: ${problem.message}`,
      pointer: `/rows/${index}${problem.pointer}`,
    });
  }
  return answer;
}

/**
 * The types that the places of a statement expect. Postgres itself refuses here what is no single statement over rows:
 * `prepare` takes select, insert, update, delete, merge and values, and nothing that could end the transaction, change
 * a setting or a role, or run a block of code.
 */
async function placesOf(session: PostgresSession, sql: string): Promise<readonly string[]> {
  const name = `holdfast_${randomBytes(8).toString("hex")}`;
  await session.query(`prepare ${name} as ${sql}`);
  const [row] = await session.query(
    "select pg_catalog.array_to_json(parameter_types::pg_catalog.text[]) as types from pg_catalog.pg_prepared_statements where name = $1",
    [name],
  );
  await session.query(`deallocate ${name}`);
  const told = row?.["types"];
  const types: unknown = typeof told === "string" ? JSON.parse(told) : undefined;
  if (!Array.isArray(types)) throw fatalFailure("values_mismatch", "The database does not tell what the SQL expects.");
  return types.map(String);
}
