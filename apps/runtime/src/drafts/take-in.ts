/** Taking what a version changed into a draft that was derived from an earlier one. */
import type pg from "pg";
import { applyChanges, changesBetween } from "@holdfast/dsl";
import { actorText } from "../actor/actor.ts";
import { noteOperation } from "../audit/note-operation.ts";
import { inTransaction } from "../database/transaction.ts";
import { Problem } from "../problem/problem.ts";
import type { Caller } from "../services/services.ts";
import { readDocument } from "./known-documents.ts";
import { baseOf } from "./save-draft.ts";
import { checkedDocument, lockDraft, draftOf, storeRevision } from "./stored-draft.ts";

export interface TakenIn {
  readonly ref: number;
  readonly revision: number;
  /** The live version, from which the draft is derived now. */
  readonly version: number;
  /** Places that both had changed: there the draft keeps what it has. */
  readonly kept: number;
}

/** The draft has what the live version changed, and goes on from it. Nothing of the draft is overwritten. @throws Problem */
export async function takeInLive(database: pg.Pool, caller: Caller, flow: string): Promise<TakenIn> {
  const ref = await draftOf(database, caller.workspace, flow);
  return inTransaction(database, async (client) => {
    const draft = await lockDraft(client, ref);
    const found = await client.query<{ version: number; document: string }>(
      `select v.version, v.document from holdfast.flow_versions v join holdfast.flows f on f.ref = v.flow
        where f.ref = $1 and v.version = f.live_version`,
      [ref],
    );
    const [live] = found.rows;
    if (draft === undefined || live === undefined) {
      throw new Problem(409, "nothing_published", "No version of this flow is live.");
    }
    const { version } = live;
    const base = await baseOf(client, ref, draft.baseVersion);
    if (draft.baseVersion === version) return { ref, revision: draft.revision, version, kept: 0 };
    const liveDocument = readDocument(live.document);
    const theirs = base === null ? [] : changesBetween(base, liveDocument);
    const { document, conflicts } = applyChanges(draft.document, theirs);
    const next = checkedDocument(document);
    const revision = await storeRevision(
      client,
      draft,
      { document: next, baseVersion: version, base: liveDocument },
      {
        client: "",
        seq: 0,
        actor: actorText(caller.actor),
        changes: changesBetween(draft.document, next),
        conflicts: [],
      },
    );
    const kept = conflicts.length;
    await noteOperation(client, caller, {
      action: "draft.take-in",
      target: `flow:${flow}`,
      before: { baseVersion: draft.baseVersion },
      after: { revision, baseVersion: version, kept },
    });
    return { ref, revision, version, kept };
  });
}
