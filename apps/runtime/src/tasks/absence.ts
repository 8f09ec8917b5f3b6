/** While somebody is away, their delegate may decide for them. */
import type pg from "pg";
import { actorText } from "../actor/actor.ts";
import { noteOperation } from "../audit/note-operation.ts";
import { inTransaction } from "../database/transaction.ts";
import { isUuid, uuid7 } from "../ids/uuid7.ts";
import { Problem } from "../problem/problem.ts";
import { iso } from "../host/expression-roots.ts";
import type { Caller } from "../services/services.ts";

export interface NewAbsence {
  readonly person: string;
  readonly delegate: string;
  /** ISO. */
  readonly from: string;
  readonly until: string;
}

/** Of a person one at a time: the new one stands in for what they had. @throws Problem 422 */
export async function setAbsence(database: pg.Pool, caller: Caller, absence: NewAbsence): Promise<void> {
  await inTransaction(database, async (client) => {
    const { person, delegate } = absence;
    const { from, until } = await timesOf(client, absence);
    // One at a time: two that stand in for each other could else come at once.
    await client.query("select from holdfast.workspaces where id = $1 for no key update", [caller.workspace]);
    await refusePeople(client, caller.workspace, absence, { from, until });
    const before = await endOf(client, caller.workspace, person);
    await client.query(
      `insert into holdfast.absences (id, workspace, person, delegate, from_at, until_at, actor)
       values ($1, $2, $3, $4, holdfast.at($5), holdfast.at($6), $7)`,
      [uuid7(), caller.workspace, person, delegate, from, until, actorText(caller.actor)],
    );
    await noteOperation(client, caller, {
      action: "absence.set",
      target: `person:${person}`,
      ...(before === undefined ? {} : { before }),
      after: { delegate, from: iso(from), until: iso(until) },
    });
  });
}

/** @throws Problem 409 `not_away` */
export async function endAbsence(database: pg.Pool, caller: Caller, person: string): Promise<void> {
  await inTransaction(database, async (client) => {
    const before = await endOf(client, caller.workspace, person);
    if (before === undefined) throw new Problem(409, "not_away", "No absence is set.");
    await noteOperation(client, caller, { action: "absence.end", target: `person:${person}`, before, after: {} });
  });
}

async function timesOf(client: pg.PoolClient, absence: NewAbsence): Promise<{ from: number; until: number }> {
  const clock = await client.query<{ now: number }>("select holdfast.ms(holdfast.now()) as now");
  const from = Date.parse(absence.from);
  const until = Date.parse(absence.until);
  if (!(until > from)) {
    throw new Problem(422, "until_before_from", "An absence ends after it begins.", { pointer: "/until" });
  }
  if (until <= (clock.rows[0]?.now ?? 0)) {
    throw new Problem(422, "until_passed", "This time has passed already.", { pointer: "/until" });
  }
  return { from, until };
}

async function refusePeople(
  client: pg.PoolClient,
  workspace: number,
  { person, delegate }: NewAbsence,
  { from, until }: { readonly from: number; readonly until: number },
): Promise<void> {
  const found = await client.query<{ id: string; name: string; roles: readonly string[]; away: boolean }>(
    `select p.id, p.name, p.roles, exists (
       select from holdfast.absences a where a.person = p.id and a.ended_at is null
         and a.from_at < holdfast.at($4) and holdfast.at($3) < a.until_at) as away
     from holdfast.people p where p.workspace = $1 and p.id = any($2::uuid[]) and p.disabled_at is null`,
    [workspace, [person, delegate].filter((id) => isUuid(id)), from, until],
  );
  const other = found.rows.find(({ id }) => id === delegate);
  const refuse = (code: string, message: string): Problem => new Problem(422, code, message, { pointer: "/delegate" });
  if (!found.rows.some(({ id }) => id === person)) {
    throw new Problem(422, "unknown_person", "There is no such person here.", { pointer: "/person" });
  }
  if (delegate === person) throw refuse("delegate_to_self", "Nobody stands in for themselves.");
  if (other === undefined) throw refuse("unknown_person", "There is no such person here.");
  const { name } = other;
  if (other.roles.length === 0) throw refuse("may_not_decide", `${name} has no role, and so may not decide tasks.`);
  if (other.away) throw refuse("delegate_is_away", `${other.name} is away in this time too.`);
}

/** @returns What it was, if it was still to come or under way. */
async function endOf(
  client: pg.PoolClient,
  workspace: number,
  person: string,
): Promise<{ delegate: string; from: string; until: string } | undefined> {
  const ended = await client.query<{ delegate: string; from: number; until: number; live: boolean }>(
    `update holdfast.absences set ended_at = holdfast.now()
     where workspace = $1 and person::text = $2 and ended_at is null
     returning delegate, holdfast.ms(from_at) as from, holdfast.ms(until_at) as until, until_at > holdfast.now() as live`,
    [workspace, person],
  );
  const [row] = ended.rows;
  return row?.live === true ? { delegate: row.delegate, from: iso(row.from), until: iso(row.until) } : undefined;
}
