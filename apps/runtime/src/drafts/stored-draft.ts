/**
 * The rows of drafts. A draft is made when somebody opens its flow: from the live version, else from the newest one.
 */
import type pg from "pg";
import { changesBetween, countChangedPlaces, type DocumentChange, type FlowDocument, parseFlow } from "@holdfast/dsl";
import { keepDocument, readDocument } from "./known-documents.ts";
import { LIMITS } from "../host/limits.ts";
import { Problem, type ProblemIssue } from "../problem/problem.ts";
import type { Queryable } from "../read/queryable.ts";

export interface StoredDraft {
  /** `flows.ref`. */
  readonly flow: number;
  readonly document: FlowDocument;
  readonly revision: number;
  readonly baseVersion: number | null;
  /** In how many places it differs from that version. */
  readonly changes: number;
  readonly editedAt: number;
  readonly editedBy: string;
}

interface DraftRow extends Omit<StoredDraft, "document"> {
  readonly document: string;
}

const DRAFT = `d.flow, d.document, d.revision, d.base_version as "baseVersion", d.changes,
  holdfast.ms(d.edited_at) as "editedAt", d.edited_by as "editedBy"`;

const stored = (row: DraftRow): StoredDraft => ({ ...row, document: readDocument(row.document) });

export const flowNotFound = (flow: string): Problem =>
  new Problem(404, "flow_not_found", `There is no flow “${flow}”.`);

export async function findDraft(
  database: Queryable,
  workspace: number,
  flow: string,
): Promise<StoredDraft | undefined> {
  const found = await database.query<DraftRow>(
    `select ${DRAFT} from holdfast.flow_drafts d join holdfast.flows f on f.ref = d.flow
      where f.workspace = $1 and f.id = $2`,
    [workspace, flow],
  );
  const [row] = found.rows;
  return row === undefined ? undefined : stored(row);
}

/** `flows.ref` of a flow whose draft is there from now on. @throws Problem 404 */
export async function draftOf(database: Queryable, workspace: number, flow: string): Promise<number> {
  const found = await database.query<{ ref: number }>(
    `select d.flow as ref from holdfast.flow_drafts d join holdfast.flows f on f.ref = d.flow
      where f.workspace = $1 and f.id = $2`,
    [workspace, flow],
  );
  return found.rows[0]?.ref ?? (await openDraft(database, workspace, flow)).flow;
}

/** The draft of a flow; made of the live version, else of the newest, if there is none yet. @throws Problem 404 */
export async function openDraft(database: Queryable, workspace: number, flow: string): Promise<StoredDraft> {
  const there = await findDraft(database, workspace, flow);
  if (there !== undefined) return there;
  const found = await database.query<{ ref: number; version: number; document: string; at: number; by: string }>(
    `select f.ref, v.version, v.document, holdfast.ms(v.published_at) as at, v.published_by as by
       from holdfast.flows f join holdfast.flow_versions v on v.flow = f.ref
      where f.workspace = $1 and f.id = $2
      order by v.version = f.live_version desc nulls last, v.version desc limit 1`,
    [workspace, flow],
  );
  const [row] = found.rows;
  if (row === undefined) throw flowNotFound(flow);
  const document = readDocument(row.document);
  await insertDraft(database, row.ref, { document, baseVersion: row.version, by: row.by, at: row.at });
  const made = await findDraft(database, workspace, flow);
  if (made === undefined) throw flowNotFound(flow);
  return made;
}

/** @param at Milliseconds; absent: now. */
export async function insertDraft(
  database: Queryable,
  flow: number,
  draft: {
    readonly document: FlowDocument;
    readonly baseVersion: number | null;
    readonly by: string;
    readonly at?: number;
  },
): Promise<void> {
  const { document, baseVersion, by, at } = draft;
  await database.query(
    `insert into holdfast.flow_drafts (flow, document, name, events, base_version, changes, edited_at, edited_by)
     values ($1, $2, $3, $4, $5, $6, coalesce(holdfast.at($7::bigint), clock_timestamp()), $8)
     on conflict do nothing`,
    [
      flow,
      documentText(document),
      document.name,
      eventsOf(document),
      baseVersion,
      baseVersion === null ? 1 : 0,
      at ?? null,
      by,
    ],
  );
}

/** Locks the draft. The caller has opened it before. */
export async function lockDraft(client: pg.PoolClient, flow: number): Promise<StoredDraft | undefined> {
  const found = await client.query<DraftRow>(
    `select ${DRAFT} from holdfast.flow_drafts d where d.flow = $1 for update`,
    [flow],
  );
  const [row] = found.rows;
  return row === undefined ? undefined : stored(row);
}

/** What made a revision. */
export interface DraftStep {
  readonly revision: number;
  readonly client: string;
  readonly seq: number;
  readonly actor: string;
  readonly changes: readonly DocumentChange[];
  /** What was left out, as it was answered. */
  readonly conflicts: readonly object[];
}

/** Stores the document as the next revision, and how it came about. The draft is locked. */
export async function storeRevision(
  client: pg.PoolClient,
  before: StoredDraft,
  next: { readonly document: FlowDocument; readonly baseVersion: number | null; readonly base: FlowDocument | null },
  step: Omit<DraftStep, "revision">,
): Promise<number> {
  const revision = before.revision + 1;
  await client.query(
    `update holdfast.flow_drafts
        set document = $2, name = $3, events = $4, revision = $5, base_version = $6, changes = $7,
            edited_at = clock_timestamp(), edited_by = $8
      where flow = $1`,
    [
      before.flow,
      documentText(next.document),
      next.document.name,
      eventsOf(next.document),
      revision,
      next.baseVersion,
      next.base === null ? 1 : countChanges(next.base, next.document),
      step.actor,
    ],
  );
  await client.query(
    `insert into holdfast.draft_changes (flow, revision, client, client_seq, actor, changes, conflicts)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      before.flow,
      revision,
      step.client,
      step.seq,
      step.actor,
      JSON.stringify(step.changes),
      JSON.stringify(step.conflicts),
    ],
  );
  return revision;
}

/** As the designer counts them; a draft in which cards only moved differs in one place. */
function countChanges(base: FlowDocument, document: FlowDocument): number {
  const drawn = changesBetween(base, document).some(({ path }) => path[0] === "layout" || path[0] === "notes");
  return Math.max(countChangedPlaces(base, document), drawn ? 1 : 0);
}

/** @throws Problem if it is too large. */
function documentText(document: FlowDocument): string {
  const text = JSON.stringify(document);
  if (Buffer.byteLength(text) > LIMITS.document) {
    throw new Problem(413, "document_too_large", `A document has at most ${LIMITS.document} bytes.`);
  }
  keepDocument(text, document);
  return text;
}

/** @throws Problem with everything that keeps it from being a document. Whether it can be published is another matter. */
export function checkedDocument(input: unknown): FlowDocument {
  const parsed = parseFlow(input);
  if (parsed.ok) return parsed.flow;
  const issues = parsed.issues.map(({ code, pointer, message, hint }): ProblemIssue => ({
    code,
    pointer,
    message,
    ...(hint === undefined ? {} : { hint }),
  }));
  throw new Problem(422, "invalid_document", issues[0]?.message ?? "This is no document of a flow.", {
    pointer: issues[0]?.pointer ?? "",
    issues,
  });
}

const eventsOf = (document: FlowDocument): string[] => [
  ...new Set(document.triggers.flatMap((trigger) => (trigger.type === "event" ? [trigger.event] : []))),
];
