/** The page of a node type, made from its manifest. */
import { isJsonObject, type Json, type JsonObject, type NodeManifest } from "@holdfast/dsl";

const EFFECTS: Readonly<Record<string, string>> = {
  none: "nothing: it only computes",
  repeatable: "nothing that can't be done again",
  keyed: "what its target does once, because it knows a repeated call by our key",
  once: "what can't be repeated: after a doubt a person is asked, unless `onUnknown` says otherwise",
};

/** Where the page stands, relative to `docs/nodes`. */
export const fileOf = ({ type }: NodeManifest): string => `${type}.md`;

export function pageOf(manifest: NodeManifest): string {
  const { title, description, type, version } = manifest;
  return [
    `# ${title}`,
    "<!-- Made from the node type's definition by `npm run docs:nodes`. -->",
    description,
    `Type \`${type}\`, version ${version}.`,
    ...settings(manifest),
    ...ports(manifest),
    "## What it does to the world",
    effects(manifest),
    ...credentials(manifest),
    ...examples(manifest),
  ]
    .join("\n\n")
    .concat("\n");
}

export function indexOf(manifests: readonly NodeManifest[]): string {
  const rows = manifests.map((manifest) => [
    `[${manifest.title}](${fileOf(manifest)})`,
    `\`${manifest.type}\``,
    cell(manifest.description),
  ]);
  return table(["Node", "Type", "What"], rows);
}

function settings({ params }: NodeManifest): string[] {
  if (!isJsonObject(params)) return [];
  const rows = [...fields(params, "")];
  if (rows.length === 0) return ["## Settings", "None."];
  return ["## Settings", table(["Setting", "Kind", "What"], rows)];
}

/** Fields in the order of the form; those of objects after the object. */
function* fields(schema: JsonObject, prefix: string): Iterable<string[]> {
  const properties = isJsonObject(schema["properties"]) ? schema["properties"] : {};
  const required = Array.isArray(schema["required"]) ? schema["required"] : [];
  const order = (field: Json | undefined): number => (isJsonObject(field) ? Number(field["x-order"] ?? 99) : 99);
  const names = Object.keys(properties).toSorted((a, b) => order(properties[a]) - order(properties[b]));
  for (const name of names) {
    const field = properties[name];
    if (!isJsonObject(field)) continue;
    const needed = required.includes(name) ? "" : ", optional";
    yield [`\`${prefix}${name}\``, `${kindOf(field)}${needed}`, cell(aboutOf(field))];
    yield* fields(field, `${prefix}${name}.`);
    if (isJsonObject(field["items"])) yield* fields(field["items"], `${prefix}${name}[].`);
  }
}

function aboutOf(field: JsonObject): string {
  const label = typeof field["x-label"] === "string" ? `**${field["x-label"]}.**` : "";
  const said = typeof field["description"] === "string" ? field["description"] : "";
  const fallback = field["default"] === undefined ? "" : `Left out: \`${JSON.stringify(field["default"])}\`.`;
  return [label, said, fallback].filter((part) => part !== "").join(" ");
}

function kindOf(field: JsonObject): string {
  if (field["x-duration"] === true) return "duration";
  if (field["x-expression"] === "condition") return "condition";
  if (field["x-body"] === true) return "flow";
  if (field["x-widget"] === "schema") return "JSON Schema";
  if (Array.isArray(field["enum"])) return field["enum"].map((value) => `\`${textOf(value)}\``).join(" or ");
  if (field["const"] !== undefined) return `\`${JSON.stringify(field["const"])}\``;
  const choices = field["anyOf"] ?? field["oneOf"];
  // Choices beside a type tell which fields go together, and of what kind it is the type tells.
  if (Array.isArray(choices) && field["type"] === undefined) {
    const kinds = choices.flatMap((choice) => (isJsonObject(choice) ? [kindOf(choice)] : []));
    return [...new Set(kinds)].join(" or ");
  }
  if (field["type"] === "array") return isJsonObject(field["items"]) ? `list of ${kindOf(field["items"])}` : "list";
  return typeof field["type"] === "string" ? (NAMES.get(field["type"]) ?? field["type"]) : "anything";
}

const NAMES: ReadonlyMap<string, string> = new Map([
  ["string", "text"],
  ["integer", "whole number"],
  ["boolean", "yes or no"],
  ["null", "nothing"],
]);

function ports({ ports: rules, output, category }: NodeManifest): string[] {
  if (category === "end") return ["## Ports", "None: it ends its branch."];
  const lines = rules.map((rule) =>
    "from" in rule ? `- those that \`${rule.from}\` names` : `- \`${rule.name}\`${shown(output[rule.name])}`,
  );
  return ["## Ports", [...lines, "- `error`: it failed for good, if this port is connected"].join("\n")];
}

function shown(shape: Json | undefined): string {
  const properties = isJsonObject(shape) && isJsonObject(shape["properties"]) ? Object.keys(shape["properties"]) : [];
  return properties.length === 0 ? "" : `, which gives ${properties.map((name) => `\`${name}\``).join(", ")}`;
}

function effects({ effect, durable }: NodeManifest): string {
  const said =
    typeof effect === "string"
      ? `${EFFECTS[effect]}.`
      : `By its settings:\n\n${effect.map((rule) => `- ${rule.when === undefined ? "else" : conditionOf(rule.when)}: ${EFFECTS[rule.effect]}`).join("\n")}`;
  const parts = durable === true ? "\n\nIt is made of sub-steps, each of which is done once." : "";
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}${parts}`;
}

function conditionOf({
  pointer,
  in: values,
  present,
}: {
  pointer: string;
  in?: readonly Json[];
  present?: boolean;
}): string {
  const name = `\`${pointer.slice(1)}\``;
  if (values !== undefined) return `where ${name} is ${values.map((value) => `\`${textOf(value)}\``).join(" or ")}`;
  return present === false ? `without ${name}` : `with ${name}`;
}

function credentials({ credentials: kinds, needsCredential: needed }: NodeManifest): string[] {
  if (kinds.length === 0) return [];
  return [
    "## Credential",
    `One of kind ${kinds.map((kind) => `\`${kind}\``).join(", ")}, named in \`credential\`${needed === true ? ", without which it can't be published" : ""}.`,
  ];
}

function examples({ type, examples: all }: NodeManifest): string[] {
  return all.flatMap(({ title, params }) => [
    `## Example: ${title.charAt(0).toLowerCase()}${title.slice(1)}`,
    `\`\`\`json\n${JSON.stringify({ type, params }, null, 2)}\n\`\`\``,
  ]);
}

const textOf = (value: Json): string => (typeof value === "string" ? value : JSON.stringify(value));

const cell = (text: string): string => text.replaceAll("|", String.raw`\|`).replaceAll("\n", " ");

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}
