import type { FlowDocument, NodeManifest } from "@holdfast/dsl";
import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../rpc/client.ts";
import { readDocument } from "../run/document.ts";
import { FLOW_STAYS } from "./use-inbox.ts";

export interface FlowOfTask {
  readonly flow: FlowDocument | undefined;
  readonly manifests: readonly NodeManifest[];
  /** It has not come yet. */
  readonly pending: boolean;
}

const NO_MANIFESTS: readonly NodeManifest[] = [];
const NOTHING: FlowOfTask = { flow: undefined, manifests: NO_MANIFESTS, pending: false };
const COMING: FlowOfTask = { ...NOTHING, pending: true };

/** Many tasks are of one version: it is read from its text once. */
const known = new WeakMap<object, FlowOfTask>();

function read(version: { readonly document: object; readonly manifests: readonly NodeManifest[] }): FlowOfTask {
  const before = known.get(version);
  if (before !== undefined) return before;
  const flow = { flow: readDocument(version.document), manifests: version.manifests, pending: false };
  known.set(version, flow);
  return flow;
}

/** The version of the flow that asks; nothing until it has come, and where it can't be read. */
export function useFlowOfTask(task: { readonly flow: string; readonly version: number }): FlowOfTask {
  const trpc = useTRPC();
  const { data, isPending } = useQuery(
    trpc.flows.version.queryOptions({ id: task.flow, version: task.version }, FLOW_STAYS),
  );
  if (data !== undefined) return read(data);
  return isPending ? COMING : NOTHING;
}
