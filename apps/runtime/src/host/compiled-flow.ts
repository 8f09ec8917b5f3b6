/**
 * A flow version made ready to run: its plan, and for each node its behavior with its params compiled. Made once per
 * version and process.
 */
import {
  compileParams,
  compileSchema,
  compileTemplate,
  type CompiledParams,
  type CompiledSchema,
  type CompiledTemplate,
  type ControlNode,
  type FlowDocument,
  type JsonObject,
  type NodeManifest,
  parseDuration,
  walkNodes,
} from "@holdfast/dsl";
import { compilePlan, type FlowPlan } from "@holdfast/engine";
import type { ActionNode } from "@holdfast/nodes";

/** What can be run: a control node's behavior or an action's executor, with compiled params. */
export interface Runnable {
  readonly type: string;
  readonly manifest: NodeManifest;
  readonly params: CompiledParams;
  /** As they stand in the document. */
  readonly rawParams: JsonObject;
  readonly control: ControlNode | undefined;
  /** Absent with `control` absent too: this process does not have the type. */
  readonly action: ActionNode | undefined;
  readonly credential: string | undefined;
}

export interface CompiledNode extends Runnable {
  readonly id: string;
  readonly keyRetentionMs: number | undefined;
  readonly undo: Runnable | undefined;
}

export interface CompiledTrigger {
  readonly event: string;
  readonly input: CompiledTemplate | undefined;
}

export interface CompiledFlow {
  /** `flow_versions.ref` and `flows.ref`. */
  readonly ref: number;
  readonly flowRef: number;
  readonly id: string;
  readonly version: number;
  readonly document: FlowDocument;
  readonly plan: FlowPlan;
  readonly nodes: ReadonlyMap<string, CompiledNode>;
  readonly input: CompiledSchema | undefined;
  readonly requester: CompiledTemplate | undefined;
  readonly triggers: readonly CompiledTrigger[];
  readonly timeZone: string;
  /** There may be a node that asks language models. */
  readonly asksModels: boolean;
  /** Pinned with the version: those of its nodes, and those that they call. */
  readonly manifests: { readonly [type: string]: NodeManifest };
}

/** What node types this process has. */
export interface NodeRegistry {
  /** The newest version of each type. */
  readonly manifests: ReadonlyMap<string, NodeManifest>;
  control(type: string, version: number): ControlNode | undefined;
  action(type: string, version: number): ActionNode | undefined;
}

export interface VersionRow {
  readonly ref: number;
  readonly flowRef: number;
  readonly version: number;
  readonly document: FlowDocument;
  /** Pinned with the version. */
  readonly manifests: { readonly [type: string]: NodeManifest };
}

export function compileFlow(row: VersionRow, registry: NodeRegistry): CompiledFlow {
  const { document } = row;
  const pinned: PinnedTypes = { manifests: row.manifests, registry };
  const nodes = new Map<string, CompiledNode>();
  for (const { id, node } of walkNodes(document)) {
    const runnable = compileRunnable(node.type, node.params, node.credential, pinned);
    nodes.set(id, {
      ...runnable,
      id,
      keyRetentionMs: node.keyRetention === undefined ? undefined : parseDuration(node.keyRetention),
      undo:
        node.compensate === undefined
          ? undefined
          : compileRunnable(node.compensate.type, node.compensate.params, node.compensate.credential, pinned),
    });
  }
  return {
    ref: row.ref,
    flowRef: row.flowRef,
    id: document.id,
    version: row.version,
    document,
    plan: compilePlan(document, (type) => (Object.hasOwn(row.manifests, type) ? row.manifests[type] : undefined)),
    nodes,
    input: document.input === undefined ? undefined : compileSchema(document.input),
    requester: document.settings?.requester === undefined ? undefined : compileTemplate(document.settings.requester),
    triggers: document.triggers.flatMap((trigger) =>
      trigger.type === "event"
        ? [{ event: trigger.event, input: trigger.input === undefined ? undefined : compileTemplate(trigger.input) }]
        : [],
    ),
    timeZone: document.settings?.timeZone ?? "UTC",
    asksModels: Object.values(row.manifests).some(({ category }) => category === "ai"),
    manifests: row.manifests,
  };
}

interface PinnedTypes {
  readonly manifests: { readonly [type: string]: NodeManifest };
  readonly registry: NodeRegistry;
}

function compileRunnable(
  type: string,
  params: JsonObject,
  credential: string | undefined,
  { manifests, registry }: PinnedTypes,
): Runnable {
  const manifest = Object.hasOwn(manifests, type) ? manifests[type] : undefined;
  if (manifest === undefined) throw new Error(`node type ${type} is not pinned`);
  return {
    type,
    manifest,
    params: compileParams(manifest, params),
    rawParams: params,
    // Another version of the type may behave differently: a step runs only where its own version is installed.
    control: registry.control(type, manifest.version),
    action: registry.action(type, manifest.version),
    credential,
  };
}
