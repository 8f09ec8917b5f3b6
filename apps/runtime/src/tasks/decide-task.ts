/**
 * The one decision function. Every door comes through here (inbox, API, CLI, event, bulk): one transaction that locks,
 * checks the right at that moment, and commits the answer. Where a task needs several people it is a vote, and the one
 * that reaches the number decides.
 */
import type pg from "pg";
import { compileSchema, isJsonObject, type Json, type JsonObject } from "@holdfast/dsl";
import { type Actor, actorText, parseActor } from "../actor/actor.ts";
import { noteOperation } from "../audit/note-operation.ts";
import { inTransaction } from "../database/transaction.ts";
import { iso } from "../host/expression-roots.ts";
import { LIMITS } from "../host/limits.ts";
import { uuid7 } from "../ids/uuid7.ts";
import { useLink } from "../decision-links/use-link.ts";
import { notify } from "../notifications/notify.ts";
import { Problem } from "../problem/problem.ts";
import type { Caller } from "../services/services.ts";
import { storableText } from "../services/storable.ts";
import { standingOf } from "../store/standing.ts";
import {
  insertVote,
  lockTask,
  type NewVote,
  standingDecision,
  standingVotes,
  type StoredDecision,
  type StoredTask,
  type StoredVote,
  votesByEvent,
} from "../store/tasks.ts";
import { type Holder, resolveWait } from "../store/waits.ts";
import type { Woken } from "../store/wakes.ts";
import { decisionOutput } from "./decision-output.ts";
import { proposalDiff } from "./proposal-diff.ts";
import { type May, mayDecideNow } from "./standing.ts";
import type { Decide } from "./task-services.ts";

export interface DecisionContext {
  readonly database: pg.Pool;
  readonly holder: Holder;
  readonly hasRoom: () => boolean;
}

export interface Decided {
  readonly id: string;
  readonly effectiveAt: number;
  readonly run: string;
  /** False: a vote, and more are needed. */
  readonly decided: boolean;
  /** Absent while the time to take it back runs, or more votes are needed. */
  readonly woken: Woken | undefined;
}

const MAX_GRACE_SECONDS = 3_600;
const LONGEST_COMMENT = 10_000;

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
    const before = event === undefined ? undefined : await sameEventBefore(client, task, event);
    if (before !== undefined) return before;
    await refuseClosed(client, task, event?.acceptedAt ?? task.now);
    const right = mayDecideNow(task, caller.person?.id, await standingOf(client, task.id, caller.person?.id));
    if (!right.may) {
      throw new Problem(right.status, right.code, right.message, right.details && { details: right.details });
    }
    refuseUnfit(task, decide);
    const votes = await standingVotes(client, task.id);
    const vote = voteOf({ task, votes, caller, decide, right, event });
    await insertVote(client, vote);
    const woken = vote.decides ? await takeEffect(client, context, vote, event) : undefined;
    if (decide.link !== undefined) await useLink(client, decide.link);
    if (vote.decides) await tellOfDecision(client, caller, task, vote);
    await noteDecision(client, caller, { task, votes, decide, vote });
    return { id: vote.id, effectiveAt: vote.effectiveAt, run: task.run, decided: vote.decides, woken };
  });
}

interface Answer {
  readonly task: StoredTask;
  /** That stand. */
  readonly votes: readonly StoredVote[];
  readonly caller: Caller;
  readonly decide: Decide;
  readonly right: May;
  readonly event: { readonly id: string } | undefined;
}

/** @throws Problem when its data do not fit. */
function voteOf({ task, votes, caller, decide, right, event }: Answer): NewVote {
  const agreeing = votes.filter(({ outcome }) => outcome === decide.outcome);
  const data = decisionData(task, decide, agreeing);
  const decides = agreeing.length + 1 >= (task.needs[decide.outcome] ?? 1);
  return {
    id: uuid7(),
    task: task.id,
    outcome: decide.outcome,
    data,
    comment: decide.comment,
    actor: actorText(whoDecides(caller)),
    onBehalfOf: right.onBehalfOf,
    via: event === undefined ? caller.door : "event",
    event: event?.id,
    diff: proposalDiff(task.prefill, data),
    decides,
    at: task.now,
    effectiveAt: decides ? effectiveTime(task, decide) : task.now,
  };
}

/** A key decides as its person. */
const whoDecides = ({ person, actor }: Caller): Actor =>
  person === undefined ? actor : { kind: "person", id: person.id };

/** At once, or when the time to take it back is over. */
async function takeEffect(
  client: pg.PoolClient,
  context: DecisionContext,
  vote: NewVote,
  event: { readonly id: string; readonly acceptedAt: number } | undefined,
): Promise<Woken | undefined> {
  const decision = await standingDecision(client, vote.task);
  if (decision === undefined) throw new Error(`the decision of task ${vote.task} does not stand`);
  return vote.effectiveAt > vote.at ? waitForGrace(client, decision) : carryOutNow(client, context, decision, event);
}

async function tellOfDecision(client: pg.PoolClient, caller: Caller, of: StoredTask, vote: NewVote): Promise<void> {
  const { id: task, outcomeTitles } = of;
  const note = outcomeTitles[vote.outcome] ?? vote.outcome;
  const mailAt = vote.effectiveAt;
  await notify(client, { task, kind: "decided", to: "involved", by: whoDecides(caller), note, mailAt });
}

interface Noted {
  readonly task: StoredTask;
  /** That stood before. */
  readonly votes: readonly StoredVote[];
  readonly decide: Decide;
  readonly vote: NewVote;
}

async function noteDecision(
  client: pg.PoolClient,
  caller: Caller,
  { task, votes, decide, vote }: Noted,
): Promise<void> {
  const { outcome, comment, bulk } = decide;
  const { id, decides, data, diff, via, effectiveAt, onBehalfOf, event } = vote;
  await noteOperation(client, caller, {
    action: "task.decide",
    target: `task:${task.id}`,
    before: { status: "open", votes: votes.map((one) => ({ outcome: one.outcome, actor: one.actor })) },
    after: {
      decision: id,
      status: decides ? "decided" : "open",
      outcome,
      data,
      diff,
      via,
      ...(comment === undefined ? {} : { comment }),
      ...(onBehalfOf === null ? {} : { onBehalfOf }),
      ...(event === undefined ? {} : { event }),
      ...(bulk === undefined ? {} : { bulk }),
      effectiveAt: iso(effectiveAt),
      saw: seen(task),
    },
  });
}

/** Gives a decision whose time has come to the run. Nothing happens if the run does not wait for it any more. */
export async function carryOut(
  database: pg.Pool | pg.PoolClient,
  context: Pick<DecisionContext, "holder" | "hasRoom">,
  decision: StoredDecision,
  event?: { readonly id: string; readonly acceptedAt: number },
): Promise<Woken | undefined> {
  const output = await decisionOutput(database, decision);
  return resolveWait(
    database,
    {
      wait: decision.wait,
      status: "resolved",
      result: { port: decision.outcome, output },
      at: decision.now,
      take: context.hasRoom(),
      ...(event === undefined ? {} : { event }),
    },
    context.holder,
  );
}

async function carryOutNow(
  client: pg.PoolClient,
  context: DecisionContext,
  decision: StoredDecision,
  event: { readonly id: string; readonly acceptedAt: number } | undefined,
): Promise<Woken> {
  const woken = await carryOut(client, context, decision, event);
  if (woken === undefined) throw new Problem(409, "task_closed", "The run no longer waits for this decision.");
  return woken;
}

async function waitForGrace(client: pg.PoolClient, decision: StoredDecision): Promise<undefined> {
  // What can't be given to the run later is refused now.
  storableText(await decisionOutput(client, decision), LIMITS.waitOutput, "");
  await client.query("insert into holdfast.timers (run, name, due_at) values ($1, $2, holdfast.at($3))", [
    decision.run,
    `decision:${decision.task}`,
    decision.effectiveAt,
  ]);
}

/**
 * An event is looked at as often as it takes. What it did the first time is what it did.
 * @throws Problem when it answered an earlier task of the run before this one was opened.
 */
async function sameEventBefore(
  client: pg.PoolClient,
  task: StoredTask,
  event: { readonly id: string; readonly acceptedAt: number },
): Promise<Decided | undefined> {
  const votes = await votesByEvent(client, task.run, event.id);
  const same = votes.find((vote) => vote.task === task.id);
  if (same !== undefined) {
    return { id: same.id, effectiveAt: same.effectiveAt, run: task.run, decided: same.decides, woken: undefined };
  }
  if (votes.length > 0 && event.acceptedAt < task.openedAt) {
    throw new Problem(409, "event_used", "This event has answered an earlier task of the run.");
  }
  return undefined;
}

/** @throws Problem */
function refuseUnfit(task: StoredTask, { outcome, comment, graceSeconds = 0 }: Decide): void {
  if (!task.outcomes.includes(outcome)) {
    throw new Problem(422, "unknown_outcome", `“${outcome}” is not an outcome of this task.`, {
      pointer: "/outcome",
      hint: `One of: ${task.outcomes.join(", ")}`,
    });
  }
  if (graceSeconds < 0 || graceSeconds > MAX_GRACE_SECONDS) {
    throw new Problem(422, "invalid_grace", `graceSeconds must be between 0 and ${MAX_GRACE_SECONDS}.`, {
      pointer: "/graceSeconds",
    });
  }
  if (comment !== undefined) {
    storableText(comment, LIMITS.waitOutput, "/comment");
    if (comment.length > LONGEST_COMMENT) {
      throw new Problem(413, "value_too_large", `A comment has ${LONGEST_COMMENT} characters at most.`, {
        pointer: "/comment",
      });
    }
  }
  if (task.reasonFor.includes(outcome) && (comment ?? "").trim() === "") {
    throw new Problem(422, "reason_required", `“${outcome}” takes a reason.`, {
      pointer: "/comment",
      hint: "Say why in the comment.",
    });
  }
}

/** `graceUntil` wins: what is decided together takes effect together. */
const effectiveTime = (task: StoredTask, { graceSeconds = 0, graceUntil }: Decide): number =>
  Math.max(task.now, graceUntil ?? task.now + graceSeconds * 1_000);

async function refuseClosed(client: pg.PoolClient, task: StoredTask, at: number): Promise<void> {
  switch (task.status) {
    case "open":
      break;
    case "decided": {
      const decision = await standingDecision(client, task.id);
      const who = decision?.name ?? "Someone";
      const details: Json =
        decision === undefined
          ? {}
          : {
              outcome: decision.outcome,
              by: { ...parseActor(decision.actor), ...(decision.name === null ? {} : { name: decision.name }) },
              at: iso(decision.decidedAt),
            };
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

/**
 * What the form gives: the prefill, changed by what the person wrote; or the form as it stands. Who agrees with others agrees to their values:
 * otherwise the last one could change what the others have approved.
 * @throws Problem with every field that does not fit
 */
function decisionData(
  task: StoredTask,
  { data: given, whole = false }: Decide,
  agreeing: readonly StoredVote[],
): JsonObject {
  const [first] = agreeing;
  const base = first !== undefined && isJsonObject(first.data) ? first.data : task.prefill;
  const data = whole && given !== undefined ? given : { ...base, ...given };
  storableText(data, LIMITS.output, "/data");
  const checked = task.form === null ? { ok: true as const } : compileSchema(task.form).validate(data);
  if (!checked.ok) {
    throw new Problem(422, "invalid_decision", "The decision does not fit the task's form.", {
      pointer: `/data${checked.errors[0]?.pointer ?? ""}`,
      issues: checked.errors.map(({ pointer, message }) => ({
        code: "does_not_fit",
        pointer: `/data${pointer}`,
        message,
      })),
    });
  }
  const [difference] = first === undefined ? [] : proposalDiff(base, data);
  if (difference !== undefined) {
    throw new Problem(409, "other_values", "Others have answered the same with other values.", {
      pointer: `/data${difference.pointer}`,
      hint: "Answer with their values, or let them take their answers back.",
      details: { data: base },
    });
  }
  return data;
}

/** What whoever decides is shown, for the audit. */
const seen = ({ title, description, context, prefill, aiOffline }: StoredTask): JsonObject => ({
  title,
  description,
  context,
  prefill,
  aiOffline,
});
