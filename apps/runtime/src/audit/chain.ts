/** The chain of a workspace, read entry by entry and computed anew. */
import { hash } from "node:crypto";
import type { Queryable } from "../read/queryable.ts";

/** An entry as the table has it. Texts of JSON are as Postgres writes jsonb. */
interface StoredEntry {
  readonly seq: number;
  readonly at: string;
  readonly actor: string;
  readonly person: string | null;
  readonly name: string | null;
  readonly door: string;
  readonly action: string;
  readonly target: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly hash: Buffer;
}

/** A place in a chain, and the hash there. */
export interface Link {
  readonly seq: number;
  readonly hash: Buffer;
}

/** Where a chain is not what it was. */
export interface Break {
  /** The first entry that is wrong, as far as can be told. */
  readonly seq: number;
  readonly what: "missing" | "changed";
}

/** Before the first entry. */
export const BEGINNING: Link = { seq: 0, hash: Buffer.alloc(32) };

const BATCH = 2_000;

/** What is hashed of an entry; `holdfast.entry_text` writes the same. */
function entryText(workspace: number, entry: StoredEntry): string {
  const { seq, at, actor, person, name, door, action, target, before, after } = entry;
  const texts = Object.entries({ at, actor, person, name, door, action, target }).map(
    ([key, value]) => `"${key}":${JSON.stringify(value)}`,
  );
  return `{"workspace":${workspace},"seq":${seq},${texts.join(",")},"before":${before ?? "null"},"after":${after ?? "null"}}`;
}

/** Follows a chain from a place that is known, and gives each link that holds. Ends with the first break. */
export async function* followChain(
  database: Queryable,
  workspace: number,
  from: Link = BEGINNING,
): AsyncGenerator<Link | Break> {
  let link = from;
  for (;;) {
    const { rows } = await database.query<StoredEntry>(
      `select seq, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, actor, person::text, name, door,
              action, target, before::text, after::text, hash
         from holdfast.operations where workspace = $1 and seq > $2 order by seq limit ${BATCH}`,
      [workspace, link.seq],
    );
    for (const row of rows) {
      if (row.seq !== link.seq + 1) {
        yield { seq: link.seq + 1, what: "missing" };
        return;
      }
      const next = hash("sha256", Buffer.concat([link.hash, Buffer.from(entryText(workspace, row))]), "buffer");
      if (!next.equals(row.hash)) {
        yield { seq: row.seq, what: "changed" };
        return;
      }
      link = { seq: row.seq, hash: next };
      yield link;
    }
    if (rows.length < BATCH) return;
  }
}

/** The newest entry of every workspace that has one. */
export async function chainEnds(
  database: Queryable,
): Promise<readonly (Link & { readonly workspace: number; readonly at: string })[]> {
  const { rows } = await database.query<Link & { workspace: number; at: string }>(
    `select w.id as workspace, o.seq, o.hash, to_char(o.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at
       from (select id from holdfast.workspaces union select distinct workspace from holdfast.audit_heads) w
       cross join lateral (
         select seq, hash, at from holdfast.operations where workspace = w.id order by seq desc limit 1) o
      order by w.id`,
  );
  return rows;
}
