/**
 * Publishing: a document that has no error becomes a version, frozen and hashed. The same meaning is the same
 * version; its names, layout and tests are then updated on it.
 */
import type pg from "pg";
import {
  canonicalText,
  type FlowDocument,
  type NodeManifest,
  semanticHash,
  validateFlow,
  walkNodes,
  parseFlow,
} from "@holdfast/dsl";
import { actorText } from "../actor/actor.ts";
import { inTransaction } from "../database/transaction.ts";
import { LIMITS } from "../host/limits.ts";
import { Problem } from "../problem/problem.ts";
import { jsonText, UnstorableValueError } from "../writer/json-text.ts";
import type { Caller } from "./services.ts";

export interface Published {
  readonly flow: string;
  readonly version: number;
  readonly created: boolean;
}

/** @throws Problem with every issue of the document. */
export async function publishFlow(
  { database, manifests }: { readonly database: pg.Pool; readonly manifests: ReadonlyMap<string, NodeManifest> },
  caller: Caller,
  id: string,
  document: unknown,
): Promise<Published> {
  const flow = checked(manifests, id, document);
  const used = usedManifests(flow, manifests);
  const uses = Object.fromEntries(used.map((manifest) => [manifest.type, manifest.version]));
  const text = canonicalText({ ...flow, uses });
  if (Buffer.byteLength(text) > LIMITS.document) {
    throw new Problem(413, "document_too_large", `A document has at most ${LIMITS.document} bytes.`);
  }
  const hash = semanticHash(flow);
  const pinned = Object.fromEntries(used.map((manifest) => [manifest.type, manifest]));
  return inTransaction(database, async (client) => {
    const ref = await lockFlow(client, caller.workspace, id);
    const { same, newest } = await versions(client, ref, hash);
    const created = same === null;
    const version = same ?? (newest ?? 0) + 1;
    if (created) {
      await client.query(
        "insert into holdfast.flow_versions (flow, version, name, hash, document, manifests, published_by) values ($1, $2, $3, $4, $5, $6, $7)",
        [ref, version, flow.name, hash, text, JSON.stringify(pinned), actorText(caller.actor)],
      );
    } else {
      await client.query(
        "update holdfast.flow_versions set name = $3, document = $4 where flow = $1 and version = $2",
        [ref, version, flow.name, text],
      );
    }
    await makeLive(client, caller, { ref, id, version, document: flow });
    return { flow: id, version, created };
  });
}

/** Moves the live version: new runs take it from now on. */
export function setLiveVersion(database: pg.Pool, caller: Caller, id: string, version: number): Promise<void> {
  return inTransaction(database, async (client) => {
    const found = await client.query<{ ref: number; document: string }>(
      `select f.ref, v.document from holdfast.flows f join holdfast.flow_versions v on v.flow = f.ref
       where f.workspace = $1 and f.id = $2 and v.version = $3 for update of f`,
      [caller.workspace, id, version],
    );
    const [row] = found.rows;
    if (row === undefined) {
      throw new Problem(404, "version_not_found", `There is no version ${version} of a flow “${id}”.`);
    }
    await makeLive(client, caller, { ref: row.ref, id, version, document: storedDocument(row.document) });
  });
}

function checked(manifests: ReadonlyMap<string, NodeManifest>, id: string, document: unknown): FlowDocument {
  const { flow, issues } = validateFlow(document, [...manifests.values()]);
  const errors = issues.filter((issue) => issue.severity === "error");
  if (flow === undefined || errors.length > 0) {
    const [first] = errors;
    throw new Problem(
      422,
      "invalid_flow",
      `The document has ${errors.length} ${errors.length === 1 ? "error" : "errors"}.`,
      {
        pointer: first?.pointer ?? "",
        issues: errors.map(({ code, pointer, message, hint }) => ({
          code,
          pointer,
          message,
          ...(hint === undefined ? {} : { hint }),
        })),
      },
    );
  }
  if (flow.id !== id) {
    throw new Problem(422, "flow_id_differs", `The document is of the flow “${flow.id}”, the address of “${id}”.`, {
      pointer: "/id",
    });
  }
  refuseUnstorable(flow.name);
  return flow;
}

/** A document that was published can be read. */
function storedDocument(text: string): FlowDocument {
  const parsed = parseFlow(JSON.parse(text));
  if (!parsed.ok) throw new Error("a stored document can't be read");
  return parsed.flow;
}

/** The name has a column of its own; the rest of the document is stored as JSON text, which escapes what it must. */
function refuseUnstorable(name: string): void {
  try {
    jsonText(name, LIMITS.document);
  } catch (error) {
    if (error instanceof UnstorableValueError) {
      throw new Problem(422, error.code, `The name: ${error.message}.`, { pointer: "/name" });
    }
    throw error;
  }
}

function usedManifests(flow: FlowDocument, manifests: ReadonlyMap<string, NodeManifest>): readonly NodeManifest[] {
  const types = new Set<string>();
  for (const { node } of walkNodes(flow)) {
    types.add(node.type);
    if (node.compensate !== undefined) types.add(node.compensate.type);
  }
  return [...types].toSorted().flatMap((type) => manifests.get(type) ?? []);
}

async function lockFlow(client: pg.PoolClient, workspace: number, id: string): Promise<number> {
  await client.query("insert into holdfast.flows (workspace, id) values ($1, $2) on conflict do nothing", [
    workspace,
    id,
  ]);
  const locked = await client.query<{ ref: number }>(
    "select ref from holdfast.flows where workspace = $1 and id = $2 for update",
    [workspace, id],
  );
  const [row] = locked.rows;
  if (row === undefined) throw new Error("the flow's row is gone");
  return row.ref;
}

/** The newest version with this hash, and the newest of all. */
async function versions(
  client: pg.PoolClient,
  ref: number,
  hash: string,
): Promise<{ same: number | null; newest: number | null }> {
  const result = await client.query<{ same: number | null; newest: number | null }>(
    "select max(version) filter (where hash = $2) as same, max(version) as newest from holdfast.flow_versions where flow = $1",
    [ref, hash],
  );
  return result.rows[0] ?? { same: null, newest: null };
}

async function makeLive(
  client: pg.PoolClient,
  caller: Caller,
  flow: { ref: number; id: string; version: number; document: FlowDocument },
): Promise<void> {
  const before = await client.query<{ live_version: number | null }>(
    "select live_version from holdfast.flows where ref = $1",
    [flow.ref],
  );
  await client.query("update holdfast.flows set live_version = $2 where ref = $1", [flow.ref, flow.version]);
  await client.query("delete from holdfast.event_triggers where flow = $1", [flow.ref]);
  for (const trigger of flow.document.triggers) {
    if (trigger.type !== "event") continue;
    await client.query(
      "insert into holdfast.event_triggers (workspace, event, flow) values ($1, $2, $3) on conflict do nothing",
      [caller.workspace, trigger.event, flow.ref],
    );
  }
  await client.query(
    "insert into holdfast.operations (workspace, actor, door, action, target, before, after) values ($1, $2, $3, 'flow.publish', $4, $5, $6)",
    [
      caller.workspace,
      actorText(caller.actor),
      caller.door,
      `flow:${flow.id}`,
      JSON.stringify({ liveVersion: before.rows[0]?.live_version ?? null }),
      JSON.stringify({ liveVersion: flow.version }),
    ],
  );
}
