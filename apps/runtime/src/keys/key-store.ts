/**
 * Keys at rest. A key belongs to a person and acts as that person; it ends when it is revoked, when it expires, or
 * when its person is disabled.
 */
import type { Pool } from "pg";
import { actorText } from "../actor/actor.ts";
import type { Scope } from "../access/rights.ts";
import { noteOperation } from "../audit/note-operation.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Queryable } from "../read/queryable.ts";
import { iso } from "../read/time.ts";
import type { Caller } from "../services/services.ts";
import { newApiKey } from "./api-key.ts";

/** A stored key with its person, as authentication needs it. */
export interface StoredKey {
  readonly id: string;
  readonly hash: Buffer;
  readonly scopes: readonly string[];
  readonly workspace: number;
  /** Milliseconds since the epoch, by the wall clock. */
  readonly expiresAt: number | null;
  readonly revoked: boolean;
  readonly disabled: boolean;
  readonly person: {
    readonly id: string;
    readonly name: string;
    readonly email: string;
    readonly roles: readonly string[];
    readonly groups: readonly string[];
  };
}

export async function findKey(database: Queryable, id: string): Promise<StoredKey | undefined> {
  const result = await database.query<{
    id: string;
    hash: Buffer;
    scopes: string[];
    workspace: number;
    expires_at: number | null;
    revoked: boolean;
    disabled: boolean;
    person: string;
    name: string;
    email: string;
    roles: string[];
    groups: string[];
  }>(
    `select k.id, k.hash, k.scopes, k.workspace, holdfast.ms(k.expires_at) as expires_at,
            k.revoked_at is not null as revoked, p.disabled_at is not null as disabled,
            p.id as person, p.name, p.email, p.roles, p.groups
       from holdfast.api_keys k
       join holdfast.people p on p.id = k.person and p.workspace = k.workspace
      where k.id = $1`,
    [id],
  );
  const row = result.rows[0];
  if (row === undefined) return undefined;
  const { id: key, hash, scopes, workspace, expires_at: expiresAt, revoked, disabled } = row;
  const person = { id: row.person, name: row.name, email: row.email, roles: row.roles, groups: row.groups };
  return { id: key, hash, scopes, workspace, expiresAt, revoked, disabled, person };
}

export interface NewKey {
  readonly person: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** ISO date-time; absent: a year from now. */
  readonly expiresAt?: string;
}

/** Creates a key and tells its text, once. The operation is recorded without it. */
export async function createKey(database: Pool, caller: Caller, key: NewKey): Promise<{ id: string; text: string }> {
  const { id, text, hash } = newApiKey();
  await inTransaction(database, async (client) => {
    const created = await client.query<{ expires: number }>(
      `insert into holdfast.api_keys (id, workspace, person, name, hash, scopes, created_by, expires_at)
       values ($1, $2, $3, $4, $5, $6, $7, coalesce($8::timestamptz, clock_timestamp() + interval '1 year'))
       returning holdfast.ms(expires_at) as expires`,
      [id, caller.workspace, key.person, key.name, hash, key.scopes, actorText(caller.actor), key.expiresAt ?? null],
    );
    const expires = created.rows[0]?.expires;
    await noteOperation(client, caller, {
      action: "key.create",
      target: `key:${id}`,
      after: {
        person: key.person,
        name: key.name,
        scopes: [...key.scopes],
        expiresAt: expires === undefined ? null : iso(expires),
      },
    });
  });
  return { id, text };
}

/** False if there is no such key, or it had been revoked before. */
export function revokeKey(database: Pool, caller: Caller, id: string): Promise<boolean> {
  return inTransaction(database, async (client) => {
    const revoked = await client.query<{ person: string; name: string }>(
      `update holdfast.api_keys set revoked_at = clock_timestamp()
        where id = $1 and workspace = $2 and revoked_at is null
       returning person, name`,
      [id, caller.workspace],
    );
    const key = revoked.rows[0];
    if (key === undefined) return false;
    await noteOperation(client, caller, { action: "key.revoke", target: `key:${id}`, before: key });
    return true;
  });
}

/** Remembers that a key was used; the caller sees to it that this is rare. */
export async function touchKey(database: Queryable, id: string): Promise<void> {
  await database.query("update holdfast.api_keys set last_used_at = clock_timestamp() where id = $1", [id]);
}
