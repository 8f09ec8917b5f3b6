/**
 * What the page of a node type says, made from its manifest and without a language: the docs write it in English, the
 * designer shows it in the reader's.
 */
import type { Json, JsonObject } from "../json.ts";
import { isJsonObject } from "../document/json-field.ts";
import type { Effect, EffectRule, NodeManifest } from "../contract/manifest.ts";

/** Of what kind a setting is. */
export type SettingKind =
  | {
      readonly is:
        | "text"
        | "number"
        | "integer"
        | "boolean"
        | "object"
        | "null"
        | "duration"
        | "condition"
        | "body"
        | "schema"
        | "any";
    }
  /** A value as it is, or one of several. */
  | { readonly is: "values"; readonly values: readonly string[] }
  | { readonly is: "list"; readonly of: SettingKind | undefined }
  | { readonly is: "either"; readonly kinds: readonly SettingKind[] };

export interface Setting {
  /** `budget.call.tokens`, `columns[].name` */
  readonly name: string;
  /** Into the params: an index is a star. */
  readonly pointer: string;
  readonly schema: JsonObject;
  readonly kind: SettingKind;
  readonly optional: boolean;
  readonly label: string | undefined;
  readonly about: string | undefined;
  /** What it is where it is left out, as JSON. */
  readonly fallback: string | undefined;
}

export type PagePort =
  | { readonly name: string; readonly gives: readonly string[] }
  /** Its params name them. */
  | { readonly from: string };

export interface PageEffect {
  readonly effect: Effect;
  /** Absent: always, or else. */
  readonly when: EffectRule["when"];
}

export interface NodePage {
  readonly settings: readonly Setting[];
  /** None: it ends its branch. */
  readonly ports: readonly PagePort[] | undefined;
  readonly effects: readonly PageEffect[];
  readonly durable: boolean;
  readonly credentials: readonly string[];
  /** Without one it can't be published. */
  readonly needsCredential: boolean;
}

export function nodePage(manifest: NodeManifest): NodePage {
  const { params, ports, output, category, effect, durable, credentials, needsCredential } = manifest;
  return {
    settings: isJsonObject(params) ? [...settingsOf(params, { name: "", pointer: "" })] : [],
    ports:
      category === "end"
        ? undefined
        : ports.map((rule) =>
            "from" in rule ? { from: rule.from } : { name: rule.name, gives: fieldsOf(output[rule.name]) },
          ),
    effects:
      typeof effect === "string"
        ? [{ effect, when: undefined }]
        : effect.map((rule) => ({ effect: rule.effect, when: rule.when })),
    durable: durable === true,
    credentials,
    needsCredential: needsCredential === true,
  };
}

interface Place {
  readonly name: string;
  readonly pointer: string;
}

/** Fields in the order of the form; those of objects after the object. */
function* settingsOf(schema: JsonObject, place: Place): Iterable<Setting> {
  const properties = isJsonObject(schema["properties"]) ? schema["properties"] : {};
  const required = Array.isArray(schema["required"]) ? schema["required"] : [];
  const order = (field: Json | undefined): number => (isJsonObject(field) ? Number(field["x-order"] ?? 99) : 99);
  const names = Object.keys(properties).toSorted((a, b) => order(properties[a]) - order(properties[b]));
  for (const name of names) {
    const field = properties[name];
    if (!isJsonObject(field)) continue;
    const own = { name: `${place.name}${name}`, pointer: `${place.pointer}/${name}` };
    yield settingOf(field, own, !required.includes(name));
    yield* settingsOf(field, { name: `${own.name}.`, pointer: own.pointer });
    if (isJsonObject(field["items"])) {
      yield* settingsOf(field["items"], { name: `${own.name}[].`, pointer: `${own.pointer}/*` });
    }
  }
}

function settingOf(schema: JsonObject, place: Place, optional: boolean): Setting {
  const { "x-label": label, description: about, default: fallback } = schema;
  return {
    ...place,
    schema,
    optional,
    kind: kindOf(schema),
    label: typeof label === "string" ? label : undefined,
    about: typeof about === "string" ? about : undefined,
    fallback: fallback === undefined ? undefined : JSON.stringify(fallback),
  };
}

function kindOf(field: JsonObject): SettingKind {
  if (field["x-duration"] === true) return { is: "duration" };
  if (field["x-expression"] === "condition") return { is: "condition" };
  if (field["x-body"] === true) return { is: "body" };
  if (field["x-widget"] === "schema") return { is: "schema" };
  if (Array.isArray(field["enum"])) return { is: "values", values: field["enum"].map(textOf) };
  if (field["const"] !== undefined) return { is: "values", values: [JSON.stringify(field["const"])] };
  const choices = field["anyOf"] ?? field["oneOf"];
  if (Array.isArray(choices) && field["type"] === undefined) {
    return { is: "either", kinds: choices.flatMap((choice) => (isJsonObject(choice) ? [kindOf(choice)] : [])) };
  }
  const { type, items } = field;
  if (type === "array") return { is: "list", of: isJsonObject(items) ? kindOf(items) : undefined };
  return { is: PLAIN.find((kind) => kind === type) ?? (type === "string" ? "text" : "any") };
}

const PLAIN = ["number", "integer", "boolean", "object", "null"] as const;

function fieldsOf(shape: Json | undefined): readonly string[] {
  return isJsonObject(shape) && isJsonObject(shape["properties"]) ? Object.keys(shape["properties"]) : [];
}

const textOf = (value: Json): string => (typeof value === "string" ? value : JSON.stringify(value));
