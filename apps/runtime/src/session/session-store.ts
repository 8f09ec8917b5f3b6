/**
 * Sessions at rest. A session ends when its person signs out, changes the password or is disabled, when it has not
 * been used for eight hours, and a day after it began.
 */
import type { Queryable } from "../read/queryable.ts";
import type { SignedIn } from "./signed-in.ts";
import { hashToken, isToken, newToken } from "./token.ts";

/** Seconds from its beginning to its end at the latest. */
export const SESSION_SECONDS = 24 * 60 * 60;

const IDLE = "8 hours";

/** How and from where somebody signed in. */
export interface SessionOrigin {
  readonly way?: "password" | "provider" | "link";
  /** What the browser calls itself. */
  readonly agent?: string | undefined;
  readonly address?: string;
}

/** Begins a session and tells its token, once. */
export async function beginSession(
  database: Queryable,
  workspace: number,
  person: string,
  { way = "password", agent, address }: SessionOrigin = {},
): Promise<string> {
  const token = newToken();
  await database.query(
    `insert into holdfast.sessions (hash, workspace, person, expires_at, way, agent, address)
     values ($1, $2, $3, clock_timestamp() + $4 * interval '1 second', $5, $6, $7)`,
    [hashToken(token), workspace, person, SESSION_SECONDS, way, agent ?? null, address ?? null],
  );
  return token;
}

/** Whose session it is; nobody's if it has ended. Roles and groups are those of this moment. */
export async function findSession(database: Queryable, token: string): Promise<SignedIn | undefined> {
  if (!isToken(token)) return undefined;
  const result = await database.query<{
    workspace: number;
    id: string;
    name: string;
    email: string;
    roles: string[];
    groups: string[];
  }>({
    name: "find_session",
    text: `with found as (
             select s.hash, s.seen_at, s.workspace, p.id, p.name, p.email, p.roles, p.groups
               from holdfast.sessions s
               join holdfast.people p on p.id = s.person and p.workspace = s.workspace
              where s.hash = $1 and s.ended_at is null and p.disabled_at is null
                and s.expires_at > clock_timestamp() and s.seen_at > clock_timestamp() - interval '${IDLE}'
           ), seen as (
             update holdfast.sessions set seen_at = clock_timestamp()
              where hash = (select hash from found where seen_at < clock_timestamp() - interval '1 minute')
           )
           select workspace, id, name, email, roles, groups from found`,
    values: [hashToken(token)],
  });
  const row = result.rows[0];
  if (row === undefined) return undefined;
  const { workspace, ...person } = row;
  return { workspace, actor: { kind: "person", id: person.id }, person, door: "app" };
}

/** @returns Whose it was; nothing if it had ended before. */
export async function endSession(
  database: Queryable,
  token: string,
): Promise<{ readonly workspace: number; readonly person: string } | undefined> {
  if (!isToken(token)) return undefined;
  const { rows } = await database.query<{ workspace: number; person: string }>(
    `update holdfast.sessions set ended_at = clock_timestamp() where hash = $1 and ended_at is null
     returning workspace, person`,
    [hashToken(token)],
  );
  return rows[0];
}
