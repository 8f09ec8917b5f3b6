/**
 * People at rest, with their roles and groups.
 */
import { actorText } from "../actor/actor.ts";
import type { Role } from "../access/rights.ts";
import { uuid7 } from "../ids/uuid7.ts";
import type { Queryable } from "../read/queryable.ts";
import type { Caller } from "../services/services.ts";

export interface NewPerson {
  readonly email: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly groups: readonly string[];
  /** As `hashPassword` made it. */
  readonly passwordHash?: string;
}

/**
 * Creates the person, or gives the one with this address the name, roles, groups and password told, and enables it
 * again. Returns the person's id.
 */
export async function putPerson(database: Queryable, caller: Caller, person: NewPerson): Promise<string> {
  const result = await database.query<{ id: string }>(
    `with put as (
       insert into holdfast.people (id, workspace, email, name, roles, groups, password_hash, created_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8)
       on conflict (workspace, lower(email)) do update
          set name = excluded.name, roles = excluded.roles, groups = excluded.groups,
              password_hash = coalesce(excluded.password_hash, people.password_hash), disabled_at = null
       returning id, email, name, roles, groups
     ), recorded as (
       insert into holdfast.operations (workspace, actor, door, action, target, after)
       select $2, $8, $9, 'person.put', 'person:' || id,
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
      person.passwordHash ?? null,
      actorText(caller.actor),
      caller.door,
    ],
  );
  const id = result.rows[0]?.id;
  if (id === undefined) throw new Error(`the person ${person.email} was not stored`);
  return id;
}

/** Whether nobody has been created yet: a fresh installation. */
export async function nobodyYet(database: Queryable, workspace: number): Promise<boolean> {
  const result = await database.query<{ nobody: boolean }>(
    "select not exists (select from holdfast.people where workspace = $1) as nobody",
    [workspace],
  );
  return result.rows[0]?.nobody === true;
}
