/** One node by itself: its type, its params, and whether its settings mean anything. */
import { ERROR_PORT } from "../contract/manifest.ts";
import type { NodeManifest } from "../contract/manifest.ts";
import type { Issue } from "../document/issue.ts";
import { effectOf } from "../document/manifest-facts.ts";
import type { NodeSpec } from "../document/node.ts";
import { joinPointer } from "../document/pointer.ts";
import { bodyOf } from "../document/walk-nodes.ts";
import { callIssues } from "./call-rules.ts";
import { issueOf } from "./codes.ts";
import type { Graph, GraphNode } from "./graph.ts";
import type { ManifestIndex } from "./manifests.ts";
import { bodyPlace, paramIssues } from "./param-rules.ts";
import type { ParamOptions } from "./param-rules.ts";
import { typeIssue } from "./type-issue.ts";

export function nodeIssues(graph: Graph, node: GraphNode, manifests: ManifestIndex, options: ParamOptions): Issue[] {
  const { manifest, spec, pointer } = node;
  const at = (field: string): string => joinPointer(pointer, field);
  if (manifest === undefined) {
    return [
      typeIssue(spec.type, at("type"), manifests),
      ...compensationIssues(spec, at("compensate"), manifests, options),
    ];
  }
  return [
    ...paramIssues(manifest, spec.params, at("params"), options),
    ...callIssues(manifest, spec.params, at("params"), { manifests, options }),
    ...bodyIssues(manifest, spec, at("params")),
    ...credentialIssues(manifest, spec.credential, at("credential")),
    ...settingIssues(graph, node, manifest),
    ...compensationIssues(spec, at("compensate"), manifests, options),
  ];
}

/** Without a manifest a body is known by its shape alone, so nothing else may have that shape. */
function bodyIssues(manifest: NodeManifest, spec: NodeSpec, params: string): Issue[] {
  if (bodyPlace(manifest) !== undefined || bodyOf(spec) === undefined) return [];
  const message = `“${spec.type}” is no loop, but its “body” has nodes and edges.`;
  return [
    issueOf(
      "unexpected_body",
      joinPointer(params, "body"),
      message,
      "Build the value in another node and insert it here.",
    ),
  ];
}

function credentialIssues(manifest: NodeManifest, credential: string | undefined, pointer: string): Issue[] {
  if (credential === undefined) {
    if (manifest.needsCredential !== true) return [];
    const kinds = manifest.credentials.join(" or ");
    return [issueOf("credential_required", pointer, `“${manifest.type}” needs a credential of the kind ${kinds}.`)];
  }
  if (manifest.credentials.length > 0) return [];
  return [issueOf("credential_not_supported", pointer, `“${manifest.type}” uses no credential.`)];
}

/** Settings that nothing would ever look at. */
function settingIssues(graph: Graph, { id, spec, pointer }: GraphNode, manifest: NodeManifest): Issue[] {
  const effect = effectOf(manifest, spec.params);
  const caught = (graph.outgoing.get(id) ?? []).some((edge) => edge.port === ERROR_PORT);
  const idle = (field: "onUnknown" | "keyRetention" | "onExhausted", why: string): Issue[] =>
    spec[field] === undefined ? [] : [issueOf("setting_without_effect", joinPointer(pointer, field), why)];
  return [
    ...(effect === "once" ? [] : idle("onUnknown", "The outcome of this step is never unknown.")),
    ...(effect === "keyed" ? [] : idle("keyRetention", "This step sends no idempotency key that its target keeps.")),
    ...(caught ? idle("onExhausted", "The error port is connected, so it catches exhausted retries.") : []),
  ];
}

/** What undoes a step is one call, done at the end of the run: it can't wait, and it has to change something. */
function compensationIssues(spec: NodeSpec, pointer: string, manifests: ManifestIndex, options: ParamOptions): Issue[] {
  if (spec.compensate === undefined) return [];
  const { type, params, credential } = spec.compensate;
  const manifest = manifests.manifestOf(type);
  const at = joinPointer(pointer, "type");
  if (manifest === undefined) return [typeIssue(type, at, manifests)];
  const capable = manifest.kind === "action" && manifest.ports.length > 0;
  return [
    ...(capable
      ? []
      : [
          issueOf(
            "invalid_compensation",
            at,
            `“${type}” can't undo anything.`,
            "Use a type that acts outside, such as http.request.",
          ),
        ]),
    ...paramIssues(manifest, params, joinPointer(pointer, "params"), options),
    ...credentialIssues(manifest, credential, joinPointer(pointer, "credential")),
  ];
}
