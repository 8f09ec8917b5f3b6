/** What people and keys did, the newest first. */
import type { Json } from "@holdfast/dsl";
import { parseActor } from "../actor/actor.ts";
import { isUuid } from "../ids/uuid7.ts";
import type { AuditEntry, AuditState } from "./audit-view.ts";
import { numberCursor, pageOf, type Page, type PageRequest } from "./cursor.ts";
import type { Queryable } from "./queryable.ts";
import { iso } from "./time.ts";

export interface AuditFilter {
  /** A person's id, or an actor: `system:demo`. */
  readonly who?: string | undefined;
  /** `task.decide`, or all of a noun: `task`. */
  readonly action?: string | undefined;
  /** `run:<id>`. */
  readonly target?: string | undefined;
  /** ISO 8601: from then on. */
  readonly since?: string | undefined;
  /** ISO 8601: before then. */
  readonly until?: string | undefined;
}

interface Row {
  seq: number;
  at: number;
  actor: string;
  person: string | null;
  name: string | null;
  door: string;
  action: string;
  target: string;
  before: Json;
  after: Json;
  hash: string;
}

const COLUMNS = `o.seq, holdfast.ms(o.at) as at, o.actor, o.person, o.name, o.door, o.action, o.target, o.before, o.after,
  encode(o.hash, 'hex') as hash`;

const entry = ({ seq, at, actor, ...row }: Row): AuditEntry => ({
  id: String(seq),
  at: iso(at),
  actor: parseActor(actor),
  person: row.person,
  name: row.name,
  door: row.door,
  action: row.action,
  target: row.target,
  before: row.before,
  after: row.after,
  hash: row.hash,
});

export async function listAudit(
  database: Queryable,
  workspace: number,
  filter: AuditFilter,
  page: PageRequest,
): Promise<Page<AuditEntry>> {
  const { who, action, target, since, until } = filter;
  const byPerson = who !== undefined && isUuid(who);
  const result = await database.query<Row>(
    `select ${COLUMNS} from holdfast.operations o
      where o.workspace = $1
        and ($2::bigint is null or o.seq < $2)
        and ($3::uuid is null or o.person = $3)
        and ($4::text is null or o.actor = $4)
        and ($5::text is null or o.action = $5 or (strpos($5, '.') = 0 and o.action like $5 || '.%'))
        and ($6::text is null or o.target = $6)
        and ($7::timestamptz is null or o.at >= $7)
        and ($8::timestamptz is null or o.at < $8)
      order by o.seq desc limit $9`,
    [
      workspace,
      numberCursor(page),
      byPerson ? who : null,
      byPerson ? null : (who ?? null),
      action ?? null,
      target ?? null,
      since ?? null,
      until ?? null,
      page.limit + 1,
    ],
  );
  return pageOf(result.rows, page.limit, entry, (row) => String(row.seq));
}

export async function findAuditEntry(
  database: Queryable,
  workspace: number,
  seq: number,
): Promise<AuditEntry | undefined> {
  const { rows } = await database.query<Row>(
    `select ${COLUMNS} from holdfast.operations o where o.workspace = $1 and o.seq = $2`,
    [workspace, seq],
  );
  return rows.map(entry)[0];
}

/** The entries about a run: of itself, its waits, its tasks and its incidents, the oldest first. */
export async function auditOfRun(database: Queryable, workspace: number, run: string): Promise<readonly AuditEntry[]> {
  const { rows } = await database.query<Row>(
    `with targets as (
       select 'run:' || $2::uuid as target
       union all select 'wait:' || id from holdfast.waits where run = $2
       union all select 'task:' || id from holdfast.tasks where run = $2
       union all select 'incident:' || id from holdfast.incidents where run = $2
     )
     select ${COLUMNS} from targets t join holdfast.operations o on o.workspace = $1 and o.target = t.target
      order by o.seq`,
    [workspace, run],
  );
  return rows.map(entry);
}

/** How far the chain is covered by a signed head. */
export async function auditState(database: Queryable, workspace: number): Promise<AuditState> {
  const { rows } = await database.query<{
    entries: number;
    seq: number | null;
    at: number | null;
    keyId: string | null;
    fits: boolean | null;
  }>(
    `select coalesce((select seq from holdfast.operations where workspace = $1 order by seq desc limit 1), 0) as entries,
            h.seq, holdfast.ms(h.at) as at, h.key_id as "keyId", o.hash = h.hash as fits
       from (select 1) one
       left join lateral (
         select * from holdfast.audit_heads where workspace = $1 order by seq desc, at desc limit 1) h on true
       left join holdfast.operations o on o.workspace = $1 and o.seq = h.seq`,
    [workspace],
  );
  const [row] = rows;
  if (row === undefined) return { entries: 0, head: null, since: 0, fits: true };
  const { entries, seq, at, keyId, fits } = row;
  const head = seq === null || at === null || keyId === null ? null : { seq, at: iso(at), keyId };
  return {
    entries,
    head,
    since: Math.max(0, entries - (seq ?? 0)),
    fits: head === null || fits === true,
  };
}
