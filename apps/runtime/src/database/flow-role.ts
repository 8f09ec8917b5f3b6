/**
 * A role by which flows use the database of their runs: it can sign in, has a schema of its own for its tables, and no
 * right on anything of Holdfast's.
 */
import { randomBytes } from "node:crypto";
import pg from "pg";

/** What it may not be called. */
const TAKEN = /^(?:holdfast|graphile_worker|public|pg_)/;
const NAME = /^[a-z][a-z0-9_]{0,39}$/;

/** Why there is none. `sql`: what an administrator of the database can do instead. */
export class FlowRoleError extends Error {
  readonly code: "role_name_invalid" | "role_exists" | "role_not_allowed";

  constructor(code: FlowRoleError["code"], message: string) {
    super(message);
    this.code = code;
  }
}

/** Answers with the address to be stored as a credential: its password is told once. @throws FlowRoleError */
export async function makeFlowRole(databaseUrl: string, name: string): Promise<string> {
  if (!NAME.test(name) || TAKEN.test(name)) {
    throw new FlowRoleError(
      "role_name_invalid",
      "a role's name is of small letters, digits and _, and none of Holdfast's",
    );
  }
  const password = randomBytes(24).toString("base64url");
  const client = new pg.Client({ connectionString: databaseUrl, application_name: "holdfast database role" });
  await client.connect();
  try {
    await client.query("begin");
    await client.query(`create role ${name} login password '${password}'`);
    await client.query(`create schema if not exists ${name}`);
    await client.query(`grant usage, create on schema ${name} to ${name}`);
    await client.query(`alter role ${name} set search_path = ${name}, public`);
    await client.query("commit");
    const { rows } = await client.query<{ ssl: boolean }>("select ssl from pg_stat_ssl where pid = pg_backend_pid()");
    return addressOf(databaseUrl, { name, password, tls: rows[0]?.ssl === true });
  } catch (error) {
    throw told(error, name);
  } finally {
    await client.end();
  }
}

function addressOf(
  databaseUrl: string,
  { name, password, tls }: { readonly name: string; readonly password: string; readonly tls: boolean },
): string {
  const url = new URL(databaseUrl);
  url.username = name;
  url.password = password;
  const mode = url.searchParams.get("sslmode");
  url.search = "";
  if (!tls) url.searchParams.set("sslmode", "disable");
  else if (mode !== null) url.searchParams.set("sslmode", mode);
  return url.href;
}

function told(error: unknown, name: string): unknown {
  const state = error instanceof Error && "code" in error ? error.code : undefined;
  if (state === "42710") return new FlowRoleError("role_exists", `there is a role ${name} already`);
  if (state !== "42501") return error;
  return new FlowRoleError(
    "role_not_allowed",
    `Holdfast's own role may not make roles here. Whoever may can do it: create role ${name} login password '…'; create schema ${name}; grant usage, create on schema ${name} to ${name};`,
  );
}
