/** History is forgotten after a time that the operator sets: all of it, and nothing that somebody can still look back to. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { uuid7 } from "../src/ids/uuid7.ts";
import { createLogger } from "../src/log/logger.ts";
import { Scrubber } from "../src/log/scrubber.ts";
import { createPool } from "../src/database/pool.ts";
import { verifyAudit } from "../src/audit/verify.ts";
import { HANGS_ON_RUNS } from "../src/retention/forget-runs.ts";
import { type Forgotten, forgetHistory, keepHistory } from "../src/retention/keep-history.ts";
import type { Caller } from "../src/services/services.ts";
import { DAY, edges, failure, HostFixture, value } from "./support/host-fixture.ts";

const KEEP = 30 * DAY;
/** More than what a row holds in place. */
const LARGE = "x".repeat(70_000);

let holdfast: HostFixture;

beforeAll(async () => {
  holdfast = await HostFixture.create();
  await holdfast.start({ leaseMs: 1_500 });
});
afterAll(() => holdfast[Symbol.asyncDispose]());

/** As soon as the process has said that it looks at no event of before. */
async function forget(): Promise<Forgotten> {
  const { database, workerId } = holdfast.host;
  await holdfast.until(async () => {
    const { rowCount } = await database.query(
      "select from holdfast.workers where id = $1 and looks_from > holdfast.now() - interval '1 day'",
      [workerId],
    );
    return rowCount === 1 ? true : undefined;
  }, "a heartbeat");
  return forgetHistory({ database, keepMs: KEEP });
}

async function manager(): Promise<Caller> {
  const id = uuid7();
  const email = `${id}@example.com`;
  await holdfast.host.database.query(
    "insert into holdfast.people (id, workspace, email, name, roles, created_by) values ($1, 1, $2, 'Pat', '{manager}', 'system:test')",
    [id, email],
  );
  return {
    workspace: 1,
    actor: { kind: "person", id },
    person: { id, email, name: "Pat", roles: ["manager"], groups: [] },
    door: "api",
  };
}

/** Tables with a row that has one of the texts anywhere. */
async function tablesWith(texts: readonly string[]): Promise<readonly string[]> {
  const { database } = holdfast.host;
  const { rows } = await database.query<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'holdfast' and table_type = 'BASE TABLE' order by 1",
  );
  const found: string[] = [];
  for (const { name } of rows) {
    const hit = await database.query(
      `select from holdfast.${name} t where exists (select from unnest($1::text[]) x where strpos(t::text, x) > 0) limit 1`,
      [texts],
    );
    if (hit.rowCount === 1) found.push(name);
  }
  return found;
}

const auditHolds = async (): Promise<boolean> => {
  const { rows } = await holdfast.host.database.query<{ count: number }>(
    "select count(*)::int as count from holdfast.operations",
  );
  const [chain] = await verifyAudit(holdfast.host.database, [], []);
  return chain?.wrong === null && chain.entries === rows[0]?.count;
};

test("whatever hangs on a run or on its tasks and waits is known to who forgets it", async () => {
  const { rows } = await holdfast.host.database.query<{ name: string }>(
    `select distinct c.table_name as name from information_schema.columns c
      where c.table_schema = 'holdfast' and c.column_name in ('run', 'task', 'wait') order by 1`,
  );
  // Rows of a transaction that is under way, which nobody else sees.
  const left = ["door_entries"];
  const known = HANGS_ON_RUNS.join("\n");
  expect(rows.map(({ name }) => name).filter((name) => !known.includes(`from holdfast.${name} `))).toEqual(left);
});

test("an ended run goes with its children and all that hangs on it, and the audit stays", async () => {
  await holdfast.publish({
    id: "piece",
    triggers: [{ type: "call" }],
    nodes: {
      probe: { type: "probe.once", params: {} },
      done: { type: "end", params: { output: "{{ nodes.probe }}" } },
    },
    edges: edges("start>probe", "probe>done"),
  });
  await holdfast.publish({
    id: "whole",
    triggers: [{ type: "event", event: "whole/asked" }],
    nodes: {
      part: { type: "invoke", params: { flow: "piece", input: {} } },
      ask: {
        type: "wait.event",
        params: {
          outcomes: [{ port: "yes", event: "whole/yes", match: { id: "{{ trigger.event }}" } }],
          timeout: "7d",
          inbox: { title: "Yes?", assignTo: { roles: ["manager"] } },
        },
      },
      breaks: { type: "probe.repeatable", params: {}, retry: { maxAttempts: 1 } },
    },
    edges: edges("start>part", "part>ask", "ask.yes>breaks", "ask.timeout>end", "breaks>end"),
  });
  holdfast.behaviors.set("probe", () => value(LARGE));
  holdfast.behaviors.set("breaks", () => failure("down"));
  const { database } = holdfast.host;
  const [event = ""] = (await holdfast.send("whole/asked", {})).ids;
  const run = await holdfast.until(async () => {
    const { rows } = await database.query<{ id: string }>("select id from holdfast.runs where trigger_event = $1", [
      event,
    ]);
    return rows[0]?.id;
  }, "the run");
  const task = await holdfast.until(async () => {
    const { rows } = await database.query<{ id: string }>("select id from holdfast.tasks where run = $1", [run]);
    return rows[0]?.id;
  }, "the task");
  const pat = await manager();
  await holdfast.services.commentOnTask(pat, task, "Looks good");
  await holdfast.services.decideTask(pat, { task, outcome: "yes" });
  const incident = await holdfast.until(async () => {
    const { rows } = await database.query<{ id: string }>("select id from holdfast.incidents where run = $1", [run]);
    return rows[0]?.id;
  }, "the incident");
  await holdfast.services.resolveIncident(pat, { incident, action: "fail" });
  await holdfast.ended(run);
  const { rows: family } = await database.query<{ id: string }>(
    "select id from holdfast.runs where id = $1 or parent = $1",
    [run],
  );
  const ids = [...family.map(({ id }) => id), task, incident, event];

  expect(await forget()).toEqual({ runs: 0, events: 0 });
  await holdfast.advance(KEEP - DAY);
  expect(await forget()).toEqual({ runs: 0, events: 0 });
  const before = await tablesWith(ids);
  expect(before).toEqual(expect.arrayContaining(["runs", "steps", "waits", "tasks", "task_decisions", "payloads"]));
  await holdfast.advance(2 * DAY);
  expect(await forget()).toEqual({ runs: 2, events: 1 });
  expect(await tablesWith(ids)).toEqual(["operations"]);
  expect(await auditHolds()).toBe(true);
});

test("what an open run can look back to stays, however old it is", async () => {
  const flow = (id: string) => ({
    id,
    triggers: [{ type: "call" }, { type: "event", event: `${id}/asked` }],
    nodes: {
      pause: { type: "sleep", params: { for: "100d" } },
      wait: {
        type: "wait.event",
        params: { outcomes: [{ port: "yes", event: "late/yes", match: { of: "x" } }], timeout: "1d" },
      },
      yes: { type: "end", params: { output: "found" } },
      no: { type: "end", params: { output: "lost" } },
    },
    edges: edges("start>pause", "pause>wait", "wait.yes>yes", "wait.timeout>no"),
  });
  await holdfast.publish(flow("late"));
  await holdfast.send("late/before", {});
  const id = await holdfast.begin("late");
  await holdfast.settled(id, "waiting");
  const [yes = ""] = (await holdfast.send("late/yes", { of: "x" })).ids;
  await holdfast.advance(40 * DAY);
  // The one from before the run: nobody can look back to it.
  expect(await forget()).toEqual({ runs: 0, events: 1 });
  await holdfast.advance(61 * DAY);
  expect(await holdfast.ended(id)).toMatchObject({ output: "found" });
  expect(await tablesWith([yes])).toEqual(expect.arrayContaining(["event_keys", "events"]));
  expect(await forget()).toEqual({ runs: 0, events: 0 });
  await holdfast.advance(31 * DAY);
  expect(await forget()).toEqual({ runs: 1, events: 1 });
  expect(await tablesWith([id, yes])).toEqual([]);
});

test("an ended child stays as long as its parent is open", async () => {
  await holdfast.publish({
    id: "long",
    nodes: {
      part: { type: "invoke", params: { flow: "piece", input: {} } },
      pause: { type: "sleep", params: { for: "60d" } },
    },
    edges: edges("start>part", "part>pause", "pause>end"),
  });
  const id = await holdfast.begin("long");
  await holdfast.settled(id, "waiting");
  await holdfast.until(async () => ((await holdfast.steps(id)).length === 1 ? true : undefined), "the child to end");
  await holdfast.advance(40 * DAY);
  expect(await forget()).toEqual({ runs: 0, events: 0 });
  await holdfast.advance(21 * DAY);
  await holdfast.ended(id);
  await holdfast.advance(31 * DAY);
  expect(await forget()).toEqual({ runs: 2, events: 0 });
});

test("an event whose looks were cut off stays until somebody has finished them", async () => {
  const { database } = holdfast.host;
  const { rows } = await database.query<{ id: number }>(
    `insert into holdfast.workers (host, pid, seen_at, looks_from)
     values ('gone', 1, clock_timestamp() + interval '1 hour', holdfast.now()) returning id`,
  );
  const dead = rows[0]?.id;
  const [event] = (await holdfast.send("nobody/asked", {})).ids;
  await database.query("update holdfast.events set accepted_by = $2 where id = $1", [event, dead]);
  await holdfast.advance(31 * DAY);
  expect(await forget()).toEqual({ runs: 0, events: 0 });
  await database.query("update holdfast.workers set stopped_at = clock_timestamp() where id = $1", [dead]);
  expect(await forget()).toEqual({ runs: 0, events: 1 });
});

test("a run that somebody has just locked is left for another time", async () => {
  const { id } = await holdfast.run("piece");
  await holdfast.advance(31 * DAY);
  const other = createPool({ url: holdfast.database.url, max: 1, name: "other", onError: () => undefined });
  const client = await other.connect();
  await client.query("begin");
  await client.query("select from holdfast.runs where id = $1 for update", [id]);
  expect(await forget()).toEqual({ runs: 0, events: 0 });
  await client.query("rollback");
  client.release();
  await other.end();
  expect(await forget()).toEqual({ runs: 1, events: 0 });
});

test("more than a batch goes, by a process that was told how long to keep it", async () => {
  const { database, workerId } = holdfast.host;
  await database.query(
    `insert into holdfast.runs (id, workspace, flow, flow_version, status, started_at, finished_at, actor, trigger)
     select overlay(gen_random_uuid()::text placing '0000' from 1)::uuid, 1, flow, flow_version, 'completed', started_at, finished_at, actor, trigger
       from generate_series(1, 1234), lateral (
         select 1 as flow, 1 as flow_version, holdfast.now() - interval '40 days' as started_at,
                holdfast.now() - interval '39 days' as finished_at, 'system:test' as actor, '{"type": "call"}'::json as trigger
       ) r`,
  );
  await database.query(
    `insert into holdfast.events (id, workspace, name, data, actor, via, accepted_at)
     select overlay(gen_random_uuid()::text placing '0000' from 1)::uuid, 1, 'old', '{}', 'system:test', 'api', holdfast.now() - interval '40 days'
       from generate_series(1, 2345)`,
  );
  const done = Promise.withResolvers<void>();
  let [runs, events] = [0, 0];
  const stop = await keepHistory({
    databaseUrl: holdfast.database.url,
    log: createLogger({ level: "silent", scrubber: new Scrubber() }),
    workerId,
    keepMs: KEEP,
    onForgotten: (forgotten) => {
      runs += forgotten.runs;
      events += forgotten.events;
      if (runs === 1234 && events === 2345) done.resolve();
    },
  });
  await done.promise;
  await stop();
  const { rows } = await database.query(
    "select keeps = interval '30 days' as told from holdfast.workers where id = $1",
    [workerId],
  );
  expect(rows).toEqual([{ told: true }]);
});
