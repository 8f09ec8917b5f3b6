/**
 * SQL of a flow in the database of its runs: exactly once, whatever is killed, cut or stopped, and nothing that its role
 * can say touches Holdfast's own rows.
 */
import { startTcpProxy } from "@holdfast/testkit/tcp-proxy";
import { describe, expect, test } from "vitest";
import { doorOf } from "./support/door.ts";
import { edges, keyed } from "./support/flows.ts";
import { type History, historyOf } from "./support/history.ts";
import { expectSound } from "./support/invariants.ts";
import { expectRecovery } from "./support/kill-and-recover.ts";
import { twoAtATime } from "./support/two-at-a-time.ts";
import { until, untilTrue } from "./support/until.ts";
import { World } from "./support/world.ts";

const TIMEOUT = { timeout: 300_000 };

/** Before it begins, while the server works, between SQL and commit, after the commit and before its answer is used … */
const POINTS = [
  "effect.before",
  "effect.sent",
  "transaction.before",
  "transaction.after",
  "effect.answered",
  "checkpoint.before",
  "checkpoint.after",
  "timer.before",
  "timer.after",
] as const;

describe.concurrent("counts once, killed at", () => {
  test.for(POINTS)("%s", TIMEOUT, (point) => twoAtATime(() => expectRecovery({ point, type: "postgres.query" })));
});

const count = (what: string, more: object = {}) => ({
  type: "postgres.query",
  credential: "shop",
  params: { sql: "select public.count_up($1)::int as n", values: [what], mode: "write" },
  ...more,
});

describe("counts once, though", () => {
  test("the answer to the commit is lost", TIMEOUT, async () => {
    await using world = await World.create();
    await world.shop.open();
    const shopUrl = new URL(world.shop.url);
    await using proxy = await startTcpProxy(Number(shopUrl.port));
    shopUrl.port = String(proxy.port);
    await world.publish({ id: "cut", nodes: { count: count("cut") }, edges: edges("start>count", "count>end") });
    const door = doorOf(await world.host({ shopUrl: shopUrl.href }));
    proxy.cutAnswers({
      matches: (sent) => sent.includes("holdfast_door.keep"),
      // Of the statement, and of the commit behind it.
      whole: (answer) => answer.toString("latin1").split("Z\0\0\0\u0005").length > 2,
      times: 3,
      everyNth: 1,
    });
    for (const key of ["one", "two", "three", "four"]) await door.start("cut", {}, key);
    const history = await allOver(world, 4);
    expect(proxy.cuts).toBe(3);
    expect(await world.shop.counted()).toHaveLength(4);
    for (const run of history.values()) {
      expect(run.steps.map(({ call, status }) => `${call} ${status}`)).toEqual(["query completed", "main completed"]);
    }
    await expectSound(world, [history]);
  });

  test("its process is stopped in the middle, and goes on when another has taken the run over", TIMEOUT, async () => {
    await using world = await World.create();
    await world.shop.open();
    await world.publish({ id: "held", nodes: { count: count("held") }, edges: edges("start>count", "count>end") });
    const open = await world.shop.shut();
    const stopped = await world.process();
    await stopped.start("held", {}, "start");
    await world.shop.knocked();
    stopped.kill("SIGSTOP");
    await world.host();
    await untilTrue("the run to be taken over", async () => [...(await historyOf(world)).values()][0]?.epoch === 2);
    await open();
    const ended = await allOver(world, 1);
    expect(await world.shop.counted()).toEqual(["held"]);
    stopped.kill("SIGCONT");
    await world.shop.left();
    expect(await historyOf(world)).toEqual(ended);
    expect(await world.shop.counted()).toEqual(["held"]);
    await expectSound(world, [ended]);
  });

  test("two parallel branches count at the same time, with other steps beside them", TIMEOUT, async () => {
    await using world = await World.create();
    await world.shop.open({ refusals: 2 });
    const quick = { retry: { maxAttempts: 9, initialInterval: "20ms", backoff: 1, jitter: "none" } };
    const names = ["a", "b", "c", "d"];
    await world.publish({
      id: "wide",
      nodes: {
        ...Object.fromEntries(names.map((name) => [name, count(name, quick)])),
        ...Object.fromEntries(names.map((name) => [`${name}2`, keyed(world, `/${name}`)])),
      },
      edges: edges(...names.flatMap((name) => [`start>${name}`, `${name}>${name}2`, `${name}2>end`])),
    });
    const door = doorOf(await world.host());
    for (const key of ["one", "two", "three"]) await door.start("wide", {}, key);
    const history = await allOver(world, 3);
    expect((await world.shop.counted()).toSorted()).toEqual(names.flatMap((name) => [name, name, name]));
    await expectSound(world, [history]);
  });
});

test("a statement that takes long holds nobody up, neither its own run nor another", TIMEOUT, async () => {
  await using world = await World.create();
  await world.shop.open();
  await world.publish({
    id: "long",
    nodes: { count: count("long"), beside: keyed(world, "/beside") },
    edges: edges("start>count", "start>beside", "count>end", "beside>end"),
  });
  await world.publish({
    id: "short",
    nodes: { quick: keyed(world, "/quick") },
    edges: edges("start>quick", "quick>end"),
  });
  const open = await world.shop.shut();
  const door = doorOf(await world.host());
  const long = await door.start("long", {}, "long");
  await world.shop.knocked();
  await door.start("short", {}, "short");
  await untilTrue("all others to be done", async () => {
    const history = await historyOf(world);
    const done = (node: string): boolean =>
      [...history.values()].some(({ steps }) =>
        steps.some((step) => step.node === node && step.status === "completed"),
      );
    return done("beside") && done("quick");
  });
  const [before] = await world.rows<{ until: number }>(
    "select holdfast.ms(lease_until) as until from holdfast.runs where id = $1",
    [long],
  );
  await untilTrue("its lease to be renewed", async () => {
    const [row] = await world.rows<{ until: number }>(
      "select holdfast.ms(lease_until) as until from holdfast.runs where id = $1",
      [long],
    );
    return (row?.until ?? 0) > (before?.until ?? 0);
  });
  await open();
  const history = await allOver(world, 2);
  expect(history.get(long)).toMatchObject({ epoch: 1 });
  expect(await world.shop.counted()).toEqual(["long"]);
});

test("a value over 64 KB is kept whole, and read again after a kill", TIMEOUT, async () => {
  await using world = await World.create();
  await world.shop.open();
  const large = {
    ...count("large"),
    params: { ...count("large").params, sql: "select repeat($1, 30000) as text, public.count_up('large') as n" },
  };
  await world.publish({
    id: "large",
    nodes: {
      count: large,
      done: { type: "end", params: { output: { size: "{{ nodes.count.rows[0].text.size() }}" } } },
    },
    edges: edges("start>count", "count>done"),
  });
  const victim = await world.process({ failpoint: "transaction.after" });
  void victim.start("large", {}, "start").catch(() => undefined);
  await victim.killed();
  await world.host();
  const history = await allOver(world, 1);
  expect([...history.values()][0]?.output).toBe('{"size":150000}');
  expect(await world.shop.counted()).toEqual(["large"]);
});

describe("a role", () => {
  test("that may touch Holdfast's rows is not let in, not even to read", TIMEOUT, async () => {
    await using world = await World.create();
    const url = `${world.databaseUrl}?sslmode=disable`;
    const params = { sql: "select count(*) as n from holdfast.runs" };
    await world.publish({
      id: "owner",
      nodes: { look: { type: "postgres.query", credential: "shop", params } },
      edges: edges("start>look", "look>end"),
    });
    const door = doorOf(await world.host({ shopUrl: url }));
    await door.start("owner", {}, "start");
    const [run] = [...(await allOver(world, 1)).values()];
    expect(run).toMatchObject({ status: "failed" });
    expect(await errorOf(world)).toMatchObject({ code: "role_too_powerful" });
  });

  test("with rights on its own tables reads them", TIMEOUT, async () => {
    await using world = await World.create();
    await world.shop.open();
    const params = { sql: "select count(*) as n, session_user::text like 'holdfast_shop%' as own from public.counted" };
    await world.publish({
      id: "reads",
      nodes: {
        look: { type: "postgres.query", credential: "shop", params },
        done: { type: "end", params: { output: "{{ nodes.look.rows[0] }}" } },
      },
      edges: edges("start>look", "look>done"),
    });
    await doorOf(await world.host()).start("reads", {}, "start");
    const [run] = [...(await allOver(world, 1)).values()];
    expect(JSON.parse(run?.output ?? "null")).toEqual({ n: 0, own: true });
  });

  /** What is said by a function that the role has made for itself, so that it is not Postgres' grammar that stops it. */
  const ATTACKS = [
    "select * from holdfast.runs",
    "select secret from holdfast.door_secret",
    "select holdfast.door_sign('{}')",
    "select holdfast.door_pass('00000000-0000-0000-0000-000000000000', 1, 'a', 'query', 1, 'main')",
    "delete from holdfast.steps",
    "insert into holdfast.door_entries values (pg_current_xact_id(), gen_random_uuid(), 1, 'a', 'query', 1, 'main')",
    "update holdfast.runs set epoch = epoch + 1",
    "truncate holdfast.runs cascade",
    "lock table holdfast.runs",
    "select * from graphile_worker._private_jobs",
    "select graphile_worker.add_job('holdfast')",
    "set session authorization postgres",
    "set role postgres",
    "reset role; select * from holdfast.runs",
    "reset session authorization; select * from holdfast.runs",
    "select set_config('role', 'postgres', false)",
    "alter role current_user superuser",
    "grant usage on schema holdfast to current_user",
    "create or replace function holdfast_door.answer(challenge text) returns text language sql as 'select challenge'",
    "create table holdfast_door.more (id int)",
    "create function public.holdfast_more() returns int language sql security definer as 'select 1'; drop schema holdfast cascade",
    "select pg_read_file('postgresql.conf')",
    "select lo_import('/etc/passwd')",
    "copy (select 1) to program 'id'",
    "create extension dblink",
    "commit",
    "rollback",
    "prepare transaction 'mine'",
    "select pg_terminate_backend(pid) from pg_stat_activity where usename <> current_user",
    // Its own record, forged: then there is nothing left to be kept, and nothing is.
    `select holdfast_door.keep('{"q":1,"b":1,"e":1,"o":{"rows":[],"rowCount":9},"h":true}', null, null)`,
    "select holdfast_door.enter('00000000-0000-0000-0000-000000000000', 1, 'a', 'query', 1, 'main', 'guessed')",
  ];

  test.for(ATTACKS)("with rights on its own tables gets nowhere by “%s”", TIMEOUT, async (sql) => {
    await using world = await World.create();
    await world.shop.open();
    await world.shop.letRunAnything();
    await world.publish({
      id: "attack",
      nodes: {
        attack: {
          type: "postgres.query",
          credential: "shop",
          params: {
            sql: "insert into public.counted (what) select 'attack' where public.anything($1) = 1",
            values: [sql],
            mode: "write",
          },
          retry: { maxAttempts: 1 },
          onExhausted: "fail",
        },
      },
      edges: edges("start>attack", "attack>end"),
    });
    const others = await untouched(world);
    await doorOf(await world.host()).start("attack", {}, "start");
    const [run] = [...(await allOver(world, 1)).values()];
    expect(run).toMatchObject({ status: "failed", epoch: 1 });
    expect(run?.steps.map(({ call, status }) => `${call} ${status}`)).toEqual(["query failed", "main failed"]);
    expect(await world.shop.counted()).toEqual([]);
    expect(await untouched(world)).toEqual(others);
  });
});

async function errorOf(world: World): Promise<unknown> {
  const [row] = await world.rows<{ error: unknown }>("select error from holdfast.runs");
  return row?.error;
}

/** Roles, rights, functions and the secret: whatever an attack would change. */
async function untouched(world: World): Promise<unknown> {
  return world.rows(`
    select (select secret from holdfast.door_secret) as secret, (select count(*) from holdfast.door_entries) as entries,
      (select json_agg(n.nspname || coalesce(n.nspacl::text, '') order by 1) from pg_namespace n where nspname !~ '^pg_') as schemas,
      (select json_agg(p.oid::regprocedure || md5(p.prosrc) order by 1) from pg_proc p
        join pg_namespace n on n.oid = p.pronamespace where n.nspname like 'holdfast%') as functions,
      (select count(*) from pg_roles where rolsuper) as superusers`);
}

async function allOver(world: World, runs: number): Promise<History> {
  return until(`${runs} runs to be over`, async () => {
    const history = await historyOf(world);
    const over = [...history.values()].filter(({ status, held }) => /completed|failed/.test(status) && !held);
    return over.length === runs ? history : undefined;
  });
}
