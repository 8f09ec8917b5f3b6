/** Views of the inbox: filters under a name, kept by one person and perhaps shown to all. */
import type pg from "pg";
import { noteOperation } from "../audit/note-operation.ts";
import { inTransaction } from "../database/transaction.ts";
import { isUuid, uuid7 } from "../ids/uuid7.ts";
import { Problem } from "../problem/problem.ts";
import type { Queryable } from "../read/queryable.ts";
import type { Caller } from "../services/services.ts";

export interface InboxViewRow {
  readonly id: string;
  readonly name: string;
  /** As the address of the page writes it, without the leading "?". */
  readonly query: string;
  readonly shared: boolean;
  /** Whether it is the reader's own. */
  readonly own: boolean;
  /** Whose it is, by name. */
  readonly owner: string;
}

export interface SaveInboxView {
  /** Absent: a new one. */
  readonly id?: string | undefined;
  readonly name: string;
  readonly query: string;
  readonly shared: boolean;
}

/** One person keeps at most so many. */
const MOST = 50;

/** One's own, and what others of the workspace share; by name. */
export async function listInboxViews(
  database: Queryable,
  workspace: number,
  person: string,
): Promise<readonly InboxViewRow[]> {
  const found = await database.query<InboxViewRow>(
    `select v.id, v.name, v.query, v.shared, v.owner = $2::uuid as own, p.name as owner
       from holdfast.inbox_views v join holdfast.people p on p.id = v.owner
      where v.workspace = $1 and (v.owner = $2::uuid or v.shared and p.disabled_at is null)
      order by lower(v.name), v.id`,
    [workspace, person],
  );
  return found.rows;
}

/** The id of the person whose view it is. @throws Problem if there is none that the reader may see */
export async function ownerOfView(
  database: Queryable,
  { workspace, reader, id }: { readonly workspace: number; readonly reader: string; readonly id: string },
): Promise<string> {
  const found = isUuid(id)
    ? await database.query<{ owner: string }>(
        "select owner from holdfast.inbox_views where workspace = $1 and id = $2 and (shared or owner = $3::uuid)",
        [workspace, id, reader],
      )
    : undefined;
  const owner = found?.rows[0]?.owner;
  if (owner === undefined) throw new Problem(404, "inbox_view_not_found", "There is no such view of the inbox.");
  return owner;
}

/** @returns its id. @throws Problem if the person has another one of that name, or too many */
export function saveInboxView(
  database: pg.Pool,
  caller: Caller & { readonly person: NonNullable<Caller["person"]> },
  { id, name, query, shared }: SaveInboxView,
): Promise<string> {
  return inTransaction(database, async (client) => {
    const view = id ?? uuid7();
    if (id === undefined) {
      const { rows } = await client.query<{ n: number }>(
        "select count(*)::int as n from holdfast.inbox_views where owner = $1",
        [caller.person.id],
      );
      if ((rows[0]?.n ?? 0) >= MOST) {
        throw new Problem(422, "too_many_views", `You keep ${MOST} views already.`, {
          hint: "Remove one that you no longer use.",
        });
      }
    }
    const saved = await client
      .query(
        id === undefined
          ? `insert into holdfast.inbox_views (id, workspace, owner, name, query, shared) values ($2, $1, $6, $3, $4, $5)`
          : `update holdfast.inbox_views set name = $3, query = $4, shared = $5
              where workspace = $1 and id = $2 and $6::uuid is not null`,
        [caller.workspace, view, name, query, shared, caller.person.id],
      )
      .catch((error: unknown) => {
        throw isTaken(error) ? nameTaken(name) : error;
      });
    if (saved.rowCount === 0) {
      throw new Problem(404, "inbox_view_not_found", "There is no such view of the inbox.");
    }
    const after = { name, query, shared };
    await noteOperation(client, caller, { action: "inboxView.save", target: `inboxView:${view}`, after });
    return view;
  });
}

export function removeInboxView(database: pg.Pool, caller: Caller, id: string): Promise<void> {
  return inTransaction(database, async (client) => {
    const gone = await client.query<{ name: string }>(
      "delete from holdfast.inbox_views where workspace = $1 and id = $2 returning name",
      [caller.workspace, id],
    );
    const name = gone.rows[0]?.name;
    if (name === undefined) return;
    await noteOperation(client, caller, { action: "inboxView.remove", target: `inboxView:${id}`, after: { name } });
  });
}

const isTaken = (error: unknown): boolean =>
  error instanceof Error && "constraint" in error && error.constraint === "inbox_views_name";

const nameTaken = (name: string): Problem =>
  new Problem(409, "name_taken", `A view of yours is called “${name}” already.`, {
    pointer: "/name",
    hint: "Give it another name, or change that one.",
  });
