/** Credentials at rest: sealed, with what may be said of them. A value goes in and comes out only where a node sends. */
import type { Pool, PoolClient } from "pg";
import { actorText, parseActor, type Actor } from "../actor/actor.ts";
import { noteOperation } from "../audit/note-operation.ts";
import { inTransaction } from "../database/transaction.ts";
import { uuid7 } from "../ids/uuid7.ts";
import { Problem } from "../problem/problem.ts";
import type { Queryable } from "../read/queryable.ts";
import type { Caller } from "../services/services.ts";
import type { CredentialType } from "./credential-value.ts";
import type { KeyRing } from "./key-ring.ts";
import { seal, type Sealed, type SealedFor } from "./seal.ts";

/** What may be said of a credential. */
export interface CredentialInfo {
  readonly name: string;
  readonly type: CredentialType;
  readonly version: number;
  /** Flows that may use it; null: every flow. */
  readonly flows: readonly string[] | null;
  readonly hosts: readonly string[];
  readonly testUrl: string | null;
  readonly createdAt: string;
  readonly createdBy: Actor;
  readonly changedAt: string;
  readonly changedBy: Actor;
  readonly usedAt: string | null;
  readonly usedByFlow: string | null;
}

/** A credential as it is stored, sealed. */
export interface StoredCredential {
  readonly whose: SealedFor;
  readonly sealed: Sealed;
  readonly type: CredentialType;
  readonly flows: readonly string[] | null;
  readonly hosts: readonly string[];
  readonly testUrl: string | null;
}

export interface CredentialGrants {
  readonly flows: readonly string[] | null;
  readonly hosts: readonly string[];
  readonly testUrl: string | null;
}

export interface NewValue {
  readonly name: string;
  readonly type: CredentialType;
  /** Of the value as it is to be unsealed. */
  readonly text: string;
  /** Absent: as they are, of a credential that is there. */
  readonly grants: Partial<CredentialGrants>;
}

const INFO = `name, type, version, flows, hosts, test_url as "testUrl", created_at as "createdAt",
  created_by as "createdBy", changed_at as "changedAt", changed_by as "changedBy", used_at as "usedAt",
  used_by_flow as "usedByFlow"`;

interface InfoRow extends Omit<CredentialInfo, "createdAt" | "createdBy" | "changedAt" | "changedBy" | "usedAt"> {
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly changedAt: Date;
  readonly changedBy: string;
  readonly usedAt: Date | null;
}

const infoOf = (row: InfoRow): CredentialInfo => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
  createdBy: parseActor(row.createdBy),
  changedAt: row.changedAt.toISOString(),
  changedBy: parseActor(row.changedBy),
  usedAt: row.usedAt?.toISOString() ?? null,
});

export async function listCredentials(database: Queryable, workspace: number): Promise<readonly CredentialInfo[]> {
  const { rows } = await database.query<InfoRow>(
    `select ${INFO} from holdfast.credentials where workspace = $1 and revoked_at is null order by name`,
    [workspace],
  );
  return rows.map(infoOf);
}

export async function findCredential(
  database: Queryable,
  workspace: number,
  name: string,
): Promise<StoredCredential | undefined> {
  const { rows } = await database.query<
    Omit<StoredCredential, "whose" | "sealed"> & {
      id: string;
      version: number;
      value: Buffer;
      value_key: Buffer;
      sealed_by: string;
    }
  >({
    name: "holdfast_credential",
    text: `select id, type, version, value, value_key, sealed_by, flows, hosts, test_url as "testUrl"
             from holdfast.credentials where workspace = $1 and name = $2 and revoked_at is null`,
    values: [workspace, name],
  });
  const row = rows[0];
  if (row === undefined) return undefined;
  const { id, version, value, value_key: key, sealed_by: by, ...rest } = row;
  return { ...rest, whose: { workspace, id, version }, sealed: { value, key, by } };
}

const missing = (name: string): Problem =>
  new Problem(404, "credential_not_found", `there is no credential ${JSON.stringify(name)} here`);

interface Locked extends CredentialGrants {
  readonly id: string;
  readonly version: number;
  readonly type: CredentialType;
}

async function lock(client: PoolClient, { workspace }: Caller, name: string): Promise<Locked | undefined> {
  const { rows } = await client.query<Locked>(
    `select id, version, type, flows, hosts, test_url as "testUrl" from holdfast.credentials
      where workspace = $1 and name = $2 and revoked_at is null for update`,
    [workspace, name],
  );
  return rows[0];
}

const told = ({ flows, hosts, testUrl }: CredentialGrants) => ({
  flows: flows === null ? null : [...flows],
  hosts: [...hosts],
  testUrl,
});

/**
 * Makes a credential, or gives one another value under the next version.
 * @throws Problem 400 `hosts_missing`, or 409 `credential_type_differs`.
 */
export async function setCredential(
  pool: Pool,
  ring: KeyRing,
  caller: Caller,
  ask: NewValue,
): Promise<{ readonly version: number; readonly created: boolean }> {
  return inTransaction(pool, async (client) => {
    // Two at once under one name: the second finds what the first has made.
    await client.query("select pg_advisory_xact_lock(hashtextextended($1, $2))", [
      `credential ${ask.name}`,
      caller.workspace,
    ]);
    const before = await lock(client, caller, ask.name);
    if (before !== undefined && before.type !== ask.type) {
      throw new Problem(409, "credential_type_differs", `“${ask.name}” is of the type ${before.type}.`, {
        pointer: "/type",
        hint: "revoke it first, or choose another name",
      });
    }
    // Nobody may use a new one until somebody says who may.
    const had: CredentialGrants = before ?? { flows: [], hosts: [], testUrl: null };
    const grants: CredentialGrants = {
      flows: ask.grants.flows === undefined ? had.flows : ask.grants.flows,
      hosts: ask.grants.hosts ?? had.hosts,
      testUrl: ask.grants.testUrl === undefined ? had.testUrl : ask.grants.testUrl,
    };
    if (grants.hosts.length === 0) {
      throw new Problem(400, "hosts_missing", "A credential is sent to hosts that are named, and nowhere else.", {
        pointer: "/hosts",
        hint: "such as api.example.com, api.example.com:8443 or *.example.com",
      });
    }
    const whose = { workspace: caller.workspace, id: before?.id ?? uuid7(), version: (before?.version ?? 0) + 1 };
    const { value, key, by } = seal(ring, whose, ask.text);
    await client.query(
      `insert into holdfast.credentials (id, workspace, name, type, version, value, value_key, sealed_by, flows, hosts,
                                         test_url, created_by, changed_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12)
       on conflict (id) do update set version = excluded.version, value = excluded.value, value_key = excluded.value_key,
         sealed_by = excluded.sealed_by, flows = excluded.flows, hosts = excluded.hosts, test_url = excluded.test_url,
         changed_at = clock_timestamp(), changed_by = excluded.changed_by`,
      [
        whose.id,
        whose.workspace,
        ask.name,
        ask.type,
        whose.version,
        value,
        key,
        by,
        grants.flows,
        grants.hosts,
        grants.testUrl,
        actorText(caller.actor),
      ],
    );
    await noteOperation(client, caller, {
      action: "credential.set",
      target: `credential:${ask.name}`,
      ...(before === undefined ? {} : { before: { version: before.version, ...told(before) } }),
      after: { type: ask.type, version: whose.version, ...told(grants) },
    });
    return { version: whose.version, created: before === undefined };
  });
}

/** @throws Problem 404 `credential_not_found`. */
export async function grantCredential(
  pool: Pool,
  caller: Caller,
  name: string,
  change: Partial<CredentialGrants>,
): Promise<void> {
  await inTransaction(pool, async (client) => {
    const before = await lock(client, caller, name);
    if (before === undefined) throw missing(name);
    const after: CredentialGrants = {
      flows: change.flows === undefined ? before.flows : change.flows,
      hosts: change.hosts ?? before.hosts,
      testUrl: change.testUrl === undefined ? before.testUrl : change.testUrl,
    };
    await client.query(
      `update holdfast.credentials set flows = $2, hosts = $3, test_url = $4, changed_at = clock_timestamp(), changed_by = $5
        where id = $1`,
      [before.id, after.flows, after.hosts, after.testUrl, actorText(caller.actor)],
    );
    await noteOperation(client, caller, {
      action: "credential.grant",
      target: `credential:${name}`,
      before: told(before),
      after: told(after),
    });
  });
}

/** Its value is forgotten at once. @throws Problem 404 `credential_not_found`. */
export async function revokeCredential(pool: Pool, caller: Caller, name: string): Promise<void> {
  await inTransaction(pool, async (client) => {
    const before = await lock(client, caller, name);
    if (before === undefined) throw missing(name);
    await client.query(
      `update holdfast.credentials set value = null, value_key = null, sealed_by = null,
              revoked_at = clock_timestamp(), changed_at = clock_timestamp(), changed_by = $2 where id = $1`,
      [before.id, actorText(caller.actor)],
    );
    await noteOperation(client, caller, {
      action: "credential.revoke",
      target: `credential:${name}`,
      before: { type: before.type, version: before.version, ...told(before) },
    });
  });
}

/** @throws Problem 404 `credential_not_found`. */
export async function requireCredential(
  database: Queryable,
  workspace: number,
  name: string,
): Promise<StoredCredential> {
  const found = await findCredential(database, workspace, name);
  if (found === undefined) throw missing(name);
  return found;
}
