/** What administrators do with people. A workspace always keeps an administrator who can sign in. */
import type { Pool } from "pg";
import type { JsonObject } from "@holdfast/dsl";
import { actorText } from "../actor/actor.ts";
import type { Role } from "../access/rights.ts";
import { noteOperation } from "../audit/note-operation.ts";
import { inTransaction } from "../database/transaction.ts";
import { Problem } from "../problem/problem.ts";
import type { Queryable } from "../read/queryable.ts";
import { uuid7 } from "../ids/uuid7.ts";
import type { Caller } from "../services/services.ts";
import type { SignedIn } from "../session/signed-in.ts";

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
export function invitePerson(database: Pool, caller: Caller, person: Invited): Promise<string> {
  return inTransaction(database, async (client) => {
    const { rows } = await client.query<{ id: string; email: string; name: string; roles: string[]; groups: string[] }>(
      `insert into holdfast.people (id, workspace, email, name, roles, groups, created_by)
       values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (workspace, lower(email)) do nothing
       returning id, email, name, roles, groups`,
      [uuid7(), caller.workspace, person.email, person.name, person.roles, person.groups, actorText(caller.actor)],
    );
    const [put] = rows;
    if (put === undefined) {
      throw new Problem(409, "person_exists", `${person.email} is here already`, { pointer: "/email" });
    }
    const { id, ...after } = put;
    await noteOperation(client, caller, { action: "person.invite", target: `person:${id}`, after });
    return id;
  });
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
    const changed = await client.query<{ before: JsonObject; after: JsonObject }>(
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
       select to_jsonb(b) - 'id' as before, to_jsonb(c) - 'id' as after from changed c join before b on b.id = c.id`,
      [id, caller.workspace, change.roles ?? null, change.groups ?? null, change.disabled ?? null],
    );
    const [row] = changed.rows;
    if (row === undefined) throw new Problem(404, "person_not_found", "there is no such person here");
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
    await noteOperation(client, caller, { action: "person.change", target: `person:${id}`, ...row });
  });
}

/** People call themselves what they like. */
export async function renamePerson(pool: Pool, me: SignedIn, name: string): Promise<void> {
  if (name === me.person.name) return;
  await inTransaction(pool, async (client) => {
    await client.query("update holdfast.people set name = $2 where id = $1", [me.person.id, name]);
    await noteOperation(client, me, {
      action: "person.rename",
      target: `person:${me.person.id}`,
      before: { name: me.person.name },
      after: { name },
    });
  });
}

/** Accounts at providers no longer lead to the person; the next one with its address does. Its sessions end. */
export async function detachProviders(pool: Pool, caller: Caller, id: string): Promise<void> {
  await inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ issuer: string; subject: string }>(
      "delete from holdfast.sign_in_identities where workspace = $1 and person = $2 returning issuer, subject",
      [caller.workspace, id],
    );
    if (rows.length === 0) {
      throw new Problem(409, "nothing_to_detach", "No account of a provider leads to this person.");
    }
    await client.query(
      "update holdfast.sessions set ended_at = clock_timestamp() where person = $1 and way = 'provider' and ended_at is null",
      [id],
    );
    await noteOperation(client, caller, {
      action: "person.detach",
      target: `person:${id}`,
      before: rows.map(({ issuer, subject }) => ({ issuer, subject })),
    });
  });
}

export interface PersonRow {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly string[];
  readonly groups: readonly string[];
  /** Invited: has not signed in yet, and has no password. */
  readonly status: "active" | "invited" | "disabled";
  /** Issuers of the OpenID providers by which the person signs in. */
  readonly providers: readonly string[];
}

export async function listPeople(database: Queryable, workspace: number): Promise<readonly PersonRow[]> {
  const { rows } = await database.query<PersonRow>(
    `select id, name, email, roles, groups,
            case when disabled_at is not null then 'disabled'
                 when password_hash is null
                      and not exists (select from holdfast.sign_in_identities i where i.person = people.id) then 'invited'
                 else 'active' end as status,
            array(select i.issuer from holdfast.sign_in_identities i where i.person = people.id order by 1) as providers
       from holdfast.people where workspace = $1 order by lower(name), id`,
    [workspace],
  );
  return rows;
}
