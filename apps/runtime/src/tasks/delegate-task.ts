/** Giving a task to somebody else: to decide on one's behalf, or instead of oneself. */
import type pg from "pg";
import { noteOperation } from "../audit/note-operation.ts";
import { iso } from "../host/expression-roots.ts";
import { uuid7 } from "../ids/uuid7.ts";
import { notify } from "../notifications/notify.ts";
import { Problem } from "../problem/problem.ts";
import type { Caller } from "../services/services.ts";
import { storableText } from "../services/storable.ts";
import { endDelegations, insertDelegation } from "../store/delegations.ts";
import { standingsOf } from "../store/standing.ts";
import { setClaim, type StoredTask } from "../store/tasks.ts";
import { mayDecideNow, type Standing } from "./standing.ts";
import { whyNotDelegate } from "./deciders.ts";
import type { Delegate } from "./task-services.ts";
import { withOpenTask } from "./with-task.ts";

/** Bytes. */
const LONGEST_REASON = 8_000;

/** By whoever holds it. What they gave to somebody before ends with that. @throws Problem */
export function delegateTask(database: pg.Pool, caller: Caller, delegate: Delegate): Promise<string> {
  return withOpenTask(database, caller, delegate.task, async (client, stored, person) => {
    const standing = (await standingsOf(client, [stored.id], { everybody: caller.workspace })).get(stored.id);
    if (standing === undefined) throw new Error(`task ${stored.id} is gone`);
    refuseGiver(stored, person.id, standing);
    const to = idOf(delegate.to, standing);
    const why = whyNotDelegate(stored, person.id, to, standing);
    if (why !== undefined) throw new Problem(422, why.code, why.message, { pointer: "/to" });
    const until = untilOf(stored, delegate.until);
    if (delegate.reason !== undefined) storableText(delegate.reason, LONGEST_REASON, "/reason");
    const ended = await endDelegations(client, stored.id, { from: person.id });
    const { kind, reason } = delegate;
    await insertDelegation(client, { id: uuid7(), task: stored.id, from: person.id, to, kind, until, reason });
    await releaseFor(client, stored, [person.id, ...ended.map((one) => one.to)]);
    const by = { kind: "person", id: person.id } as const;
    const told = kind === "delegate" ? "delegated" : "handedOver";
    await notify(client, { task: stored.id, kind: told, to: [to], by, note: reason });
    await noteOperation(client, caller, {
      action: kind === "delegate" ? "task.delegate" : "task.hand_over",
      target: `task:${stored.id}`,
      before: { delegations: [...ended] },
      after: {
        from: person.id,
        to,
        ...(until === undefined ? {} : { until: iso(until) }),
        ...(reason === undefined ? {} : { reason }),
      },
    });
    return stored.run;
  });
}

/** By whoever gave it, or got it. @throws Problem */
export function endDelegation(database: pg.Pool, caller: Caller, task: string): Promise<string> {
  return withOpenTask(database, caller, task, async (client, stored, person) => {
    const ended = await endDelegations(client, stored.id, { either: person.id });
    if (ended.length === 0) {
      throw new Problem(409, "not_delegated", "You have neither given this task to anybody nor got it from anybody.");
    }
    await releaseFor(
      client,
      stored,
      ended.map(({ to }) => to),
    );
    await notify(client, {
      task: stored.id,
      kind: "givenBack",
      to: [person.id === ended[0]?.from ? ended[0].to : (ended[0]?.from ?? "")],
      by: { kind: "person", id: person.id },
    });
    await noteOperation(client, caller, {
      action: "task.end_delegation",
      target: `task:${stored.id}`,
      before: { delegations: [...ended] },
      after: { delegations: [] },
    });
    return stored.run;
  });
}

/** People are named by id or by e-mail address. */
function idOf(named: string, { people }: Standing): string {
  const text = named.trim().toLowerCase();
  return [...people.values()].find(({ id, email }) => id === text || email.toLowerCase() === text)?.id ?? named;
}

/** Whoever gives a task away, or has lost it, does not keep it from others. */
async function releaseFor(client: pg.PoolClient, task: StoredTask, people: readonly string[]): Promise<void> {
  if (task.claimedBy !== null && people.includes(task.claimedBy)) await setClaim(client, task.id, undefined);
}

function refuseGiver(task: StoredTask, person: string, standing: Standing): void {
  const right = mayDecideNow(task, person, standing);
  // Whoever has handed it over may give it to somebody else instead.
  if (!right.may && right.code === "handed_over") return;
  if (!right.may) {
    throw new Problem(right.status, right.code, right.message, right.details && { details: right.details });
  }
  if (!right.holds) {
    const whose = right.onBehalfOf === null ? undefined : standing.people.get(right.onBehalfOf)?.name;
    const who = whose ?? "somebody else";
    throw new Problem(403, "held_on_behalf", `You hold this on behalf of ${who}, and can't pass it on.`, {
      hint: `${whose ?? "Whoever gave it to you"} can hand it over to others.`,
    });
  }
}

function untilOf(task: StoredTask, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const until = Date.parse(text);
  if (Number.isFinite(until) && until > task.now) return until;
  throw new Problem(422, "until_passed", "This time has passed already.", { pointer: "/until" });
}
