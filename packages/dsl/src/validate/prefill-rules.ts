/** What the fields of a task's form begin with: a value of the field's own type, or a template that gives one. */
import type { NodeManifest } from "../contract/manifest.ts";
import type { Issue } from "../document/issue.ts";
import { isJsonObject, isJsonSchema } from "../document/json-field.ts";
import { childSchema, dereference } from "../document/param-schema.ts";
import { joinPointer } from "../document/pointer.ts";
import { compileSchema } from "../json-schema/compile.ts";
import type { Json, JsonObject, JsonSchema } from "../json.ts";
import { issueOf } from "./codes.ts";
import { isTemplate, walkParams } from "./param-walk.ts";
import { schemaIssues } from "./schema-rules.ts";
import { areDisjoint, describeTypes, typesOf } from "./schema-types.ts";

/** The static type of a value that may hold templates; `undefined` where something is wrong with one of them. */
export type TypeOf = (value: Json) => JsonSchema | undefined;

const HINT = "Begin with a value that the field can hold, or leave it empty.";

/**
 * Every `default` in a form, those of nested objects included.
 *
 * Lengths, bounds and required fields are left to the person: what a form begins with need not be an answer yet.
 *
 * @param pointer where in the document the params stand
 */
export function prefillIssues(manifest: NodeManifest, params: JsonObject, pointer: string, typeOf: TypeOf): Issue[] {
  return [...walkParams(manifest.params, params)].flatMap(({ schema, value, pointer: place }) => {
    const isForm = isJsonObject(schema) && schema["x-form"] === true && isJsonObject(value);
    if (!isForm || schemaIssues(value, "").length > 0) return [];
    return formIssues({ root: value, typeOf }, value, pointer + place);
  });
}

interface Form {
  readonly root: JsonObject;
  readonly typeOf: TypeOf;
}

/** The same walk as that of the task, which takes its first values out of the properties. */
function formIssues(form: Form, { properties }: JsonObject, pointer: string): Issue[] {
  if (!isJsonObject(properties)) return [];
  return Object.entries(properties).flatMap(([name, property]) => {
    if (!isJsonObject(property)) return [];
    const at = joinPointer(pointer, "properties", name);
    const value = property["default"];
    return value === undefined
      ? formIssues(form, property, at)
      : valueIssues(form, value, property, joinPointer(at, "default"));
  });
}

function valueIssues(form: Form, value: Json, field: JsonSchema, pointer: string): Issue[] {
  const wanted = dereference(field, form.root);
  const type = form.typeOf(value);
  if (type === undefined) return [];
  if (typesOf(type).size > 0 && areDisjoint(type, wanted)) {
    const message = `This gives ${describeTypes(type)}, but the field takes ${describeTypes(wanted)}.`;
    return [issueOf("prefill_type", pointer, message, HINT)];
  }
  if (!holdsTemplate(value)) return literalIssues(form, value, wanted, pointer);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, entry]) =>
    valueIssues(form, entry, childSchema(wanted, key, value, form.root), joinPointer(pointer, key)),
  );
}

/** Of what a schema can say only what tells which values the field has at all. */
const OF_KIND: ReadonlySet<string> = new Set(["type", "enum", "const", "anyOf", "oneOf", "false"]);

function literalIssues(form: Form, value: Json, wanted: JsonSchema, pointer: string): Issue[] {
  const result = compileSchema(rooted(withoutTemplates(wanted), form.root)).validate(value);
  if (result.ok) return [];
  return result.errors
    .filter(({ keyword }) => OF_KIND.has(keyword))
    .map((error) => issueOf("prefill_type", pointer + error.pointer, `The first value ${error.message}.`, HINT));
}

/** References are to the form, so a part of it keeps the definitions. */
function rooted(schema: JsonSchema, root: JsonObject): JsonSchema {
  const definitions = root["$defs"];
  return isJsonObject(schema) && definitions !== undefined && isJsonSchema(withoutTemplates(definitions))
    ? { ...schema, $defs: withoutTemplates(definitions) }
    : schema;
}

/** A choice that is only known in the run decides nothing here. */
function withoutTemplates<Value extends Json>(schema: Value): Value;
function withoutTemplates(schema: Json): Json {
  if (!isJsonObject(schema)) return schema;
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([, entry]) => !isTemplate(entry) && !(Array.isArray(entry) && holdsTemplate(entry)))
      .map(([key, entry]) => [key, withoutTemplates(entry)]),
  );
}

function holdsTemplate(value: Json): boolean {
  if (typeof value !== "object" || value === null) return isTemplate(value);
  return Object.values(value).some(holdsTemplate);
}
