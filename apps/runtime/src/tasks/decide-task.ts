/**
 * The one decision function. Every door comes through here (API, CLI, event, and the inbox to come): one transaction
 * that locks, checks the right at that moment, and commits the decision.
 */
import type pg from "pg";
import { compileSchema, type Json, type JsonObject } from "@holdfast/dsl";
import { actorText } from "../actor/actor.ts";
import { iso } from "../host/expression-roots.ts";
import { LIMITS } from "../host/limits.ts";
import { uuid7 } from "../ids/uuid7.ts";
import { Problem } from "../problem/problem.ts";
import type { Caller, Decide } from "../services/services.ts";
import { storableText } from "../services/storable.ts";
import { insertDecision, lockTask, standingDecision, type StoredDecision, type StoredTask } from "../store/tasks.ts";
import { type Holder, resolveWait } from "../store/waits.ts";
import type { Woken } from "../store/wakes.ts";
import { inTransaction } from "../database/transaction.ts";
import { rightToDecide } from "./right-to-decide.ts";

export interface DecisionContext {
  readonly database: pg.Pool;
  readonly holder: Holder;
  readonly hasRoom: () => boolean;
}

export interface Decided {
  readonly id: string;
  readonly effectiveAt: number;
  readonly run: string;
  /** Absent while the time to take it back runs. */
  readonly woken: Woken | undefined;
}

const MAX_GRACE_SECONDS = 3_600;

/** @throws Problem; then nothing has changed. */
export function decideTask(
  context: DecisionContext,
  caller: Caller,
  decide: Decide,
  event?: { readonly id: string; readonly acceptedAt: number },
): Promise<Decided> {
  return inTransaction(context.database, async (client) => {
    const task = await lockTask(client, caller.workspace, decide.task);
    if (task === undefined) throw new Problem(404, "task_not_found", "There is no such task.");
    const at = event?.acceptedAt ?? task.now;
    await refuseClosed(client, task, at);
    const right = rightToDecide(task, caller.person);
    if (!right.may) throw new Problem(403, right.code, right.message);
    if (!task.outcomes.includes(decide.outcome)) {
      throw new Problem(422, "unknown_outcome", `“${decide.outcome}” is not an outcome of this task.`, {
        pointer: "/outcome",
        hint: `One of: ${task.outcomes.join(", ")}`,
      });
    }
    const grace = decide.graceSeconds ?? 0;
    if (grace < 0 || grace > MAX_GRACE_SECONDS) {
      throw new Problem(422, "invalid_grace", `graceSeconds must be between 0 and ${MAX_GRACE_SECONDS}.`, {
        pointer: "/graceSeconds",
      });
    }
    const data = formData(task, decide.data);
    storableText(data, LIMITS.waitOutput, "/data");
    if (decide.comment !== undefined) storableText(decide.comment, LIMITS.waitOutput, "/comment");
    const id = uuid7();
    const effectiveAt = task.now + grace * 1_000;
    const via = event === undefined ? caller.door : "event";
    const actor = caller.person === undefined ? actorText(caller.actor) : `person:${caller.person.id}`;
    await insertDecision(client, {
      id,
      task: task.id,
      outcome: decide.outcome,
      data,
      comment: decide.comment,
      actor,
      via,
      at: task.now,
      effectiveAt,
    });
    if (grace > 0) {
      await client.query("insert into holdfast.timers (run, name, due_at) values ($1, $2, holdfast.at($3))", [
        task.run,
        `decision:${task.id}`,
        effectiveAt,
      ]);
      return { id, effectiveAt, run: task.run, woken: undefined };
    }
    const decision = await standingDecision(client, task.id);
    const woken = decision === undefined ? undefined : await carryOut(client, context, decision, event);
    if (woken === undefined) throw new Problem(409, "task_closed", "The run no longer waits for this decision.");
    return { id, effectiveAt, run: task.run, woken };
  });
}

/** Gives a decision whose time has come to the run. Nothing happens if the run does not wait for it any more. */
export async function carryOut(
  database: pg.Pool | pg.PoolClient,
  context: Pick<DecisionContext, "holder" | "hasRoom">,
  decision: StoredDecision,
  event?: { readonly id: string; readonly acceptedAt: number },
): Promise<Woken | undefined> {
  const output: JsonObject = {
    outcome: decision.outcome,
    data: decision.data,
    ...(decision.comment === null ? {} : { comment: decision.comment }),
    by: by(decision),
    via: decision.via,
    at: iso(decision.decidedAt),
  };
  const base = {
    wait: decision.wait,
    status: "resolved",
    result: { port: decision.outcome, output },
    at: decision.now,
  } as const;
  return resolveWait(
    database,
    { ...base, ...(event === undefined ? {} : { event }), take: context.hasRoom() },
    context.holder,
  );
}

function by(decision: StoredDecision): Json {
  const [kind = "person", id = ""] = decision.actor.split(":", 2);
  return decision.name === null ? { kind, id } : { kind, id, name: decision.name };
}

async function refuseClosed(client: pg.PoolClient, task: StoredTask, at: number): Promise<void> {
  switch (task.status) {
    case "open":
      break;
    case "decided": {
      const decision = await standingDecision(client, task.id);
      const who = decision?.name ?? "Someone";
      const details: Json =
        decision === undefined ? {} : { outcome: decision.outcome, by: by(decision), at: iso(decision.decidedAt) };
      throw new Problem(409, "already_decided", `${who} decided this already. Nothing is left to decide.`, { details });
    }
    case "expired":
      throw new Problem(409, "task_expired", "The time to decide this is over.");
    case "canceled":
      throw new Problem(409, "task_closed", "This task was closed; the run no longer waits for it.");
  }
  if (task.expiresAt !== null && at >= task.expiresAt) {
    throw new Problem(409, "task_expired", "The time to decide this is over.");
  }
}

/** What the form gives: the prefill, changed by what the person wrote. @throws Problem with every field that does not fit */
function formData(task: StoredTask, given: JsonObject | undefined): JsonObject {
  const data = { ...task.prefill, ...given };
  if (task.form === null) return data;
  const checked = compileSchema(task.form).validate(data);
  if (checked.ok) return data;
  throw new Problem(422, "invalid_decision", "The decision does not fit the task's form.", {
    pointer: `/data${checked.errors[0]?.pointer ?? ""}`,
    issues: checked.errors.map(({ pointer, message }) => ({
      code: "does_not_fit",
      pointer: `/data${pointer}`,
      message,
    })),
  });
}
