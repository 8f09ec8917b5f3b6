/**
 * People at rest, with their roles and groups.
 */
import type { Pool } from "pg";
import { actorText } from "../actor/actor.ts";
import type { Role } from "../access/rights.ts";
import { noteOperation } from "../audit/note-operation.ts";
import { inTransaction } from "../database/transaction.ts";
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
export function putPerson(database: Pool, caller: Caller, person: NewPerson): Promise<string> {
  return inTransaction(database, async (client) => {
    const result = await client.query<{ id: string; email: string; name: string; roles: string[]; groups: string[] }>(
      `insert into holdfast.people (id, workspace, email, name, roles, groups, password_hash, created_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8)
       on conflict (workspace, lower(email)) do update
          set name = excluded.name, roles = excluded.roles, groups = excluded.groups,
              password_hash = coalesce(excluded.password_hash, people.password_hash), disabled_at = null
       returning id, email, name, roles, groups`,
      [
        uuid7(),
        caller.workspace,
        person.email,
        person.name,
        person.roles,
        person.groups,
        person.passwordHash ?? null,
        actorText(caller.actor),
      ],
    );
    const [put] = result.rows;
    if (put === undefined) throw new Error(`the person ${person.email} was not stored`);
    const { id, ...after } = put;
    await noteOperation(client, caller, { action: "person.put", target: `person:${id}`, after });
    return id;
  });
}

/** Whether nobody has been created yet: a fresh installation. */
export async function nobodyYet(database: Queryable, workspace: number): Promise<boolean> {
  const result = await database.query<{ nobody: boolean }>(
    "select not exists (select from holdfast.people where workspace = $1) as nobody",
    [workspace],
  );
  return result.rows[0]?.nobody === true;
}
