/** Rows of a run that stands in the middle of its way, for tests of single statements. */
import { createPool } from "../../../src/database/pool.ts";
import type pg from "pg";
import { builtinManifests } from "@holdfast/nodes/manifests";
import { publishFlow } from "../../../src/services/publish-flow.ts";
import { CLIENT } from "./door.ts";
import { uuid7 } from "../../../src/ids/uuid7.ts";
import { registerWorker } from "../../../src/store/workers.ts";
import { type Part, PARTS } from "../../../src/writer/run-write.ts";
import { checkpointStatement } from "../../../src/writer/statement.ts";
import { untilTrue } from "./until.ts";

/** One connection: what is sent in between `begin` and `commit` is one transaction. */
export function connect(url: string): pg.Pool {
  return createPool({ url, max: 1, name: "one", onError: () => undefined });
}

export interface RunRow {
  readonly id: string;
  readonly worker: number;
}

/** A run of epoch 1, held by a worker of its own; its lease is over in `leaseMs`, or is so already. */
export async function insertRun(database: pg.Pool, leaseMs: number): Promise<RunRow> {
  const worker = await registerWorker(database, { host: "test", pid: process.pid, nodeTypes: {} });
  const id = uuid7();
  await publishFlow({ database, manifests: builtinManifests }, CLIENT, {
    id: "flow",
    document: {
      dsl: 1,
      id: "flow",
      name: "Flow",
      triggers: [{ type: "call" }],
      nodes: { only: { type: "end", params: {} } },
      edges: [{ from: "start", to: "only" }],
    },
  });
  await database.query(
    `insert into holdfast.runs (id, workspace, flow, flow_version, status, epoch, lease_owner, lease_until, started_at,
      actor, trigger, input)
     select $1, 1, v.flow, v.ref, 'running', 1, $2, clock_timestamp() + $3::interval,
      holdfast.now() - interval '1 minute', 'system:test', '{}', '{}' from holdfast.flow_versions v`,
    [id, worker, `${leaseMs} milliseconds`],
  );
  return { id, worker };
}

export interface Passed {
  readonly i: number | null;
  readonly released?: boolean | null;
}

/** The checkpoint statement for one run, as the writer sends it. Empty: it did not pass the fence. */
export async function checkpoint(
  connection: pg.Pool,
  { run, epoch }: { readonly run: RunRow; readonly epoch: number },
  rows: { readonly [part in Part]?: readonly string[] },
): Promise<readonly Passed[]> {
  const parts = PARTS.filter((part) => rows[part] !== undefined);
  const { text } = checkpointStatement(parts, false);
  const values = parts.map((part) => `[${(rows[part] ?? []).join(",")}]`);
  const result = await connection.query<Passed>(text, [run.worker, "15000 milliseconds", [run.id], [epoch], ...values]);
  return result.rows.filter((row) => row.i !== null);
}

/** Resolves when some connection of the database waits for a lock. */
export async function untilBlocked(observer: pg.Pool): Promise<void> {
  await untilTrue("a statement to wait for a lock", async () => {
    const found = await observer.query(
      "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    );
    return (found.rowCount ?? 0) > 0;
  });
}
