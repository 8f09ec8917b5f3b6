/** `postgres.query` against a real server that is not Holdfast's own: what goes in, what comes out, what is refused. */
import { effectOf, type Json, type JsonObject } from "@holdfast/dsl";
import { memoryModels } from "@holdfast/nodes";
import { actionNodes, type CallRecord, createFetch, Credential, MemoryCalls, Passage } from "@holdfast/nodes/executors";
import { createTestDatabase, type TestDatabase } from "@holdfast/testkit/test-database";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

let database: TestDatabase;
let shop: pg.Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  shop = new pg.Pool({ connectionString: database.url });
});

afterAll(async () => {
  await shop.end();
  await database.drop();
});

beforeEach(async () => {
  await shop.query("drop table if exists orders");
  await shop.query("create table orders (id text primary key, total numeric not null, key text unique)");
  await shop.query("insert into orders values ('A-1', 129.90), ('A-2', 20)");
});

/** Of the test's server, which speaks no TLS. */
const url = (): string => `${database.url}?sslmode=disable`;

/** What came of an attempt. */
interface Asked {
  readonly output?: Json;
  readonly error?: JsonObject;
  readonly told: readonly string[];
}

/** How an attempt is made. */
interface Means {
  readonly address?: string;
  /** Milliseconds. */
  readonly timeout?: number;
  readonly calls?: MemoryCalls;
}

async function ask(
  params: JsonObject,
  { address = url(), timeout, calls = new MemoryCalls() }: Means = {},
): Promise<Asked> {
  const node = actionNodes.get("postgres.query");
  if (node === undefined) throw new Error("there is no postgres.query");
  const told: string[] = [];
  const tell = (message: string, fields?: JsonObject): void => void told.push(JSON.stringify({ message, fields }));
  const signal = new AbortController().signal;
  const effect = effectOf(node.manifest, params);
  const passage = new Passage({
    keyOf: (call) => `run-1:query:0:${call}`,
    call: "main",
    effect,
    store: calls,
    signal,
    now: Date.now,
  });
  const outcome = await passage.run(() =>
    node.execute({
      params,
      key: "run-1:query:0:main",
      attempt: 1,
      signal,
      timeout,
      now: Date.now,
      fetch: createFetch({ allow: ["127.0.0.1"] }),
      credential: async () => new Credential({ type: "connectionString", url: address }),
      log: { debug: tell, info: tell, warn: tell },
      run: { id: "run-1", flow: "flow", version: 1, node: "query" },
      ai: memoryModels(),
      passage,
    }),
  );
  if (outcome.type === "output") return { output: outcome.value ?? null, told };
  if (outcome.type === "fail") return { error: { ...outcome.error }, told };
  throw new Error(`a query does not ${outcome.type}`);
}

/** What the process that makes an attempt leaves when it dies with the answer in its hands. */
class DyingCalls extends MemoryCalls {
  readonly died = Promise.withResolvers<void>();

  override keep(_call: string, _record: CallRecord): Promise<void> {
    this.crashed();
    this.died.resolve();
    return new Promise(() => undefined);
  }
}

/** The attempt that another process makes after the first has died. */
async function askAfterDeath(params: JsonObject): Promise<Asked> {
  const calls = new DyingCalls();
  void ask(params, { calls });
  await calls.died.promise;
  return ask(params, { calls: new MemoryCalls(calls) });
}

const rowsOf = async (sql: string, values: Json[] = [], more: JsonObject = {}): Promise<Json> => {
  const { output, error } = await ask({ sql, values, ...more });
  expect(error).toBeUndefined();
  return typeof output === "object" && output !== null && "rows" in output ? (output["rows"] ?? null) : null;
};

describe("what it gives", () => {
  test.for<[sql: string, value: Json]>([
    ["null::int", null],
    ["true", true],
    ["7::smallint", 7],
    ["9007199254740991::bigint", 9_007_199_254_740_991],
    ["9007199254740993::bigint", "9007199254740993"],
    ["129.90::numeric", 129.9],
    ["0.1::numeric + 0.2", 0.3],
    ["1234567890.123456789::numeric", "1234567890.123456789"],
    ["'NaN'::numeric", "NaN"],
    ["0.1::float8", 0.1],
    ["'Infinity'::float8", "Infinity"],
    ["date '2026-03-01'", "2026-03-01"],
    ["timestamp '2026-03-01 12:30:00.25'", "2026-03-01T12:30:00.25"],
    ["timestamptz '2026-03-01 12:30:00+02'", "2026-03-01T10:30:00Z"],
    ["interval '1 day 2 hours'", "P1DT2H"],
    ["'\\x00ff'::bytea", "AP8="],
    [`'{"a": [1, null]}'::jsonb`, { a: [1, null] }],
    ["array[1, null, 3]", [1, null, 3]],
    [`array['a,b', 'say "hi"', 'NULL', '\\']`, ["a,b", 'say "hi"', "NULL", "\\"]],
    [
      "array[[1, 2], [3, 4]]",
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ["'[2:3]={1,2}'::int[]", [1, 2]],
    ["array[12345678901234567890]::numeric[]", ["12345678901234567890"]],
    ["'{}'::text[]", []],
    ["'0b6de805-0000-4000-8000-000000000000'::uuid", "0b6de805-0000-4000-8000-000000000000"],
  ])("%s as JSON", async ([sql, value]) => {
    expect(await rowsOf(`select ${sql} as it`)).toEqual([{ it: value }]);
  });

  test("decimals and long integers as text, where that is wanted", async () => {
    const sql = "select 129.90::numeric as total, 7::bigint as long, 7 as short, array[1.50] as list";
    expect(await rowsOf(sql, [], { numbersAsText: true })).toEqual([
      { total: "129.90", long: "7", short: 7, list: ["1.50"] },
    ]);
  });

  test("the number of rows that a statement changed", async () => {
    const { output } = await ask({ sql: "update orders set total = total + 1", mode: "write" });
    expect(output).toEqual({ rows: [], rowCount: 2 });
  });
});

describe("values", () => {
  test("go into their places, whatever is in them", async () => {
    const evil = "'; drop table orders; --";
    expect(await rowsOf("select $1::text as text, $2::int as number", [evil, 3])).toEqual([{ text: evil, number: 3 }]);
  });

  test("take the form that the place expects", async () => {
    const values: Json[] = [{ a: 1 }, "plain", ["x", 'y"z', null], true, null];
    const sql = "select $1::jsonb as json, $2::json as text, $3::text[] as list, $4::boolean as yes, $5::date as none";
    expect(await rowsOf(sql, values)).toEqual([
      { json: { a: 1 }, text: "plain", list: ["x", 'y"z', null], yes: true, none: null },
    ]);
  });

  test.for([
    ["select 1 where 1 = $1", []],
    ["select 1", [1]],
  ] as const)("have to be as many as the places: %s", async ([sql, values]) => {
    const { error } = await ask({ sql, values: [...values] });
    expect(error).toMatchObject({ kind: "fatal", code: "values_mismatch", pointer: "/params/values" });
  });

  test("that look like a template are taken as they are, and the SQL is too", async () => {
    expect(await rowsOf("select '{{ input.x }}' as braces, $1::text as given", ["{{ x }}"])).toEqual([
      { braces: "{{ input.x }}", given: "{{ x }}" },
    ]);
  });
});

/** One statement over rows: nothing that could leave the transaction, change a setting or a role, or run code. */
test.for([
  "select 1; drop table orders",
  "select 1; commit",
  "commit",
  "rollback",
  "begin",
  "set role postgres",
  "reset role",
  "set session authorization default",
  "do $$ begin delete from orders; end $$",
  "call something()",
  "copy orders to '/orders'",
  "copy orders from program 'id'",
  "create table more (id int)",
  "drop table orders",
  "explain analyze delete from orders",
  "lock table orders",
  "listen here",
  "prepare a as select 1",
  "execute a",
  "vacuum",
  "-- nothing",
  "as select 1",
])("refuses “%s”, in a statement that reads and in one that writes", async (sql) => {
  for (const mode of ["write", "read"]) {
    const { error } = await ask({ sql, mode });
    expect(error).toMatchObject({ kind: "fatal", code: expect.stringMatching(/^sql_(42|0A)/) });
  }
  expect((await shop.query("select from orders")).rowCount).toBe(2);
  expect((await shop.query("select from pg_class where relname = 'more'")).rowCount).toBe(0);
});

describe("a failure", () => {
  test("of a statement that is said to read and does not", async () => {
    const { error } = await ask({ sql: "with gone as (delete from orders returning id) select * from gone" });
    expect(error).toMatchObject({ kind: "fatal", code: "read_only" });
    expect((await shop.query("select from orders")).rowCount).toBe(2);
  });

  test("by a rule of the table says which, and changes nothing", async () => {
    const calls = new MemoryCalls();
    const { error } = await ask({ sql: "insert into orders values ('A-1', 1)", mode: "write" }, { calls });
    expect(error).toMatchObject({
      kind: "fatal",
      code: "sql_23505",
      details: { sqlState: "23505", table: "orders", constraint: "orders_pkey" },
    });
    expect(calls.records.get("query")).toMatchObject({ status: "failed" });
  });

  test("of SQL that is wrong says where", async () => {
    const { error } = await ask({ sql: "select nonsense from orders" });
    expect(error).toMatchObject({ kind: "fatal", code: "sql_42703", message: expect.stringContaining("nonsense") });
  });

  test("by too many rows leaves everything as it was", async () => {
    const sql = "update orders set total = 0 returning id";
    expect((await ask({ sql, mode: "write", maxRows: 1 })).error).toMatchObject({
      kind: "fatal",
      code: "too_many_rows",
    });
    const { rows } = await shop.query("select sum(total) as total from orders");
    expect(rows).toEqual([{ total: "149.90" }]);
  });

  test("by too much text, in many rows and in one", async () => {
    for (const sql of ["select repeat('x', 100000) from generate_series(1, 200)", "select repeat('x', 90000000)"]) {
      expect((await ask({ sql })).error).toMatchObject({ kind: "fatal", code: "answer_too_large" });
    }
  });

  test("by a row that is not as it should be names it, and changes nothing", async () => {
    const rowSchema = { type: "object", properties: { total: { type: "integer" } } };
    const sql = "update orders set total = total * 3 returning total";
    const { error } = await ask({ sql, mode: "write", rowSchema });
    expect(error).toMatchObject({ kind: "fatal", code: "row_invalid", pointer: "/rows/0/total" });
    expect((await shop.query("select sum(total) as total from orders")).rows).toEqual([{ total: "149.90" }]);
  });

  test("by time is one that is tried again, and the server stops too", async () => {
    const { output, error } = await ask({ sql: "select pg_sleep(60)" }, { timeout: 400 });
    expect({ output, error }).toMatchObject({ output: undefined, error: { kind: "timeout", code: "timeout" } });
    const running =
      "select from pg_stat_activity where query like '%pg_sleep(60)%' and state = 'active' and pid <> pg_backend_pid()";
    expect((await shop.query(running)).rowCount).toBe(0);
  });

  test("of the login names neither password nor address", async () => {
    const wrong = new URL(url());
    wrong.username = "nobody";
    wrong.password = "canary-password";
    const { error, told } = await ask({ sql: "select 1" }, { address: wrong.href });
    expect(error).toMatchObject({ kind: "fatal", code: "login_failed" });
    expect(JSON.stringify([error, told])).not.toContain("canary-password");
  });

  test("of a server that speaks no TLS says how to do without", async () => {
    const { error } = await ask({ sql: "select 1" }, { address: database.url });
    expect(error).toMatchObject({
      kind: "fatal",
      code: "tls_failed",
      message: expect.stringContaining("sslmode=disable"),
    });
  });

  test.for([
    "mysql://a:b@127.0.0.1/x",
    "postgres://127.0.0.1/x",
    "postgres://a:b@127.0.0.1/x?sslmode=maybe",
    "postgres://a:b@127.0.0.1/x?sslrootcert=/etc/passwd",
    "postgres://a:b@127.0.0.1/x?host=/var/run",
  ])("by the credential's address: %s", async (wrong) => {
    const { error } = await ask({ sql: "select 1" }, { address: wrong });
    expect(error).toMatchObject({ kind: "fatal", code: "credential_invalid" });
  });

  test("by an address that is private and not allowed", async () => {
    const { error } = await ask({ sql: "select 1" }, { address: "postgres://a:b@10.1.2.3/x" });
    expect(error).toMatchObject({ kind: "fatal", code: "address_refused" });
  });
});

test("many at once share a few connections", async () => {
  const sql = `select count(*)::int as n, pg_sleep(0.02)::text from pg_stat_activity
    where application_name = 'holdfast flow' and datname = current_database()`;
  const seen = await Promise.all(Array.from({ length: 40 }, () => rowsOf(sql)));
  for (const rows of seen) expect(rows).toEqual([expect.objectContaining({ n: expect.any(Number) })]);
  expect(Math.max(...seen.map((rows) => Number(/"n":(\d+)/.exec(JSON.stringify(rows))?.[1])))).toBeLessThanOrEqual(11);
});

describe("run again", () => {
  const insert = {
    sql: "insert into orders (id, total, key) values ($1, $2, $3) on conflict (key) do nothing",
    values: ["A-3", 5],
    mode: "write",
    sendKey: true,
  };

  test("with its key, an insert that knows it takes effect once", async () => {
    const again = await askAfterDeath(insert);
    expect(again.output).toEqual({ rows: [], rowCount: 0 });
    const { rows } = await shop.query("select key from orders where id = 'A-3'");
    expect(rows).toEqual([{ key: expect.stringMatching(/:query$/) }]);
  });

  test("without one, a change that may have happened is for a person", async () => {
    const { error } = await askAfterDeath({ sql: "update orders set total = total + 1", mode: "write" });
    expect(error).toMatchObject({ kind: "unknown", code: "interrupted" });
    expect((await shop.query("select sum(total) as total from orders")).rows).toEqual([{ total: "151.90" }]);
  });
});
