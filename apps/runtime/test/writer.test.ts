/** What the group writer's batches rest on. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { uuid7 } from "../src/ids/uuid7.ts";
import { stepRow } from "../src/host/rows.ts";
import { GroupWriter } from "../src/writer/group-writer.ts";
import { HostFixture } from "./support/host-fixture.ts";

let holdfast: HostFixture;
let writer: GroupWriter;

beforeAll(async () => {
  holdfast = await HostFixture.create();
  await holdfast.start();
  writer = new GroupWriter({ url: holdfast.database.url, workerId: 77, leaseMs: 60_000 });
});
afterAll(async () => {
  await writer.close();
  await holdfast[Symbol.asyncDispose]();
});

const start = (id: string, key?: string) => {
  const row = `{"id":"${id}","w":1,"f":1,"v":1,"take":true,"actor":"system:test","trig":{},"inp":{}`;
  return writer.submit({
    runId: id,
    epoch: undefined,
    rows: [{ part: "starts", rows: [key === undefined ? `${row}}` : `${row},"ik":"${key}"}`] }],
  });
};
const step = (run: string, node: string) => {
  const row = stepRow({ run, node, call: "main", attempt: 1, seq: 1, status: "completed", startedAt: 0, at: 1 });
  return writer.submit({ runId: run, epoch: 1, rows: [{ part: "steps", rows: [row] }] });
};
const count = async (sql: string, run: string): Promise<unknown> =>
  (await holdfast.host.database.query<{ n: number }>(sql, [run])).rows[0]?.n;

describe("a row that is there already", () => {
  test("is left as it is, and the others of its batch are written", async () => {
    const [one, two] = [uuid7(), uuid7()];
    await Promise.all([start(one), start(two)]);
    await step(one, "a");
    const before = writer.commits;
    const written = await Promise.all([step(one, "a"), step(two, "a")]);
    expect(written.map(({ kind }) => kind)).toEqual(["written", "written"]);
    expect(writer.commits - before).toBe(1);
    for (const run of [one, two]) {
      expect(await count("select count(*) as n from holdfast.steps where run = $1", run)).toBe(1);
    }
  });

  test("is not taken for a start's own", async () => {
    const [one, two] = [uuid7(), uuid7()];
    await start(one, "same");
    expect(await start(two, "same")).toMatchObject({ kind: "written", inserted: false });
    expect(await count("select count(*) as n from holdfast.runs where id = $1", two)).toBe(0);
  });
});

test.each(["before", "after"])(
  "a child is told to stop though it writes at the same moment, %s its parent",
  async (order) => {
    const [parent, child] = [uuid7(), uuid7()];
    await start(parent);
    const row = `{"id":"${child}","w":1,"f":1,"v":1,"take":true,"actor":"system:test","trig":{},"inp":{},"par":"${parent}","pn":"n","it":0}`;
    await writer.submit({ runId: parent, epoch: 1, rows: [{ part: "starts", rows: [row] }] });
    const stop = () =>
      writer.submit({ runId: parent, epoch: 1, rows: [{ part: "childCancels", rows: [`{"r":"${parent}","n":"n"}`] }] });
    const rest = () =>
      writer.submit({
        runId: child,
        epoch: 1,
        rows: [{ part: "runs", rows: [`{"id":"${child}","s":"waiting","st":{},"q":0,"rel":true,"seen":0}`] }],
      });
    const written = await Promise.all(order === "before" ? [rest(), stop()] : [stop(), rest()]);
    expect(written.map(({ kind }) => kind)).toEqual(["written", "written"]);
    const { rows } = await holdfast.host.database.query(
      "select cancel_mode, wake_seq, state is not null as kept from holdfast.runs where id = $1",
      [child],
    );
    expect(rows).toEqual([{ cancel_mode: "cancel", wake_seq: 1, kept: true }]);
  },
);

test("what goes on together is written together", async () => {
  const runs = Array.from({ length: 12 }, () => uuid7());
  const before = writer.commits;
  await Promise.all(
    runs.map(async (run, index) => {
      await start(run);
      // Some have more to do than others before they are ready again.
      for (let turn = 0; turn < index; turn++) await Promise.resolve();
      await step(run, "a");
    }),
  );
  expect(writer.commits - before).toBe(2);
});

test("what would be too much for one batch goes with the next", async () => {
  const small = new GroupWriter({ url: holdfast.database.url, workerId: 77, leaseMs: 60_000, batchSize: 1_000 });
  const rows = (run: string): readonly string[] => [
    `{"id":"${run}","w":1,"f":1,"v":1,"take":true,"actor":"system:test","trig":{},"inp":"${"x".repeat(600)}"}`,
  ];
  const written = await Promise.all(
    Array.from({ length: 4 }, () => uuid7()).map((runId) =>
      small.submit({ runId, epoch: undefined, rows: [{ part: "starts", rows: [...rows(runId)] }] }),
    ),
  );
  expect(written.map(({ kind }) => kind)).toEqual(["written", "written", "written", "written"]);
  expect(small.commits).toBe(4);
  await small.close();
});

test.each(["holdfast.at(i)", "holdfast.ms(holdfast.at(i))"])("%s is inlined", async (call) => {
  const { rows } = await holdfast.host.database.query<{ "QUERY PLAN": string }>(
    `explain (verbose) select ${call} from generate_series(1::bigint, 2) i`,
  );
  expect(rows.map((row) => row["QUERY PLAN"]).join("\n")).not.toContain("holdfast.");
});

test("times survive the way there and back to the millisecond", async () => {
  const times = [0, -1, 1_795_390_000_123, 4_102_444_799_999, 32_503_680_000_001, 253_402_300_799_999];
  const { rows } = await holdfast.host.database.query<{ ms: number }>(
    "select holdfast.ms(holdfast.at(i)) as ms from unnest($1::bigint[]) with ordinality as t(i, n) order by n",
    [times],
  );
  expect(rows.map(({ ms }) => ms)).toEqual(times);
});
