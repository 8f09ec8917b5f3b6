import { isJsonObject, type FlowDocument, type JsonSchema, type NodeManifest } from "@holdfast/dsl";
import type { JSX } from "react";
import { nameOf } from "../canvas/node-facts.ts";
import { portWord } from "../canvas/node-words.ts";
import { paramText } from "../fields/param-text.ts";
import { allNodes } from "../flow/graphs.ts";
import type { Language } from "../words/language.ts";
import { translator, useWords } from "../words/use-words.tsx";
import { words } from "./words.ts";

const OWN = ["name", "type", "retry", "timeout", "join", "compensate", "onError"] as const;

/** What a field of a node is called; `path` from the node. */
export function fieldName(
  path: readonly string[],
  { type, manifest, language }: { type: string; manifest: NodeManifest | undefined; language: Language },
): string {
  const t = translator(words, language);
  const [first, ...rest] = path;
  const own = OWN.find((name) => name === first);
  if (own !== undefined) return [t(own), ...rest].join(" · ");
  if (first !== "params" || rest.length === 0) return path.join(" · ");
  const names: string[] = [];
  let schema: JsonSchema = manifest?.params ?? {};
  for (const [index, key] of rest.entries()) {
    schema = below(schema, key);
    const pointer = rest
      .slice(0, index + 1)
      .map((each) => `/${each}`)
      .join("");
    if (/^\d+$/.test(key)) names.push(String(Number(key) + 1));
    else names.push(paramText(type, pointer, isJsonObject(schema) ? schema : {}, language).label);
  }
  return names.length > 3 ? [names[0], ...names.slice(-2)].join(" · ") : names.join(" · ");
}

function below(schema: JsonSchema, key: string): JsonSchema {
  if (!isJsonObject(schema)) return {};
  const { properties, items, anyOf, oneOf, additionalProperties } = schema;
  if (isJsonObject(properties ?? null) && isJsonObject(properties) && Object.hasOwn(properties, key)) {
    return schemaOf(properties[key]);
  }
  if (/^\d+$/.test(key) && items !== undefined) return schemaOf(items);
  for (const variants of [anyOf, oneOf]) {
    if (!Array.isArray(variants)) continue;
    for (const variant of variants) {
      const found = below(schemaOf(variant), key);
      if (isJsonObject(found) && Object.keys(found).length > 0) return found;
    }
  }
  return schemaOf(additionalProperties);
}

function schemaOf(value: unknown): JsonSchema {
  return isObject(value) ? value : {};
}

const isObject = (value: unknown): value is Exclude<JsonSchema, boolean> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A place in a document in words: "Manager approval". */
export function PlaceName({ path, flow }: { path: readonly string[]; flow: FlowDocument }): JSX.Element {
  const t = useWords(words);
  const at = path.lastIndexOf("nodes");
  const edge = path.at(-2) === "edges" ? path.at(-1) : undefined;
  const id = edge === undefined ? path[at + 1] : edge.split("|")[0];
  if ((at === -1 && edge === undefined) || id === undefined) {
    const [first = "flow"] = path;
    const known = (["triggers", "input", "settings", "tests", "uses", "notes", "name", "description"] as const).find(
      (name) => name === first,
    );
    return <b className="font-medium text-text">{t(known ?? "flow")}</b>;
  }
  const node = allNodes(flow).get(id)?.node;
  const name = id === "start" ? t("start") : nameOf(id, node);
  const field = path.slice(at + 2);
  const what =
    edge === undefined
      ? fieldName(field, { type: node?.type ?? "", manifest: undefined, language: t.language })
      : t("goesTo", { port: portWord(edge.split("|")[1] ?? "out", t.language) });
  return (
    <>
      <b className="font-medium text-text">{name}</b>
      {(edge !== undefined || field.length > 0) && <>: {what}</>}
    </>
  );
}
