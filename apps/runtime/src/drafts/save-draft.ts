/**
 * Saving what somebody changed in a draft, while others may have changed it too.
 *
 * Changes are made place by place. One whose place holds neither what its author saw there nor what he wants there is
 * left out, and answered with what stands there and who wrote it: nobody's work is overwritten.
 */
import type pg from "pg";
import { applyChanges, type ChangeConflict, type DocumentChange, type FlowDocument, type Json } from "@holdfast/dsl";
import { parseActor, actorText, type Actor } from "../actor/actor.ts";
import { inTransaction } from "../database/transaction.ts";
import { Problem } from "../problem/problem.ts";
import type { Queryable } from "../read/queryable.ts";
import type { Caller } from "../services/services.ts";
import { readDocument } from "./known-documents.ts";
import { type DraftStep, checkedDocument, lockDraft, draftOf, storeRevision } from "./stored-draft.ts";

export interface SaveDraft {
  readonly flow: string;
  /** The revision that the changes were made against. */
  readonly revision: number;
  readonly changes: readonly DocumentChange[];
  /** The page that sends them. */
  readonly client: string;
  /** Its own count of what it sent, from 1: the same again is applied once. */
  readonly seq: number;
}

export interface DraftConflict {
  readonly change: DocumentChange;
  /** What stands there; null with `missing`: nothing does. */
  readonly found: Json;
  readonly missing: boolean;
  /** Who wrote it, as far as that is remembered. */
  readonly by: Actor | null;
}

export interface SavedDraft {
  readonly revision: number;
  /** What others changed since the revision that was told, in order. */
  readonly others: readonly DocumentChange[];
  /** How many of them came before these changes; the rest came after. */
  readonly earlier: number;
  readonly conflicts: readonly DraftConflict[];
  /** What others changed is no longer remembered: the draft has to be opened anew. */
  readonly reopen: boolean;
}

/** How long it is remembered what made a revision. */
const MEMORY_DAYS = 14;
/** How often it is looked for what may be forgotten. */
const FORGET_EVERY = 64;

/** @throws Problem; then nothing has changed. */
export async function saveDraft(
  database: pg.Pool,
  caller: Caller,
  save: SaveDraft,
): Promise<SavedDraft & { readonly ref: number; readonly changed: boolean }> {
  const ref = await draftOf(database, caller.workspace, save.flow);
  return inTransaction(database, async (client) => {
    const draft = await lockDraft(client, ref);
    if (draft === undefined) throw new Problem(404, "draft_not_found", "There is no such draft any more.");
    if (save.revision > draft.revision) {
      throw new Problem(409, "unknown_revision", `The draft is at revision ${draft.revision}.`, {
        pointer: "/revision",
        hint: "Open the draft anew",
      });
    }
    const history = await historySince(client, ref, save.revision);
    const reopen = history.length < draft.revision - save.revision;
    const others = changesOfOthers(history, save);
    const earlier = others.length;
    const before = await sentBefore(client, ref, save);
    if (before !== undefined) {
      const own = history.findIndex(({ client: by, seq }) => by === save.client && seq === save.seq);
      const then = own === -1 ? others : changesOfOthers(history.slice(0, own), save);
      const answer = { revision: draft.revision, others, earlier: then.length, conflicts: before, reopen };
      return { ref, ...answer, changed: false };
    }
    const { document, conflicts: left } = applyChanges(draft.document, save.changes);
    const conflicts = left.map((conflict) => told(conflict, history));
    if (document === draft.document) {
      return { ref, revision: draft.revision, others, earlier, conflicts, reopen, changed: false };
    }
    refuseOtherId(draft.document, document);
    const next = checkedDocument(document);
    const out = new Set(left.map(({ change }) => change));
    const revision = await storeRevision(
      client,
      draft,
      { document: next, baseVersion: draft.baseVersion, base: await baseOf(client, ref, draft.baseVersion) },
      {
        client: save.client,
        seq: save.seq,
        actor: actorText(caller.actor),
        changes: save.changes.filter((change) => !out.has(change)),
        conflicts,
      },
    );
    if (revision % FORGET_EVERY === 0) await forget(client, ref);
    return { ref, revision, others, earlier, conflicts, reopen, changed: true };
  });
}

function changesOfOthers(history: readonly DraftStep[], save: SaveDraft): readonly DocumentChange[] {
  return history.filter((step) => step.client !== save.client).flatMap((step) => step.changes);
}

/** What was answered when these very changes were sent before. */
async function sentBefore(
  client: pg.PoolClient,
  flow: number,
  save: SaveDraft,
): Promise<readonly DraftConflict[] | undefined> {
  const found = await client.query<{ conflicts: DraftConflict[] }>(
    "select conflicts from holdfast.draft_changes where flow = $1 and client = $2 and client_seq = $3 and client <> ''",
    [flow, save.client, save.seq],
  );
  return found.rows[0]?.conflicts;
}

/** What made the revisions after this one. */
export async function historySince(database: Queryable, flow: number, revision: number): Promise<readonly DraftStep[]> {
  const found = await database.query<DraftStep & { [column: string]: unknown }>(
    `select revision, client, client_seq as seq, actor, changes, conflicts
       from holdfast.draft_changes where flow = $1 and revision > $2 order by revision`,
    [flow, revision],
  );
  return found.rows;
}

/** The document of the version that a draft was derived from. */
export async function baseOf(database: Queryable, flow: number, version: number | null): Promise<FlowDocument | null> {
  if (version === null) return null;
  const found = await database.query<{ document: string }>(
    "select document from holdfast.flow_versions where flow = $1 and version = $2",
    [flow, version],
  );
  const text = found.rows[0]?.document;
  return text === undefined ? null : readDocument(text);
}

async function forget(client: pg.PoolClient, flow: number): Promise<void> {
  await client.query(
    "delete from holdfast.draft_changes where flow = $1 and at < clock_timestamp() - make_interval(days => $2)",
    [flow, MEMORY_DAYS],
  );
}

function refuseOtherId(before: FlowDocument, after: FlowDocument): void {
  if (before.id === after.id) return;
  throw new Problem(422, "flow_id_fixed", "A flow keeps its id.", {
    pointer: "/id",
    hint: "Duplicate the flow to have it under another id",
  });
}

/** The last one who wrote at that place, above it or below it. */
function told({ change, found }: ChangeConflict, history: readonly DraftStep[]): DraftConflict {
  const writer = history.findLast((step) => step.changes.some(({ path }) => touches(path, change.path)));
  return {
    change,
    found: found ?? null,
    missing: found === undefined,
    by: writer === undefined ? null : parseActor(writer.actor),
  };
}

const touches = (a: readonly string[], b: readonly string[]): boolean =>
  (a.length < b.length ? a : b).every((_, index) => a[index] === b[index]);
