/**
 * Flows come to be: empty, from a document, or as a copy of another; and go to rest: archived, they start nothing.
 */
import type pg from "pg";
import { type FlowDocument, migrateDocument, UnsupportedFormatError } from "@holdfast/dsl";
import { actorText } from "../actor/actor.ts";
import { noteOperation } from "../audit/note-operation.ts";
import { inTransaction } from "../database/transaction.ts";
import { Problem } from "../problem/problem.ts";
import type { Caller } from "../services/services.ts";
import { checkedDocument, insertDraft, openDraft } from "./stored-draft.ts";
import { flowIdFrom } from "./flow-id.ts";

/** A flow that a call starts, with nothing in it. */
export const blankDocument = (name: string): FlowDocument => ({
  dsl: 1,
  id: flowIdFrom(name),
  name,
  triggers: [{ type: "call" }],
  nodes: {},
  edges: [],
});

/** Makes a flow with this document as its draft; under another id if its own is taken. @throws Problem */
export async function createFlow(database: pg.Pool, caller: Caller, input: unknown): Promise<{ id: string }> {
  const { uses, ...document } = checkedDocument(migrated(input));
  return inTransaction(database, async (client) => {
    const { ref, id } = await claimId(client, caller, document.id);
    await insertDraft(client, ref, {
      document: { ...document, id },
      baseVersion: null,
      by: actorText(caller.actor),
    });
    await noteOperation(client, caller, {
      action: "flow.create",
      target: `flow:${id}`,
      after: { name: document.name },
    });
    return { id };
  });
}

/** A new flow with the draft of another. @throws Problem */
export async function duplicateFlow(
  database: pg.Pool,
  caller: Caller,
  flow: string,
  name: string | undefined,
): Promise<{ id: string }> {
  const { document } = await openDraft(database, caller.workspace, flow);
  const copy = name ?? `${document.name} 2`;
  return createFlow(database, caller, { ...document, name: copy, id: flowIdFrom(copy) });
}

/** @throws Problem 404; 409 if it is archived already. */
export function archiveFlow(database: pg.Pool, caller: Caller, id: string): Promise<void> {
  return inTransaction(database, async (client) => {
    const ref = await lockedRef(client, caller.workspace, id);
    const archived = await client.query(
      "update holdfast.flows set archived_at = clock_timestamp(), live_version = null where ref = $1 and archived_at is null",
      [ref],
    );
    if (archived.rowCount === 0) throw new Problem(409, "flow_archived", "The flow is archived already.");
    await client.query("delete from holdfast.event_triggers where flow = $1", [ref]);
    await noteOperation(client, caller, { action: "flow.archive", target: `flow:${id}` });
  });
}

/** The flow is listed again; it starts something once a version is published or made live. @throws Problem */
export function restoreFlow(database: pg.Pool, caller: Caller, id: string): Promise<void> {
  return inTransaction(database, async (client) => {
    const ref = await lockedRef(client, caller.workspace, id);
    const restored = await client.query(
      "update holdfast.flows set archived_at = null where ref = $1 and archived_at is not null",
      [ref],
    );
    if (restored.rowCount === 0) throw new Problem(409, "flow_not_archived", "The flow is not archived.");
    await noteOperation(client, caller, { action: "flow.restore", target: `flow:${id}` });
  });
}

async function lockedRef(client: pg.PoolClient, workspace: number, id: string): Promise<number> {
  const found = await client.query<{ ref: number }>(
    "select ref from holdfast.flows where workspace = $1 and id = $2 for update",
    [workspace, id],
  );
  const ref = found.rows[0]?.ref;
  if (ref === undefined) throw new Problem(404, "flow_not_found", `There is no flow “${id}”.`);
  return ref;
}

const MOST_OF_A_NAME = 200;

/** The id itself, or with a number behind it. */
async function claimId(client: pg.PoolClient, caller: Caller, wanted: string): Promise<{ ref: number; id: string }> {
  for (let number = 1; number <= MOST_OF_A_NAME; number++) {
    const suffix = number === 1 ? "" : `-${number}`;
    const id = `${wanted.slice(0, 63 - suffix.length)}${suffix}`;
    const made = await client.query<{ ref: number }>(
      `insert into holdfast.flows (workspace, id, created_by, owner) values ($1, $2, $3, $4)
       on conflict do nothing returning ref`,
      [caller.workspace, id, actorText(caller.actor), caller.person?.id ?? null],
    );
    const ref = made.rows[0]?.ref;
    if (ref !== undefined) return { ref, id };
  }
  throw new Problem(409, "flow_id_taken", `There are ${MOST_OF_A_NAME} flows with an id like “${wanted}”.`, {
    hint: "Choose another name",
  });
}

function migrated(input: unknown): unknown {
  try {
    return migrateDocument(input);
  } catch (error) {
    if (!(error instanceof UnsupportedFormatError)) throw error;
    throw new Problem(422, "unsupported_format", error.message, { pointer: "/dsl" });
  }
}
