import { canBeCalled, isJsonObject, joinPointer, typeEnvsOf, valueAt } from "@holdfast/dsl";
import type { FlowDocument, Issue, Json, TypeEnv } from "@holdfast/dsl";
import { useDeferredValue, useMemo } from "react";
import { fieldIssueOf, fieldPointer } from "../expression-field/field-check.ts";
import type { FieldIssue } from "../expression-field/quick-fix.ts";
import type { FieldsHost } from "../fields/host.ts";
import { ParamField } from "../fields/param-field.tsx";
import { setAt } from "../fields/set-at.ts";
import { setNode, setParam } from "../flow/change-node.ts";
import { allNodes } from "../flow/graphs.ts";
import { useSettled } from "../flow/use-settled.ts";
import type { FlowEditor } from "./flow-editor.ts";
import { nameOfNode, placeOfNode } from "./node-place.ts";
import type { NodePlace } from "./node-place.ts";
import type { Surroundings } from "./surroundings.ts";

const NONE: readonly FieldIssue[] = [];

/** Issues by their place, so that a field finds its own at once. */
export function issuesByPointer(issues: readonly Issue[]): (pointer: string) => readonly FieldIssue[] {
  const places = new Map<string, FieldIssue[]>();
  for (const issue of issues) {
    const pointer = fieldPointer(issue);
    const list = places.get(pointer);
    if (list === undefined) places.set(pointer, [fieldIssueOf(issue)]);
    else list.push(fieldIssueOf(issue));
  }
  return (pointer) => places.get(pointer) ?? NONE;
}

/** From so many nodes on it is worked out when nothing was typed for a moment. */
const MANY = 200;

/** What expressions of a node read; a moment behind the typing, which does not change it. */
export function useEnv(editor: FlowEditor, id: string | undefined): (pointer: string) => TypeEnv {
  const { manifests } = editor;
  const soon = useDeferredValue(editor.flow);
  const settled = useSettled(editor.flow, 200);
  const flow = allNodes(editor.flow).size > MANY ? settled : soon;
  return useMemo(() => typeEnvsOf(flow, manifests, id), [flow, manifests, id]);
}

export interface NodeHostOptions {
  /** The params that the fields show: the node's own, or those of its compensation. */
  readonly part: "params" | "compensate";
  readonly type: string;
  readonly label: string;
}

/** The fields of a node's params, bound to the flow. */
export function useNodeHost(
  editor: FlowEditor,
  place: NodePlace,
  surroundings: Surroundings,
  options: NodeHostOptions,
): FieldsHost {
  const { part, type, label } = options;
  const { flow, issues, manifests, run } = editor;
  const { id, pointer, node } = place;
  const envAt = useEnv(editor, id);
  const issuesAt = useMemo(() => issuesByPointer(issues), [issues]);
  return useMemo(() => {
    const base = part === "params" ? joinPointer(pointer, "params") : joinPointer(pointer, "compensate", "params");
    return {
      type,
      base,
      value: (at: string) => {
        const params = part === "params" ? node.params : node.compensate?.params;
        return params === undefined ? undefined : valueAt(params, at.slice(base.length));
      },
      set: (at: string, value: Json | undefined) =>
        run(label, (current) => setIn(current, id, part, { inner: at.slice(base.length), value }), at),
      issuesAt,
      envAt,
      nodeName: (other: string) => nameOfNode(flow, other),
      sample: surroundings.sample,
      flows: surroundings.flows,
      callable: manifests.filter(canBeCalled),
      directory: surroundings.directory,
      calendars: surroundings.calendars,
      Field: ParamField,
      unread: editor.unread,
    };
  }, [flow, node, run, id, pointer, part, type, label, envAt, issuesAt, manifests, surroundings, editor.unread]);
}

interface Put {
  /** JSON pointer into the params. */
  readonly inner: string;
  readonly value: Json | undefined;
}

function setIn(flow: FlowDocument, id: string, part: "params" | "compensate", { inner, value }: Put): FlowDocument {
  if (part === "params") return setParam(flow, id, inner, value);
  const compensate = placeOfNode(flow, id)?.node.compensate;
  if (compensate === undefined) return flow;
  const params = setAt(compensate.params, inner, value);
  return setNode(flow, id, { compensate: { ...compensate, params: isJsonObject(params) ? params : {} } });
}
