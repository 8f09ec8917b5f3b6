/** What a manifest says about one node, once the node's params are known. */
import type { Effect, NodeManifest, ParamCondition } from "../contract/manifest.ts";
import type { Json, JsonObject } from "../json.ts";
import { valueAt, valuesAt } from "./pointer.ts";

/** Whether a question about the params is answered with yes. */
export function conditionHolds(condition: ParamCondition, params: JsonObject): boolean {
  const value = valueAt(params, condition.pointer);
  if (condition.present !== undefined && condition.present !== (value !== undefined)) return false;
  if (condition.in === undefined) return true;
  return value !== undefined && condition.in.some((candidate) => sameScalar(candidate, value));
}

/** A port that a node has. */
export interface NamedPort {
  readonly name: string;
  readonly title?: string;
  /** Where in the params it got its name; absent if the manifest names it. */
  readonly pointer?: string;
}

/** The ports in the order they are drawn, `error` left out; a name that the params give twice is listed twice. */
export function namedPorts(manifest: NodeManifest, params: JsonObject): NamedPort[] {
  return manifest.ports.flatMap((rule): NamedPort[] => {
    if ("from" in rule) {
      return valuesAt(params, rule.from).flatMap(({ pointer, value }) =>
        typeof value === "string" ? [{ name: value, pointer }] : [],
      );
    }
    if (rule.when !== undefined && !conditionHolds(rule.when, params)) return [];
    return [rule.title === undefined ? { name: rule.name } : { name: rule.name, title: rule.title }];
  });
}

/** The names of a node's ports, `error` left out, each once. Empty: the node ends its branch. */
export function portsOf(manifest: NodeManifest, params: JsonObject): string[] {
  return [...new Set(namedPorts(manifest, params).map((port) => port.name))];
}

/** What happens outside when the node runs. Where no rule holds it is `once`, the most careful. */
export function effectOf(manifest: NodeManifest, params: JsonObject): Effect {
  if (typeof manifest.effect === "string") return manifest.effect;
  const rule = manifest.effect.find(({ when }) => when === undefined || conditionHolds(when, params));
  return rule?.effect ?? "once";
}

function sameScalar(a: Json, b: Json): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
