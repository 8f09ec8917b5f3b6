/** What becomes of a draft when a version of its flow is published or made live. */
import type pg from "pg";
import { changesBetween, type FlowDocument } from "@holdfast/dsl";
import { actorText } from "../actor/actor.ts";
import { Problem } from "../problem/problem.ts";
import type { Caller } from "../services/services.ts";
import { lockDraft, storeRevision } from "./stored-draft.ts";

/**
 * The draft that was published, and one in which nothing has been changed, go on from the version. One with changes
 * keeps them, and what it was derived from. The flow is locked.
 *
 * @throws Problem 409 `draft_moved` if the draft is not at the revision that is published.
 */
export async function followVersion(
  client: pg.PoolClient,
  caller: Caller,
  live: {
    readonly flow: number;
    readonly version: number;
    readonly document: FlowDocument;
    readonly draftRevision?: number;
  },
): Promise<void> {
  const draft = await lockDraft(client, live.flow);
  if (draft === undefined) return;
  if (live.draftRevision === undefined) {
    if (draft.changes > 0) return;
  } else if (draft.revision !== live.draftRevision) {
    throw draftMoved(draft.revision);
  }
  const { document, version } = live;
  await storeRevision(
    client,
    draft,
    { document, baseVersion: version, base: document },
    {
      client: "",
      seq: 0,
      actor: actorText(caller.actor),
      changes: changesBetween(draft.document, document),
      conflicts: [],
    },
  );
}

export const draftMoved = (revision: number): Problem =>
  new Problem(409, "draft_moved", "Somebody has changed the draft in the meantime.", {
    pointer: "/revision",
    hint: "Look at what has changed, and publish again",
    details: { revision },
  });
