/** What a node calls in its middle: whether it is there, whether it can be called, and what it is given. */
import type { NodeManifest } from "../contract/manifest.ts";
import type { Issue } from "../document/issue.ts";
import { isJsonObject } from "../document/json-field.ts";
import { joinPointer } from "../document/pointer.ts";
import type { Json, JsonObject, JsonSchema } from "../json.ts";
import { calledNodes, callsOthers, type CalledNode } from "./called-nodes.ts";
import { issueOf } from "./codes.ts";
import type { ManifestIndex } from "./manifests.ts";
import { paramIssues, type ParamOptions } from "./param-rules.ts";
import { isTemplate, walkParams } from "./param-walk.ts";
import { typeIssue } from "./type-issue.ts";

/** @param pointer where in the document the params stand */
export function callIssues(
  manifest: NodeManifest,
  params: JsonObject,
  pointer: string,
  context: { readonly manifests: ManifestIndex; readonly options: ParamOptions },
): Issue[] {
  return calledNodes(manifest, params).flatMap((call): Issue[] => {
    const at = pointer + call.pointer;
    const called = context.manifests.manifestOf(call.type);
    const typeAt = call.isGiven ? at : joinPointer(at, "type");
    if (called === undefined) return [typeIssue(call.type, typeAt, context.manifests)];
    if (!canBeCalled(called)) {
      const message = `“${call.type}” can't be called by another node.`;
      return [issueOf("invalid_call", typeAt, message, "Use a type that acts, such as http.request.")];
    }
    return [
      ...(call.isGiven ? [] : givenIssues(call, called, at, context.options)),
      ...credentialIssues(called, call.spec["credential"], joinPointer(at, "credential")),
    ];
  });
}

/** An action that goes on afterwards, and calls none itself. */
export function canBeCalled(manifest: NodeManifest): boolean {
  return manifest.kind === "action" && manifest.ports.length > 0 && !callsOthers(manifest);
}

/** What is fixed fits; what is left open is among the params, is fixed by nobody, and is nothing that is evaluated. */
function givenIssues({ spec }: CalledNode, called: NodeManifest, at: string, options: ParamOptions): Issue[] {
  const fixed = isJsonObject(spec["params"]) ? spec["params"] : {};
  const open = namesOf(isJsonObject(spec["arguments"]) ? spec["arguments"] : {});
  const known = namesOf(called.params);
  const paramsAt = joinPointer(at, "params");
  const argumentsAt = (name: string): string => joinPointer(at, "arguments", "properties", name);
  // What is filled in later is a value that nobody knows yet, as that of a template is.
  const filled = { ...Object.fromEntries(open.map((name) => [name, "{{"])), ...fixed };
  const isOpen = (pointer: string): boolean =>
    open.some((name) => !Object.hasOwn(fixed, name) && isWithin(pointer, joinPointer(paramsAt, name)));
  return [
    ...paramIssues(called, filled, paramsAt, options).filter(({ pointer }) => !isOpen(pointer)),
    ...open.flatMap((name) => {
      if (!known.includes(name)) {
        const hint = `There are ${known.join(", ")}.`;
        return [issueOf("unknown_param", argumentsAt(name), `“${called.type}” has no param “${name}”.`, hint)];
      }
      if (!Object.hasOwn(fixed, name)) return [];
      const message = `“${name}” is fixed, so nothing else can fill it in.`;
      return [issueOf("invalid_call", argumentsAt(name), message, "Take it out here, or out of the fixed ones.")];
    }),
    ...[...walkParams(called.params, filled)].flatMap(({ pointer, value, schema }) =>
      isTemplate(value) && isEvaluated(schema)
        ? [issueOf("invalid_call", paramsAt + pointer, "Nothing can be inserted here when the node is called.")]
        : [],
    ),
  ];
}

const isWithin = (pointer: string, place: string): boolean => pointer === place || pointer.startsWith(`${place}/`);

/** What the node makes safe or evaluates itself, by hints that only its own params have. */
function isEvaluated(schema: JsonSchema): boolean {
  return isJsonObject(schema) && ["x-escape", "x-expression", "x-body"].some((hint) => Object.hasOwn(schema, hint));
}

function namesOf(schema: JsonSchema): readonly string[] {
  const properties = isJsonObject(schema) ? schema["properties"] : undefined;
  return isJsonObject(properties) ? Object.keys(properties) : [];
}

function credentialIssues(called: NodeManifest, credential: Json | undefined, pointer: string): Issue[] {
  if (credential === undefined || called.credentials.length > 0) return [];
  return [issueOf("credential_not_supported", pointer, `“${called.type}” uses no credential.`)];
}
