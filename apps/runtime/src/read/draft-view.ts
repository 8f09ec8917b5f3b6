/** A draft as the pages get it. */
import type { FlowDocument } from "@holdfast/dsl";
import { type Actor, parseActor } from "../actor/actor.ts";
import type { StoredDraft } from "../drafts/stored-draft.ts";
import type { Named } from "./flow-rows.ts";
import type { Queryable } from "./queryable.ts";
import { iso } from "./time.ts";

export interface DraftView {
  readonly document: FlowDocument;
  readonly revision: number;
  /** The version it was derived from. */
  readonly baseVersion: number | null;
  /** In how many places it differs from that one; 0: it is the same. */
  readonly changes: number;
  readonly editedAt: string;
  readonly editedBy: Named;
}

export async function draftView(database: Queryable, draft: StoredDraft): Promise<DraftView> {
  const { document, revision, baseVersion, changes, editedAt } = draft;
  const actor = parseActor(draft.editedBy);
  const name = actor.kind === "person" ? await personName(database, actor.id) : null;
  return { document, revision, baseVersion, changes, editedAt: iso(editedAt), editedBy: { ...actor, name } };
}

/** Null: there is no such person. */
async function personName(database: Queryable, id: string): Promise<string | null> {
  const found = await database.query<{ name: string }>("select name from holdfast.people where id::text = $1", [id]);
  return found.rows[0]?.name ?? null;
}

/** Names of the people among these actors, by id. */
export async function personNames(
  database: Queryable,
  actors: readonly (Actor | null)[],
): Promise<{ readonly [person: string]: string }> {
  const ids = new Set(actors.flatMap((actor) => (actor?.kind === "person" || actor?.kind === "key" ? [actor.id] : [])));
  if (ids.size === 0) return {};
  const found = await database.query<{ id: string; name: string }>(
    `select id::text, name from holdfast.people where id::text = any($1::text[])
     union all
     select k.id, p.name from holdfast.api_keys k join holdfast.people p on p.id = k.person where k.id = any($1::text[])`,
    [[...ids]],
  );
  return Object.fromEntries(found.rows.map(({ id, name }) => [id, name]));
}
