/**
 * What people order: to cancel, pause, resume or retry a run, to end a wait by hand, to repair. Each is written down
 * with its actor, and the run is woken.
 */
import type pg from "pg";
import { compileSchema, type Json, type JsonObject, outputSchemaOf, type WaitOutcome } from "@holdfast/dsl";
import { nodeOf } from "@holdfast/engine";
import { actorText } from "../actor/actor.ts";
import { noteOperation } from "../audit/note-operation.ts";
import type { Clock } from "../clock/host-clock.ts";
import { inTransaction } from "../database/transaction.ts";
import type { CompiledFlow } from "../host/compiled-flow.ts";
import { iso } from "../host/expression-roots.ts";
import { LIMITS } from "../host/limits.ts";
import { isUuid } from "../ids/uuid7.ts";
import { Problem } from "../problem/problem.ts";
import { endQuarantine } from "../store/quarantine.ts";
import { talkOf } from "../store/task-talk.ts";
import { endsInStep, type Holder, lockRunOfWait, resolveWait } from "../store/waits.ts";
import { orderRun, reopenRun, retryOf } from "../store/wake-runs.ts";
import { WOKEN, type Woken, wakeSet } from "../store/wakes.ts";
import { talkOutput } from "../tasks/decision-output.ts";
import type { Caller, ResolveIncident } from "./services.ts";
import { storableText } from "./storable.ts";

export interface OrderContext {
  readonly database: pg.Pool;
  readonly clock: Clock;
  readonly holder: Holder;
  hasRoom(): boolean;
  woken(woken: Woken): void;
  dispatch(runs: readonly string[]): void;
  flowByRef(ref: number): Promise<CompiledFlow>;
}

export interface Wish {
  /** As it is written down: `run.cancel`. */
  readonly action: string;
  readonly cancel?: "cancel" | "terminate";
  readonly pause?: boolean;
}

/** @throws Problem when there is no such run, or it is over. */
export async function order(
  context: OrderContext,
  caller: Caller,
  run: string,
  { action, ...wish }: Wish,
): Promise<void> {
  const { database } = context;
  const woken = isUuid(run)
    ? await inTransaction(database, async (client) => {
        const ordered = await orderRun(client, { workspace: caller.workspace, id: run }, wish, {
          ...context.holder,
          take: context.hasRoom(),
        });
        if (ordered !== undefined) await noteOperation(client, caller, { action, target: `run:${run}`, after: wish });
        return ordered;
      })
    : undefined;
  if (woken === undefined) throw await whyNot(database, caller.workspace, run);
  context.woken(woken);
}

async function whyNot(database: pg.Pool, workspace: number, run: string): Promise<Problem> {
  const found = isUuid(run)
    ? await database.query<{ status: string }>("select status from holdfast.runs where workspace = $1 and id = $2", [
        workspace,
        run,
      ])
    : undefined;
  const status = found?.rows[0]?.status;
  if (status === undefined) return new Problem(404, "run_not_found", "There is no such run.");
  return new Problem(409, "run_is_over", `The run is ${status}; nothing can be changed about it any more.`);
}

/** A failed run is taken up again at its failed nodes, with the same keys. @throws Problem */
export async function retryRun(context: OrderContext, caller: Caller, run: string): Promise<void> {
  const { database } = context;
  if (!isUuid(run)) throw new Problem(404, "run_not_found", "There is no such run.");
  const row = await retryOf(database, caller.workspace, run);
  if (row === undefined) throw new Problem(404, "run_not_found", "There is no such run.");
  if (row.status !== "failed") {
    throw new Problem(409, "run_not_failed", `Only a failed run can be retried; this one is ${row.status}.`);
  }
  if (row.compensated) {
    throw new Problem(
      409,
      "run_compensated",
      "The run, or one that it has run, has been compensated and can't be taken up again; start a new one.",
    );
  }
  if (row.stopped) {
    throw new Problem(
      409,
      "run_not_retryable",
      "No step of the run, or of one that it has run, has failed: it was stopped. Start a new one.",
    );
  }
  const reopened = await inTransaction(database, async (client) => {
    const runs = await reopenRun(client, caller.workspace, run);
    if (runs.length > 0) await noteOperation(client, caller, { action: "run.retry", target: `run:${run}` });
    return runs;
  });
  if (reopened.length === 0) throw await whyNot(database, caller.workspace, run);
  context.dispatch(reopened);
}

interface NodeOfRun {
  readonly node: string;
  readonly version: number;
  readonly body: boolean;
  readonly parent_node: string | null;
}

interface WaitToSkip extends NodeOfRun {
  readonly status: string;
  readonly kind: string;
  readonly outcomes: readonly WaitOutcome[] | null;
  readonly deadline: Date | null;
  readonly in_step: string | null;
}

/** Ends a wait by hand. @throws Problem */
export async function skipWait(
  context: OrderContext,
  caller: Caller,
  { run, wait, port }: { readonly run: string; readonly wait: string; readonly port: string },
): Promise<void> {
  const { database, clock } = context;
  const found =
    isUuid(run) && isUuid(wait)
      ? await database.query<WaitToSkip>(
          `select w.node, w.status, w.kind, w.outcomes, w.deadline, w.in_step, r.flow_version as version, r.body, r.parent_node
           from holdfast.waits w join holdfast.runs r on r.id = w.run where r.workspace = $1 and r.id = $2 and w.id = $3`,
          [caller.workspace, run, wait],
        )
      : undefined;
  const [row] = found?.rows ?? [];
  if (row === undefined) throw new Problem(404, "wait_not_found", "There is no such wait in this run.");
  if (row.kind !== "event" && row.kind !== "time") {
    throw new Problem(
      409,
      "wait_not_skippable",
      "A wait for child runs ends with them; cancel the run, or resolve the incident.",
    );
  }
  const ports = row.in_step === null ? await portsOf(context, row) : endsInStep(row.outcomes, row.deadline);
  if (!ports.includes(port)) {
    const what = row.in_step === null ? `a port of ${row.node}` : `an outcome that ${row.node} waits for`;
    throw new Problem(422, "unknown_port", `“${port}” is not ${what}.`, {
      pointer: "/port",
      hint: `One of: ${ports.join(", ")}`,
    });
  }
  const at = clock.now();
  const by: Json = { kind: caller.actor.kind, id: caller.actor.id };
  const woken = await inTransaction(database, async (client) => {
    await lockRunOfWait(client, wait);
    const output = { outcome: port, data: null, by, via: "skip", at: iso(at), ...(await talkOfWait(client, wait)) };
    const resolved = await resolveWait(
      client,
      { wait, status: "resolved", result: { port, output }, at, take: context.hasRoom() },
      context.holder,
    );
    if (resolved !== undefined) {
      await noteOperation(client, caller, {
        action: "wait.skip",
        target: `wait:${wait}`,
        after: { run, node: row.node, port },
      });
    }
    return resolved;
  });
  if (woken === undefined) {
    throw new Problem(409, "wait_closed", `The wait is ${row.status === "open" ? "no longer open" : row.status}.`);
  }
  context.woken(woken);
}

async function portsOf(
  context: OrderContext,
  { node, version, body, parent_node: parent }: NodeOfRun,
): Promise<readonly string[]> {
  const flow = await context.flowByRef(version);
  const plan = body && parent !== null ? flow.plan.bodies[parent] : flow.plan.root;
  return plan === undefined ? [] : (nodeOf(plan, node)?.ports ?? []);
}

/** What people have said about the task of a wait, if it has one: a flow reads that however the wait ends by hand. */
async function talkOfWait(client: pg.PoolClient, wait: string): Promise<JsonObject> {
  const found = await client.query<{ id: string }>("select id from holdfast.tasks where wait = $1", [wait]);
  const [task] = found.rows;
  return task === undefined ? {} : talkOutput((await talkOf(client, [task.id])).get(task.id));
}

interface IncidentRow {
  readonly run: string;
  readonly node: string;
  readonly of: "step" | "undo";
  readonly kind: string;
  readonly status: string;
  readonly version: number;
  readonly body: boolean;
  readonly parentNode: string | null;
}

/** Repairs: try again with the same key, complete by hand, or give up. @throws Problem */
export async function resolveIncident(context: OrderContext, caller: Caller, resolve: ResolveIncident): Promise<void> {
  const { database, holder } = context;
  const row = isUuid(resolve.incident) ? await findIncident(database, caller.workspace, resolve.incident) : undefined;
  if (row === undefined) throw new Problem(404, "incident_not_found", "There is no such incident.");
  if (row.kind === "crash_loop" && resolve.action === "complete") {
    throw new Problem(422, "not_completable", "The incident is about the whole run; it can be tried again or failed.", {
      pointer: "/action",
    });
  }
  if (row.status !== "open") throw new Problem(409, "incident_closed", `The incident is ${row.status}.`);
  const resolution =
    resolve.action === "complete" && row.of === "step"
      ? await completion(context, row, resolve)
      : { action: resolve.action };
  const woken = await inTransaction(database, async (client) => {
    await client.query("select id from holdfast.runs where id = $1 for no key update", [row.run]);
    const closed = await client.query(
      `update holdfast.incidents set status = 'resolved', closed_at = holdfast.now(), resolution = $2, actor = $3
       where id = $1 and status = 'open'`,
      [resolve.incident, JSON.stringify(resolution), actorText(caller.actor)],
    );
    if (row.kind === "crash_loop" && resolve.action !== "complete") {
      await endQuarantine(client, row.run, resolve.action);
    }
    if (closed.rowCount === 0) {
      throw new Problem(409, "incident_closed", "The incident has just been resolved by somebody else.");
    }
    const result = await client.query<Woken>(
      `update holdfast.runs r set ${wakeSet("$2::boolean", "$3::int", "$4::interval")} where r.id = $1 returning ${WOKEN}`,
      [row.run, context.hasRoom(), holder.workerId, `${holder.leaseMs} milliseconds`],
    );
    await noteOperation(client, caller, {
      action: `incident.${resolve.action}`,
      target: `incident:${resolve.incident}`,
      before: { run: row.run, node: row.node, kind: row.kind },
      after: resolution,
    });
    return result.rows[0];
  });
  if (woken !== undefined) context.woken(woken);
}

async function findIncident(database: pg.Pool, workspace: number, incident: string): Promise<IncidentRow | undefined> {
  const found = await database.query<IncidentRow>(
    `select i.run, i.node, i.of, i.kind, i.status, r.flow_version as version, r.body, r.parent_node as "parentNode"
     from holdfast.incidents i join holdfast.runs r on r.id = i.run where i.workspace = $1 and i.id = $2`,
    [workspace, incident],
  );
  return found.rows[0];
}

/** A port that the node has, and an output that fits it. */
async function completion(
  context: OrderContext,
  row: IncidentRow,
  resolve: ResolveIncident,
): Promise<{ [key: string]: Json }> {
  const flow = await context.flowByRef(row.version);
  const plan = row.body && row.parentNode !== null ? flow.plan.bodies[row.parentNode] : flow.plan.root;
  const node = flow.nodes.get(row.node);
  const ports = plan === undefined ? [] : (nodeOf(plan, row.node)?.ports ?? []);
  const port = resolve.port ?? ports[0] ?? "out";
  if (node === undefined || !ports.includes(port)) {
    throw new Problem(422, "unknown_port", `“${port}” is not a port of ${row.node}.`, {
      pointer: "/port",
      hint: `One of: ${ports.join(", ")}`,
    });
  }
  const output = resolve.output ?? null;
  const checked = compileSchema(outputSchemaOf(node.manifest, node.rawParams, port, () => true)).validate(output);
  if (!checked.ok) {
    throw new Problem(422, "invalid_output", `The output does not fit what ${row.node} gives by “${port}”.`, {
      pointer: `/output${checked.errors[0]?.pointer ?? ""}`,
      issues: checked.errors.map(({ pointer, message }) => ({
        code: "does_not_fit",
        pointer: `/output${pointer}`,
        message,
      })),
    });
  }
  storableText(output, LIMITS.output, "/output");
  return { action: "complete", port, output };
}
