/**
 * Flow versions as readers need them: the document, what people call its nodes, and the plan by which a run of it
 * stands where it stands. Kept for a moment, since a page asks for the same ones again and again.
 */
import { type FlowDocument, type JsonObject, type NodeManifest, parseFlow, walkNodes } from "@holdfast/dsl";
import { compilePlan, EngineError, type FlowPlan } from "@holdfast/engine";
import { parseDocument } from "./document.ts";
import type { Queryable } from "./queryable.ts";

export interface ReadVersion {
  readonly ref: number;
  readonly flow: string;
  readonly name: string;
  readonly version: number;
  readonly document: JsonObject;
  readonly manifests: readonly NodeManifest[];
  /** Absent: this version of Holdfast can't make one. */
  readonly plan: FlowPlan | undefined;
  /** What people call a node: its name, else its type's title, else its id. */
  nodeName(node: string): string;
}

/** Names and layout of a version can change with a publication that means the same. */
const GOOD_FOR_MS = 5_000;
const MOST = 200;

interface Kept {
  readonly version: ReadVersion;
  readonly until: number;
}

const kept = new WeakMap<Queryable, Map<number, Kept>>();

/** By `flow_versions.ref`; those that don't exist are left out. */
export async function readVersions(
  database: Queryable,
  refs: readonly number[],
): Promise<ReadonlyMap<number, ReadVersion>> {
  const known = kept.get(database) ?? new Map<number, Kept>();
  kept.set(database, known);
  const now = performance.now();
  const wanted = [...new Set(refs)];
  const missing = wanted.filter((ref) => (known.get(ref)?.until ?? 0) < now);
  if (missing.length > 0) {
    for (const version of await load(database, missing)) {
      known.delete(version.ref);
      known.set(version.ref, { version, until: now + GOOD_FOR_MS });
    }
  }
  const found = new Map(
    wanted.flatMap((ref) => {
      const version = known.get(ref)?.version;
      return version === undefined ? [] : [[ref, version] as const];
    }),
  );
  for (const oldest of known.keys()) {
    if (known.size <= MOST) break;
    known.delete(oldest);
  }
  return found;
}

interface Row {
  readonly ref: number;
  readonly flow: string;
  readonly name: string;
  readonly version: number;
  readonly document: string;
  readonly manifests: Readonly<Record<string, NodeManifest>>;
}

async function load(database: Queryable, refs: readonly number[]): Promise<readonly ReadVersion[]> {
  const result = await database.query<Row>(
    `select v.ref, f.id as flow, v.name, v.version, v.document, v.manifests
       from holdfast.flow_versions v join holdfast.flows f on f.ref = v.flow where v.ref = any($1::int[])`,
    [refs],
  );
  return result.rows.map((row): ReadVersion => {
    const document = parseDocument(row.document);
    const parsed = parseFlow(document);
    const manifests = Object.values(row.manifests);
    const flow = parsed.ok ? parsed.flow : undefined;
    const names = flow === undefined ? new Map<string, string>() : nodeNames(flow, row.manifests);
    return {
      ref: row.ref,
      flow: row.flow,
      name: row.name,
      version: row.version,
      document,
      manifests,
      plan: flow === undefined ? undefined : planOf(flow, row.manifests),
      nodeName: (node) => names.get(node) ?? node,
    };
  });
}

function nodeNames(flow: FlowDocument, manifests: Row["manifests"]): Map<string, string> {
  return new Map(
    [...walkNodes(flow)].map(({ id, node }) => {
      const title = Object.hasOwn(manifests, node.type) ? manifests[node.type]?.title : undefined;
      return [id, node.name ?? title ?? id] as const;
    }),
  );
}

function planOf(flow: FlowDocument, manifests: Row["manifests"]): FlowPlan | undefined {
  try {
    return compilePlan(flow, (type) => (Object.hasOwn(manifests, type) ? manifests[type] : undefined));
  } catch (error) {
    if (error instanceof EngineError) return undefined;
    throw error;
  }
}
