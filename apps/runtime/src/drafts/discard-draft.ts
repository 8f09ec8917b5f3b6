/** Giving up what was changed in a draft: it is as the live version again. */
import type pg from "pg";
import { changesBetween } from "@holdfast/dsl";
import { actorText } from "../actor/actor.ts";
import { noteOperation } from "../audit/note-operation.ts";
import { inTransaction } from "../database/transaction.ts";
import { Problem } from "../problem/problem.ts";
import type { Caller } from "../services/services.ts";
import { readDocument } from "./known-documents.ts";
import { lockDraft, draftOf, storeRevision } from "./stored-draft.ts";

/** Answers with the new revision. What was given up stands in the draft's history. @throws Problem */
export async function discardDraft(
  database: pg.Pool,
  caller: Caller,
  flow: string,
): Promise<{ readonly ref: number; readonly revision: number }> {
  const ref = await draftOf(database, caller.workspace, flow);
  return inTransaction(database, async (client) => {
    const draft = await lockDraft(client, ref);
    const found = await client.query<{ version: number; document: string }>(
      `select v.version, v.document from holdfast.flow_versions v join holdfast.flows f on f.ref = v.flow
        where f.ref = $1 order by v.version = f.live_version desc nulls last, v.version desc limit 1`,
      [ref],
    );
    const [base] = found.rows;
    if (draft === undefined || base === undefined) {
      throw new Problem(409, "nothing_published", "Nothing has been published to go back to.", {
        hint: "Archive the flow if it is not needed",
      });
    }
    const document = readDocument(base.document);
    const revision = await storeRevision(
      client,
      draft,
      { document, baseVersion: base.version, base: document },
      {
        client: "",
        seq: 0,
        actor: actorText(caller.actor),
        changes: changesBetween(draft.document, document),
        conflicts: [],
      },
    );
    await noteOperation(client, caller, {
      action: "draft.discard",
      target: `flow:${flow}`,
      after: { revision, baseVersion: base.version },
    });
    return { ref, revision };
  });
}
