/**
 * The first run: whoever comes first names the workspace and becomes its administrator. That happens once, also when
 * two come at the same moment: the row of the workspace is changed on the condition that nobody has changed it.
 */
import { hash, randomInt, timingSafeEqual } from "node:crypto";
import type { Pool, PoolClient } from "pg";
import { noteOperation } from "../audit/note-operation.ts";
import { inTransaction } from "../database/transaction.ts";
import { hashPassword } from "../people/password.ts";
import { Problem } from "../problem/problem.ts";
import type { Queryable } from "../read/queryable.ts";
import { uuid7 } from "../ids/uuid7.ts";
import { beginSession } from "./session-store.ts";

export interface SetUp {
  readonly workspace: number;
  readonly workspaceName: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

/** Whether there is somebody who can sign in, or has been. */
export async function isSetUp(database: Queryable, workspace: number): Promise<boolean> {
  const result = await database.query<{ done: boolean }>(
    `select set_up_at is not null or exists (
              select from holdfast.people where workspace = $1 and password_hash is not null) as done
       from holdfast.workspaces where id = $1`,
    [workspace],
  );
  return result.rows[0]?.done === true;
}

export const setUpBefore = (): Problem =>
  new Problem(409, "set_up_before", "This Holdfast has been set up already. Sign in.");

/**
 * @returns The token of the administrator's session.
 * @throws Problem 409 `set_up_before`.
 */
export async function setUp(database: Pool, ask: SetUp): Promise<string> {
  const passwordHash = await hashPassword(ask.password);
  return inTransaction(database, async (client) => {
    const person = await firstAdministrator(client, ask, passwordHash);
    if (person === undefined) throw setUpBefore();
    const token = await beginSession(client, ask.workspace, person.id);
    await noteOperation(
      client,
      { workspace: ask.workspace, actor: { kind: "person", id: person.id }, door: "app" },
      {
        action: "workspace.setUp",
        target: `workspace:${ask.workspace}`,
        after: { name: ask.workspaceName, person: person.id, email: person.email, roles: person.roles },
      },
    );
    return token;
  });
}

async function firstAdministrator(
  client: PoolClient,
  ask: SetUp,
  passwordHash: string,
): Promise<{ id: string; email: string; roles: string[] } | undefined> {
  const result = await client.query<{ id: string; email: string; roles: string[] }>(
    `with first as (
       update holdfast.workspaces set name = $2, set_up_at = clock_timestamp(), set_up_code = null
        where id = $1 and set_up_at is null
          and not exists (select from holdfast.people where workspace = $1 and password_hash is not null)
       returning id
     ), put as (
       insert into holdfast.people (id, workspace, email, name, roles, password_hash, created_by)
       select $3, first.id, $4, $5, array['administrator', 'developer', 'analyst'], $6, 'system:first run' from first
       on conflict (workspace, lower(email)) do update
          set name = excluded.name, roles = excluded.roles, password_hash = excluded.password_hash, disabled_at = null
       returning id, email, roles
     )
     select id, email, roles from put`,
    [ask.workspace, ask.workspaceName, uuid7(), ask.email, ask.name, passwordHash],
  );
  return result.rows[0];
}

// Without 0, O, 1, I and L: it is copied from a terminal by hand.
const LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";

const hashCode = (code: string): Buffer => hash("sha256", code.toUpperCase().replaceAll(/[^A-Z0-9]/g, ""), "buffer");

/**
 * Makes the code that whoever sets Holdfast up from another computer needs; an earlier one is good no more.
 * @returns Nothing if it is set up.
 */
export async function newSetUpCode(database: Queryable, workspace: number): Promise<string | undefined> {
  if (await isSetUp(database, workspace)) return undefined;
  const group = (): string => Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join("");
  const code = [group(), group(), group()].join("-");
  await database.query("update holdfast.workspaces set set_up_code = $2 where id = $1 and set_up_at is null", [
    workspace,
    hashCode(code),
  ]);
  return code;
}

/** @throws Problem 403 `set_up_code_wrong`. */
export async function checkSetUpCode(database: Queryable, workspace: number, code: string | undefined): Promise<void> {
  const result = await database.query<{ set_up_code: Buffer | null }>(
    "select set_up_code from holdfast.workspaces where id = $1",
    [workspace],
  );
  const stored = result.rows[0]?.set_up_code ?? null;
  if (code !== undefined && stored !== null && timingSafeEqual(hashCode(code), stored)) return;
  throw new Problem(403, "set_up_code_wrong", "That is not the code. The server tells it in its log when it starts.", {
    pointer: "/code",
  });
}
