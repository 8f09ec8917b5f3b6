/** Links by which a person sets a password: an invitation, or a reset. Each works once, and only the newest does. */
import type { Pool } from "pg";
import { actorText } from "../actor/actor.ts";
import { noteOperation } from "../audit/note-operation.ts";
import { inTransaction } from "../database/transaction.ts";
import { Problem } from "../problem/problem.ts";
import type { Queryable } from "../read/queryable.ts";
import type { Caller } from "../services/services.ts";
import { hashToken, isToken, newToken } from "../session/token.ts";
import { hashPassword } from "./password.ts";

export type LinkPurpose = "invitation" | "reset";

const LIFE: Readonly<Record<LinkPurpose, string>> = { invitation: "72 hours", reset: "1 hour" };

export interface PersonLink {
  readonly workspace: string;
  readonly name: string;
  readonly email: string;
  readonly purpose: LinkPurpose;
}

/**
 * Makes a link's token and tells it, once. Earlier ones of the person are good no more. That is in the audit, whoever
 * uses the link: who has it can come in as its person.
 */
export async function newPersonLink(
  database: Pool,
  caller: Pick<Caller, "workspace" | "actor" | "door">,
  person: string,
  purpose: LinkPurpose,
): Promise<string> {
  const token = newToken();
  await inTransaction(database, async (client) => {
    await endPersonLinks(client, person);
    await client.query(
      `insert into holdfast.password_links (hash, workspace, person, purpose, created_by, expires_at)
       values ($1, $2, $3, $4, $5, clock_timestamp() + $6::interval)`,
      [hashToken(token), caller.workspace, person, purpose, actorText(caller.actor), LIFE[purpose]],
    );
    await noteOperation(client, caller, { action: "person.makeLink", target: `person:${person}`, after: { purpose } });
  });
  return token;
}

/** Links of the person that nobody has used are good no more. */
export async function endPersonLinks(client: Queryable, person: string): Promise<void> {
  await client.query(
    "update holdfast.password_links set used_at = clock_timestamp() where person = $1 and used_at is null",
    [person],
  );
}

const OPEN = "l.hash = $1 and l.used_at is null and l.expires_at > clock_timestamp() and p.disabled_at is null";

const noLink = (): Problem =>
  new Problem(404, "link_invalid", "This link has expired or has been used. Ask an administrator for another.");

/** @throws Problem 404 `link_invalid`. */
export async function readPersonLink(database: Queryable, token: string): Promise<PersonLink> {
  if (!isToken(token)) throw noLink();
  const { rows } = await database.query<PersonLink>(
    `select w.name as workspace, p.name, p.email, l.purpose
       from holdfast.password_links l
       join holdfast.people p on p.id = l.person
       join holdfast.workspaces w on w.id = l.workspace
      where ${OPEN}`,
    [hashToken(token)],
  );
  const row = rows[0];
  if (row === undefined) throw noLink();
  return row;
}

/**
 * Sets the password, once: of several at the same moment one finds the link unused.
 * @returns The person, whose earlier sessions have ended.
 * @throws Problem 404 `link_invalid`.
 */
export async function setPasswordByLink(
  database: Pool,
  token: string,
  password: string,
): Promise<{ readonly id: string; readonly workspace: number }> {
  await readPersonLink(database, token);
  const passwordHash = await hashPassword(password);
  return inTransaction(database, async (client) => {
    const { rows } = await client.query<{ id: string; workspace: number; purpose: LinkPurpose }>(
      `with used as (
       update holdfast.password_links l set used_at = clock_timestamp()
         from holdfast.people p
        where p.id = l.person and ${OPEN}
       returning l.person, l.purpose
     ), changed as (
       update holdfast.people p set password_hash = $2 from used where p.id = used.person
       returning p.id, p.workspace, used.purpose
     )
     select id, workspace, purpose from changed`,
      [hashToken(token), passwordHash],
    );
    const [row] = rows;
    if (row === undefined) throw noLink();
    const { id, workspace, purpose } = row;
    await noteOperation(
      client,
      { workspace, actor: { kind: "person", id }, door: "link" },
      { action: "person.setPassword", target: `person:${id}`, after: { by: purpose } },
    );
    return { id, workspace };
  });
}
