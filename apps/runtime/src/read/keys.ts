/** API keys, as lists show them: never their text. */
import { parseActor } from "../actor/actor.ts";
import { pageOf, textCursor, type Page, type PageRequest } from "./cursor.ts";
import type { KeyView } from "./key-view.ts";
import type { Queryable } from "./queryable.ts";
import { iso, isoOrNull } from "./time.ts";

interface KeyRow {
  id: string;
  name: string;
  person: string;
  scopes: string[];
  created_at: number;
  created_by: string;
  expires_at: number | null;
  last_used_at: number | null;
  revoked_at: number | null;
}

const view = (row: KeyRow): KeyView => ({
  id: row.id,
  name: row.name,
  person: row.person,
  scopes: row.scopes,
  createdAt: iso(row.created_at),
  createdBy: parseActor(row.created_by),
  expiresAt: isoOrNull(row.expires_at),
  lastUsedAt: isoOrNull(row.last_used_at),
  revokedAt: isoOrNull(row.revoked_at),
});

const SELECT = `
  select k.id, k.name, k.person, k.scopes, holdfast.ms(k.created_at) as created_at, k.created_by,
         holdfast.ms(k.expires_at) as expires_at, holdfast.ms(k.last_used_at) as last_used_at,
         holdfast.ms(k.revoked_at) as revoked_at
    from holdfast.api_keys k`;

/** @param person Keys of this person only; absent: everybody's. */
export async function listKeys(
  database: Queryable,
  workspace: number,
  person: string | undefined,
  page: PageRequest,
): Promise<Page<KeyView>> {
  const result = await database.query<KeyRow>(
    `${SELECT}
      where k.workspace = $1 and ($2::uuid is null or k.person = $2) and ($3::text is null or k.id > $3)
      order by k.id limit $4`,
    [workspace, person ?? null, textCursor(page), page.limit + 1],
  );
  return pageOf(result.rows, page.limit, view, (row) => row.id);
}

export async function findKeyView(database: Queryable, workspace: number, id: string): Promise<KeyView | undefined> {
  const result = await database.query<KeyRow>(`${SELECT} where k.workspace = $1 and k.id = $2`, [workspace, id]);
  const row = result.rows[0];
  return row === undefined ? undefined : view(row);
}
