/** Where a problem is, in the words that people see there: the name of a card, the label of a field. */
import { isJsonObject, pointerParts, toPointer, walkNodes } from "@holdfast/dsl";
import type { FlowDocument, Json, JsonSchema, NodeManifest } from "@holdfast/dsl";
import { nameOf } from "../canvas/node-facts.ts";
import { paramText } from "../fields/param-text.ts";
import { manifestOf } from "../flow/manifests.ts";
import type { Language } from "../words/language.ts";

/** The document that a problem is of. */
export interface IssueSource {
  readonly flow: FlowDocument;
  readonly manifests: readonly NodeManifest[];
}

/** What the card of that id is called; the id itself where there is none. */
export function spokenNode({ flow }: IssueSource, id: string): string {
  const found = [...walkNodes(flow)].find((place) => place.id === id);
  return found === undefined ? id : nameOf(id, found.node);
}

/**
 * @param pointer into the document, to a param of a node
 * @returns “Question”, “Answers 2: Event”; undefined for what is no param
 */
export function spokenParam(source: IssueSource, pointer: string, language: Language): string | undefined {
  const { flow, manifests } = source;
  const place = [...walkNodes(flow)].findLast((one) => pointer.startsWith(`${one.pointer}/`));
  if (place === undefined) return undefined;
  const { node } = place;
  const inside = pointer.slice(place.pointer.length);
  const isUndo = inside.startsWith("/compensate/params/");
  const type = isUndo ? node.compensate?.type : node.type;
  const base = isUndo ? "/compensate/params" : "/params";
  const manifest = type === undefined ? undefined : manifestOf(flow, manifests, type);
  if (manifest === undefined || !inside.startsWith(`${base}/`)) return undefined;
  const path = pointerParts(inside.slice(base.length));
  return path.length === 0 ? undefined : labelsOn(path, manifest, language).join(": ");
}

/** The label of the place itself, after that of each list it stands in. */
function labelsOn(path: readonly string[], { type, params }: NodeManifest, language: Language): string[] {
  const labels: string[] = [];
  let schema: JsonSchema = params;
  let label = "";
  for (const [depth, part] of path.entries()) {
    schema = within(schema, part);
    if (isIndex(part)) {
      labels.push(`${label} ${Number(part) + 1}`);
      label = "";
    } else {
      label = paramText(type, toPointer(path.slice(0, depth + 1)), isJsonObject(schema) ? schema : {}, language).label;
    }
  }
  return label === "" ? labels : [...labels, label];
}

const isIndex = (part: string): boolean => /^\d+$/.test(part);

function within(schema: JsonSchema, part: string): JsonSchema {
  const options = isJsonObject(schema) ? [schema, ...listOf(schema["anyOf"]), ...listOf(schema["oneOf"])] : [];
  for (const option of options) {
    const { properties, items } = option;
    const named = isJsonObject(properties) ? properties[part] : undefined;
    const found = isIndex(part) ? items : named;
    if (isJsonObject(found)) return found;
  }
  return {};
}

function listOf(value: Json | undefined): (Json & { readonly [key: string]: Json })[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}
