import { isJsonObject, pointerParts } from "@holdfast/dsl";
import type { Json, JsonObject } from "@holdfast/dsl";
import { readable } from "../values/readable.ts";
import type { Language } from "../words/language.ts";
import { PARAM_WORDS } from "./param-words.ts";
import { scalarText } from "./scalar-text.ts";

export interface ParamText {
  readonly label: string;
  readonly help?: string;
}

/** A place in the params of any node of a type: every index is a star. */
export function placeOf(pointer: string): string {
  return pointerParts(pointer)
    .map((part) => `/${/^\d+$/.test(part) ? "*" : part}`)
    .join("");
}

/** What a param is called and what it is for: in the reader's language where we have the words, else the manifest's. */
export function paramText(type: string, pointer: string, schema: JsonObject, language: Language): ParamText {
  const words = language === "uk" ? PARAM_WORDS[`${type}${placeOf(pointer)}`] : undefined;
  const { description } = schema;
  const help = words === undefined ? description : words.help;
  return {
    label: words?.label ?? textOf(schema["x-label"]) ?? nameOf(pointer),
    ...(typeof help === "string" && help !== "" && { help }),
  };
}

/** The value of an enumeration in words; `place` is the type and the place of the param. */
export function choiceText(place: string, schema: JsonObject, value: Json, language: Language): string {
  const text = scalarText(value);
  const words = language === "uk" ? PARAM_WORDS[`${place}=${text}`] : undefined;
  if (words !== undefined) return words.label;
  const labels = schema["x-enum-labels"];
  const label = isJsonObject(labels) ? labels[text] : undefined;
  return textOf(label) ?? text;
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** `/maxIterations` → “Max iterations”. */
function nameOf(pointer: string): string {
  return readable(pointerParts(pointer).at(-1) ?? "");
}
