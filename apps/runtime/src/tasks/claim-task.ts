/** Claims: somebody works on a task, and nobody else decides it meanwhile. A claim lapses by itself. */
import type pg from "pg";
import { noteOperation } from "../audit/note-operation.ts";
import { iso } from "../host/expression-roots.ts";
import { notify } from "../notifications/notify.ts";
import { Problem } from "../problem/problem.ts";
import type { Caller } from "../services/services.ts";
import { CLAIM_HOURS, standingOf } from "../store/standing.ts";
import { setClaim } from "../store/tasks.ts";
import { peopleToTell } from "./deciders.ts";
import { needsSeveral } from "./needs.ts";
import { mayDecideNow } from "./standing.ts";
import { withOpenTask } from "./with-task.ts";

const CLAIM_MS = CLAIM_HOURS * 60 * 60 * 1_000;

/** By whoever may decide it. Claiming again counts the hours anew. @throws Problem */
export function claimTask(database: pg.Pool, caller: Caller, task: string): Promise<{ run: string; until: number }> {
  return withOpenTask(database, caller, task, async (client, stored, person) => {
    const right = mayDecideNow(stored, person.id, await standingOf(client, stored.id, person.id));
    if (!right.may) {
      throw new Problem(right.status, right.code, right.message, right.details && { details: right.details });
    }
    if (needsSeveral(stored)) {
      throw new Problem(409, "several_needed", "Several people have to answer this, so nobody can keep it.");
    }
    await setClaim(client, stored.id, { by: person.id, at: stored.now });
    const until = stored.now + CLAIM_MS;
    await noteOperation(client, caller, {
      action: "task.claim",
      target: `task:${stored.id}`,
      before: { claimedBy: stored.claimedBy },
      after: { claimedBy: person.id, until: iso(until) },
    });
    return { run: stored.run, until };
  });
}

/** By whoever holds the claim, or an administrator. @throws Problem */
export function releaseTask(database: pg.Pool, caller: Caller, task: string): Promise<{ run: string }> {
  return withOpenTask(database, caller, task, async (client, stored, person) => {
    const { claim, people } = await standingOf(client, stored.id, person.id);
    if (claim === undefined) throw new Problem(409, "not_claimed", "Nobody has claimed this task.");
    if (claim.by !== person.id && people.get(person.id)?.roles.includes("administrator") !== true) {
      const who = people.get(claim.by)?.name ?? "whoever claimed it";
      throw new Problem(403, "claimed", `Only ${who} or an administrator can release this task.`, {
        details: { by: claim.by, name: who, since: iso(claim.since) },
      });
    }
    await setClaim(client, stored.id, undefined);
    // Not whoever has handed it over, but whom they gave it to.
    const to = await peopleToTell(client, stored);
    await notify(client, { task: stored.id, kind: "givenBack", to, by: { kind: "person", id: person.id } });
    await noteOperation(client, caller, {
      action: "task.release",
      target: `task:${stored.id}`,
      before: { claimedBy: claim.by, since: iso(claim.since) },
      after: { claimedBy: null },
    });
    return { run: stored.run };
  });
}
