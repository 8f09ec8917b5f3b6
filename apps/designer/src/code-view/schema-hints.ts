/** What may be written at a place of the document: names of fields and their values. */
import type { NodeManifest } from "@holdfast/dsl";

export interface Hint {
  readonly label: string;
  readonly detail?: string;
}

type Schema = Readonly<Record<string, unknown>>;

export interface HintSource {
  readonly schema: Schema;
  readonly manifests: readonly NodeManifest[];
  /** The value at a path of what was read last. */
  readonly valueAt: (path: readonly string[]) => unknown;
}

const isSchema = (value: unknown): value is Schema =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Names that an object at this path may have and has not. */
export function nameHints(source: HintSource, path: readonly string[]): readonly Hint[] {
  const names = new Map<string, Hint>();
  for (const schema of schemasAt(source, path)) {
    if (!isSchema(schema["properties"])) continue;
    for (const [label, field] of Object.entries(schema["properties"])) names.set(label, hint(label, field));
  }
  const there = source.valueAt(path);
  const used = isSchema(there) ? there : {};
  return [...names.values()].filter(({ label }) => !Object.hasOwn(used, label));
}

/** Values that may stand at this path, as JSON. */
export function valueHints(source: HintSource, path: readonly string[]): readonly Hint[] {
  const own = ownValues(source, path);
  if (own !== undefined) return own;
  const values = new Map<string, Hint>();
  for (const schema of schemasAt(source, path)) {
    const { enum: choices, const: only, type } = schema;
    const all = Array.isArray(choices) ? choices : [];
    if (only !== undefined) all.push(only);
    if (type === "boolean") all.push(true, false);
    for (const value of all) values.set(JSON.stringify(value), { label: JSON.stringify(value) });
  }
  return [...values.values()];
}

/** What no schema knows: types of nodes, and nodes by their ids. */
function ownValues({ manifests, valueAt }: HintSource, path: readonly string[]): readonly Hint[] | undefined {
  const last = path.at(-1);
  if (last === "type" && path.at(-3) === "nodes") {
    return manifests.map(({ type, title }) => ({ label: JSON.stringify(type), detail: title }));
  }
  if ((last === "from" || last === "to") && path.at(-3) === "edges") {
    const nodes = valueAt([...path.slice(0, -3), "nodes"]);
    const ids = isSchema(nodes) ? Object.keys(nodes) : [];
    return [last === "from" ? "start" : "end", ...ids].map((id) => ({ label: JSON.stringify(id) }));
  }
  return undefined;
}

function hint(label: string, field: unknown): Hint {
  const { description, "x-label": name } = isSchema(field) ? field : {};
  const detail = typeof description === "string" ? description : name;
  return typeof detail === "string" ? { label, detail } : { label };
}

/** All schemas that hold at a path: of several variants, each. In params it is the node type's own. */
function schemasAt(source: HintSource, path: readonly string[]): readonly Schema[] {
  const params = path.lastIndexOf("params");
  if (params > 1 && path[params - 2] === "nodes") {
    const type = source.valueAt([...path.slice(0, params), "type"]);
    const manifest = source.manifests.find((one) => one.type === type);
    const isBody = path[params + 1] === "body";
    if (!isBody) return below(isSchema(manifest?.params) ? [manifest.params] : [], path.slice(params + 1));
    return below([source.schema], path.slice(params + 2));
  }
  return below([source.schema], path);
}

function below(schemas: readonly Schema[], path: readonly string[]): readonly Schema[] {
  let found = schemas.flatMap(variants);
  for (const key of path) {
    found = found.flatMap((schema) => step(schema, key)).flatMap(variants);
  }
  return found;
}

function variants(schema: Schema): readonly Schema[] {
  const { anyOf, oneOf, allOf } = schema;
  const inner = [anyOf, oneOf, allOf].flatMap((list) => (Array.isArray(list) ? list.filter(isSchema) : []));
  return [schema, ...inner.flatMap(variants)];
}

function step(schema: Schema, key: string): readonly Schema[] {
  const { properties, additionalProperties, items } = schema;
  if (isSchema(properties) && Object.hasOwn(properties, key)) return [properties[key]].filter(isSchema);
  if (/^\d+$/.test(key) && isSchema(items)) return [items];
  return isSchema(additionalProperties) ? [additionalProperties] : [];
}
