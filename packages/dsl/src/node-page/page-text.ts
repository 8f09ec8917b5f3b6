/** The page of a node type, as Markdown in English. */
import type { Json } from "../json.ts";
import type { Effect, EffectRule, NodeManifest } from "../contract/manifest.ts";
import { nodePage, type NodePage, type PagePort, type Setting, type SettingKind } from "./node-page.ts";

const EFFECTS: Readonly<Record<Effect, string>> = {
  none: "nothing: it only computes",
  repeatable: "nothing that can't be done again",
  keyed: "what its target does once, because it knows a repeated call by our key",
  once: "what can't be repeated: after a doubt a person is asked, unless `onUnknown` says otherwise",
};

/** `madeBy`: the command that makes it. */
export function pageText(manifest: NodeManifest, madeBy: string): string {
  const { title, description, type, version } = manifest;
  const page = nodePage(manifest);
  return [
    `# ${title}`,
    `<!-- Made from the node type's definition by \`${madeBy}\`. -->`,
    description,
    `Type \`${type}\`, version ${version}.`,
    "## Settings",
    settings(page),
    "## Ports",
    ports(page),
    "## What it does to the world",
    effects(page),
    ...credentials(page),
    ...examples(manifest),
  ]
    .join("\n\n")
    .concat("\n");
}

function settings({ settings: all }: NodePage): string {
  if (all.length === 0) return "None.";
  const rows = all.map(({ name, kind, optional, ...setting }) => [
    `\`${name}\``,
    `${kindText(kind)}${optional ? ", optional" : ""}`,
    aboutOf(setting),
  ]);
  return markdownTable(["Setting", "Kind", "What"], rows);
}

function aboutOf({ label, about, fallback }: Pick<Setting, "label" | "about" | "fallback">): string {
  const parts = [
    label === undefined ? "" : `**${label}.**`,
    about ?? "",
    fallback === undefined ? "" : `Left out: \`${fallback}\`.`,
  ];
  return parts.filter((part) => part !== "").join(" ");
}

const KINDS = {
  text: "text",
  number: "number",
  integer: "whole number",
  boolean: "yes or no",
  object: "object",
  null: "nothing",
  duration: "duration",
  condition: "condition",
  body: "flow",
  schema: "JSON Schema",
  any: "anything",
} as const;

function kindText(kind: SettingKind): string {
  switch (kind.is) {
    case "values":
      return kind.values.map((value) => `\`${value}\``).join(" or ");
    case "list":
      return kind.of === undefined ? "list" : `list of ${kindText(kind.of)}`;
    case "either":
      return [...new Set(kind.kinds.map(kindText))].join(" or ");
    default:
      return KINDS[kind.is];
  }
}

function ports({ ports: all }: NodePage): string {
  if (all === undefined) return "None: it ends its branch.";
  return [...all.map((port) => `- ${portText(port)}`), "- `error`: it failed for good, if this port is connected"].join(
    "\n",
  );
}

function portText(port: PagePort): string {
  if ("from" in port) return `those that \`${port.from}\` names`;
  const { name, gives } = port;
  return gives.length === 0
    ? `\`${name}\``
    : `\`${name}\`, which gives ${gives.map((field) => `\`${field}\``).join(", ")}`;
}

function effects({ effects: all, durable }: NodePage): string {
  const [only] = all;
  const said =
    all.length === 1 && only?.when === undefined && only !== undefined
      ? `${EFFECTS[only.effect]}.`
      : `By its settings:\n\n${all.map(({ effect, when }) => `- ${when === undefined ? "else" : conditionText(when)}: ${EFFECTS[effect]}`).join("\n")}`;
  const parts = durable ? "\n\nIt is made of sub-steps, each of which is done once." : "";
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}${parts}`;
}

function conditionText({ pointer, in: values, present }: NonNullable<EffectRule["when"]>): string {
  const name = `\`${pointer.slice(1)}\``;
  if (values !== undefined) return `where ${name} is ${values.map((value) => `\`${textOf(value)}\``).join(" or ")}`;
  return present === false ? `without ${name}` : `with ${name}`;
}

function credentials({ credentials: kinds, needsCredential }: NodePage): string[] {
  if (kinds.length === 0) return [];
  return [
    "## Credential",
    `One of kind ${kinds.map((kind) => `\`${kind}\``).join(", ")}, named in \`credential\`${needsCredential ? ", without which it can't be published" : ""}.`,
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

/** Cells that hold `|` or line breaks stay one cell. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows.map((row) => row.map(cell))]
    .map((row) => `| ${row.join(" | ")} |`)
    .join("\n");
}
