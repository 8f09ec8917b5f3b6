/** What administrators do with people. A workspace always keeps an administrator who can sign in. */
import type { Pool } from "pg";
import { actorText } from "../actor/actor.ts";
import type { Role } from "../access/rights.ts";
import { inTransaction } from "../database/transaction.ts";
import { Problem } from "../problem/problem.ts";
import type { Queryable } from "../read/queryable.ts";
import { uuid7 } from "../ids/uuid7.ts";
import type { Caller } from "../services/services.ts";

export interface Invited {
  readonly email: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly groups: readonly string[];
}

/**
 * @returns The id of a new person, who can't sign in yet.
 * @throws Problem 409 `person_exists`.
 */
export async function invitePerson(database: Queryable, caller: Caller, person: Invited): Promise<string> {
  const { rows } = await database.query<{ id: string }>(
    `with put as (
       insert into holdfast.people (id, workspace, email, name, roles, groups, created_by)
       values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (workspace, lower(email)) do nothing
       returning id, email, name, roles, groups
     ), recorded as (
       insert into holdfast.operations (workspace, actor, door, action, target, after)
       select $2, $7, $8, 'person.invite', 'person:' || id,
              jsonb_build_object('email', email, 'name', name, 'roles', roles, 'groups', groups)
         from put
     )
     select id from put`,
    [
      uuid7(),
      caller.workspace,
      person.email,
      person.name,
      person.roles,
      person.groups,
      actorText(caller.actor),
      caller.door,
    ],
  );
  const id = rows[0]?.id;
  if (id === undefined) {
    throw new Problem(409, "person_exists", `${person.email} is here already`, { pointer: "/email" });
  }
  return id;
}

export interface PersonChange {
  readonly roles?: readonly Role[] | undefined;
  readonly groups?: readonly string[] | undefined;
  readonly disabled?: boolean | undefined;
}

/**
 * Gives a person other roles or groups, disables or enables it; what is absent stays.
 * @throws Problem 404 `person_not_found`, or 409 `last_administrator`.
 */
export async function changePerson(pool: Pool, caller: Caller, id: string, change: PersonChange): Promise<void> {
  await inTransaction(pool, async (client) => {
    // One at a time: two administrators who take the role from each other would leave nobody.
    await client.query("select from holdfast.workspaces where id = $1 for update", [caller.workspace]);
    const { rowCount } = await client.query(
      `with before as (
         select id, roles, groups, disabled_at is not null as disabled
           from holdfast.people where id = $1 and workspace = $2
       ), changed as (
         update holdfast.people p
            set roles = coalesce($3, p.roles), groups = coalesce($4, p.groups),
                disabled_at = case $5::boolean when true then coalesce(p.disabled_at, clock_timestamp())
                                               when false then null else p.disabled_at end
           from before where p.id = before.id
         returning p.id, p.roles, p.groups, p.disabled_at is not null as disabled
       )
       insert into holdfast.operations (workspace, actor, door, action, target, before, after)
       select $2, $6, $7, 'person.change', 'person:' || c.id, to_jsonb(b) - 'id', to_jsonb(c) - 'id'
         from changed c join before b on b.id = c.id`,
      [
        id,
        caller.workspace,
        change.roles ?? null,
        change.groups ?? null,
        change.disabled ?? null,
        actorText(caller.actor),
        caller.door,
      ],
    );
    if (rowCount === 0) throw new Problem(404, "person_not_found", "there is no such person here");
    const { rows } = await client.query<{ some: boolean }>(
      `select exists (select from holdfast.people
                       where workspace = $1 and 'administrator' = any(roles) and disabled_at is null
                         and password_hash is not null) as some`,
      [caller.workspace],
    );
    if (rows[0]?.some !== true) {
      throw new Problem(409, "last_administrator", "Nobody else is an administrator who can sign in.", {
        hint: "make somebody else an administrator first",
      });
    }
  });
}

export interface PersonRow {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly string[];
  readonly groups: readonly string[];
  /** Invited: has set no password yet. */
  readonly status: "active" | "invited" | "disabled";
}

export async function listPeople(database: Queryable, workspace: number): Promise<readonly PersonRow[]> {
  const { rows } = await database.query<PersonRow>(
    `select id, name, email, roles, groups,
            case when disabled_at is not null then 'disabled'
                 when password_hash is null then 'invited' else 'active' end as status
       from holdfast.people where workspace = $1 order by lower(name), id`,
    [workspace],
  );
  return rows;
}
