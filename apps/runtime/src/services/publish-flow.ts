/**
 * Publishing: a document that has no error becomes a version, frozen and hashed. The same meaning is the same
 * version; its names, layout and tests are then updated on it.
 */
import type pg from "pg";
import {
  canonicalText,
  diffFlows,
  manifestsFor,
  type FlowDocument,
  type Issue,
  type NodeManifest,
  semanticHash,
  type ValidateOptions,
  typesIn,
  validateFlow,
  parseFlow,
} from "@holdfast/dsl";
import { actorText } from "../actor/actor.ts";
import { noteOperation } from "../audit/note-operation.ts";
import { calendarNames } from "../calendars/calendar-store.ts";
import { inTransaction } from "../database/transaction.ts";
import { followVersion } from "../drafts/follow-version.ts";
import { LIMITS } from "../host/limits.ts";
import { Problem, type ProblemIssue } from "../problem/problem.ts";
import type { Caller } from "./services.ts";
import { storableText } from "./storable.ts";

export interface Published {
  readonly flow: string;
  readonly version: number;
  readonly created: boolean;
  /** What is not wrong, but worth a look. */
  readonly warnings: readonly ProblemIssue[];
}

export interface HowToPublish {
  /** What the publisher says about it. */
  readonly note?: string;
  /** The document is the draft of the flow at this revision. */
  readonly draftRevision?: number;
  /** Only if this version is the live one; null: none is. */
  readonly replaces?: number | null;
  /** Looks at the document once it is known to be valid. Throws to refuse it. */
  readonly inspect?: (flow: FlowDocument) => Promise<void>;
}

export interface PublishContext {
  readonly database: pg.Pool;
  /** Of all versions that are installed. */
  readonly manifests: readonly NodeManifest[];
}

/** @throws Problem with every issue of the document. */
export async function publishFlow(
  { database, manifests }: PublishContext,
  caller: Caller,
  { id, document, ...how }: { readonly id: string; readonly document: unknown } & HowToPublish,
): Promise<Published> {
  const known = {
    flows: await knownFlows(database, caller.workspace, id),
    calendars: await calendarNames(database, caller.workspace),
  };
  const { flow, warnings } = checked(manifests, known, { id, document });
  await how.inspect?.(flow);
  const used = usedManifests(flow, manifests);
  const uses = Object.fromEntries(used.map((manifest) => [manifest.type, manifest.version]));
  const text = canonicalText({ ...flow, uses });
  if (Buffer.byteLength(text) > LIMITS.document) {
    throw new Problem(413, "document_too_large", `A document has at most ${LIMITS.document} bytes.`, { pointer: "" });
  }
  const hash = semanticHash({ ...flow, uses });
  const pinned = Object.fromEntries(used.map((manifest) => [manifest.type, manifest]));
  return inTransaction(database, async (client) => {
    const ref = await lockFlow(client, caller, id);
    if (how.replaces !== undefined) await refuseOther(client, ref, how.replaces);
    const { same, newest } = await versions(client, ref, hash);
    const created = same === null;
    const version = same ?? (newest ?? 0) + 1;
    const stored = { ref, version, name: flow.name, text, note: how.note ?? null };
    if (created) {
      const summary = await differences(client, ref, flow);
      await insertVersion(client, caller, { ...stored, hash, manifests: JSON.stringify(pinned), summary });
    } else {
      await client.query(
        "update holdfast.flow_versions set name = $3, document = $4, note = coalesce($5, note) where flow = $1 and version = $2",
        [ref, version, stored.name, text, stored.note],
      );
    }
    const before = await makeLive(client, caller, { ref, version, document: flow });
    await followVersion(client, caller, {
      flow: ref,
      version,
      document: { ...flow, uses },
      ...(how.draftRevision === undefined ? {} : { draftRevision: how.draftRevision }),
    });
    await noteLive(client, caller, {
      id,
      before,
      version,
      hash,
      ...(how.note === undefined ? {} : { note: how.note }),
    });
    return { flow: id, version, created, warnings };
  });
}

/** Somebody has published or rolled back since it was looked at. The flow is locked. */
async function refuseOther(client: pg.PoolClient, ref: number, replaces: number | null): Promise<void> {
  const found = await client.query<{ live: number | null }>(
    "select live_version as live from holdfast.flows where ref = $1",
    [ref],
  );
  const live = found.rows[0]?.live ?? null;
  if (live === replaces) return;
  throw new Problem(409, "live_moved", `Version ${live ?? "none"} is live now.`, {
    pointer: "/replaces",
    hint: "Look at what it changed, and publish again",
    details: { live },
  });
}

function insertVersion(
  client: pg.PoolClient,
  caller: Caller,
  version: {
    readonly ref: number;
    readonly version: number;
    readonly name: string;
    readonly hash: string;
    readonly text: string;
    readonly manifests: string;
    readonly note: string | null;
    readonly summary: readonly string[];
  },
): Promise<unknown> {
  const { ref, name, hash, text, manifests, note, summary } = version;
  return client.query(
    `insert into holdfast.flow_versions (flow, version, name, hash, document, manifests, published_by, note, summary)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [ref, version.version, name, hash, text, manifests, actorText(caller.actor), note, JSON.stringify(summary)],
  );
}

/** What a version changes about the live one, else about the newest: a sentence each. The first changes nothing. */
async function differences(client: pg.PoolClient, ref: number, flow: FlowDocument): Promise<readonly string[]> {
  const found = await client.query<{ document: string }>(
    `select v.document from holdfast.flow_versions v join holdfast.flows f on f.ref = v.flow
      where f.ref = $1 order by v.version = f.live_version desc nulls last, v.version desc limit 1`,
    [ref],
  );
  const text = found.rows[0]?.document;
  if (text === undefined) return [];
  // Versions of node types are filled in by publishing, and not what somebody has changed.
  const bare = ({ uses, ...rest }: FlowDocument): FlowDocument => rest;
  return diffFlows(bare(storedDocument(text)), bare(flow)).summary;
}

/** Moves the live version: new runs take it from now on. */
export function setLiveVersion(database: pg.Pool, caller: Caller, id: string, version: number): Promise<void> {
  return inTransaction(database, async (client) => {
    const found = await client.query<{ ref: number; document: string; hash: string }>(
      `select f.ref, v.document, v.hash from holdfast.flows f join holdfast.flow_versions v on v.flow = f.ref
       where f.workspace = $1 and f.id = $2 and v.version = $3 for update of f`,
      [caller.workspace, id, version],
    );
    const [row] = found.rows;
    if (row === undefined) {
      const { rowCount } = await client.query("select from holdfast.flows where workspace = $1 and id = $2", [
        caller.workspace,
        id,
      ]);
      if (rowCount === 0) throw new Problem(404, "flow_not_found", `There is no flow “${id}”.`);
      throw new Problem(404, "flow_version_not_found", `There is no version ${version} of the flow “${id}”.`, {
        pointer: "/version",
      });
    }
    const document = storedDocument(row.document);
    const before = await makeLive(client, caller, { ref: row.ref, version, document });
    await followVersion(client, caller, { flow: row.ref, version, document });
    await noteLive(client, caller, { id, before, version, hash: row.hash });
  });
}

/** The flows that a step could run now, and the one that is published. */
async function knownFlows(database: pg.Pool, workspace: number, id: string): Promise<ReadonlySet<string>> {
  const found = await database.query<{ id: string }>(
    "select id from holdfast.flows where workspace = $1 and live_version is not null",
    [workspace],
  );
  return new Set([id, ...found.rows.map((row) => row.id)]);
}

const told = ({ code, pointer, message, hint }: Issue): ProblemIssue => ({
  code,
  pointer,
  message,
  ...(hint === undefined ? {} : { hint }),
});

function checked(
  manifests: readonly NodeManifest[],
  known: Required<ValidateOptions>,
  { id, document }: { readonly id: string; readonly document: unknown },
): { readonly flow: FlowDocument; readonly warnings: readonly ProblemIssue[] } {
  const { flow, issues } = validateFlow(document, manifests, known);
  const errors = issues.filter((issue) => issue.severity === "error");
  if (flow === undefined || errors.length > 0) {
    const [first] = errors;
    throw new Problem(
      422,
      "invalid_flow",
      `The document has ${errors.length} ${errors.length === 1 ? "error" : "errors"}.`,
      {
        pointer: first?.pointer ?? "",
        issues: errors.map(told),
      },
    );
  }
  if (flow.id !== id) {
    throw new Problem(422, "flow_id_differs", `The document is of the flow “${flow.id}”, the address of “${id}”.`, {
      pointer: "/id",
    });
  }
  refuseUnstorable(flow.name);
  return { flow, warnings: issues.map(told) };
}

/** A document that was published can be read. */
function storedDocument(text: string): FlowDocument {
  const parsed = parseFlow(JSON.parse(text));
  if (!parsed.ok) throw new Error("a stored document can't be read");
  return parsed.flow;
}

/** The name has a column of its own; the rest of the document is stored as JSON text, which escapes what it must. */
function refuseUnstorable(name: string): void {
  storableText(name, LIMITS.document, "/name");
}

/** In the versions that the document asks for, else the newest. */
function usedManifests(flow: FlowDocument, manifests: readonly NodeManifest[]): readonly NodeManifest[] {
  const manifestOf = manifestsFor(flow, manifests);
  return [...typesIn(flow, manifestOf)].toSorted().flatMap((type) => manifestOf(type) ?? []);
}

async function lockFlow(client: pg.PoolClient, caller: Caller, id: string): Promise<number> {
  await client.query(
    "insert into holdfast.flows (workspace, id, created_by, owner) values ($1, $2, $3, $4) on conflict do nothing",
    [caller.workspace, id, actorText(caller.actor), caller.person?.id ?? null],
  );
  const locked = await client.query<{ ref: number }>(
    "select ref from holdfast.flows where workspace = $1 and id = $2 for update",
    [caller.workspace, id],
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

/** @returns Which version was live before. */
async function makeLive(
  client: pg.PoolClient,
  caller: Caller,
  flow: { ref: number; version: number; document: FlowDocument },
): Promise<number | null> {
  const before = await client.query<{ live_version: number | null }>(
    "select live_version from holdfast.flows where ref = $1",
    [flow.ref],
  );
  await client.query("update holdfast.flows set live_version = $2, archived_at = null where ref = $1", [
    flow.ref,
    flow.version,
  ]);
  await client.query("delete from holdfast.event_triggers where flow = $1", [flow.ref]);
  for (const trigger of flow.document.triggers) {
    if (trigger.type !== "event") continue;
    await client.query(
      "insert into holdfast.event_triggers (workspace, event, flow) values ($1, $2, $3) on conflict do nothing",
      [caller.workspace, trigger.event, flow.ref],
    );
  }
  return before.rows[0]?.live_version ?? null;
}

async function noteLive(
  client: pg.PoolClient,
  caller: Caller,
  live: {
    readonly id: string;
    readonly before: number | null;
    readonly version: number;
    readonly hash: string;
    readonly note?: string;
  },
): Promise<void> {
  const { id, before, version, hash, note } = live;
  await noteOperation(client, caller, {
    action: "flow.publish",
    target: `flow:${id}`,
    before: { liveVersion: before },
    after: { liveVersion: version, hash, ...(note === undefined ? {} : { note }) },
  });
}
