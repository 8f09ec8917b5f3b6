/** Laws that every built-in node type keeps. */
import { ERROR_PORT, isJsonObject, portsOf, type Json, type JsonObject } from "@holdfast/dsl";
import { describe, expect, it } from "vitest";
import { Validator } from "@cfworker/json-schema";
import { controlNodes } from "./control.ts";
import { isJson } from "./json.ts";
import { builtinManifests } from "./manifests.ts";

const LONE_TEMPLATE = /^\{\{[^{}]*\}\}$/;

describe.each(builtinManifests.map((manifest) => [manifest.type, manifest] as const))("%s", (type, manifest) => {
  it("is pure JSON", () => {
    expect(isJson(manifest)).toBe(true);
    expect(JSON.parse(JSON.stringify(manifest))).toEqual(manifest);
  });

  it("has its other half", () => {
    expect(manifest.kind === "control").toBe(controlNodes.has(type));
  });

  it("takes its own examples", () => {
    const validator = new Validator(schemaOf(manifest.params), "2020-12", false);
    expect(manifest.examples.length).toBeGreaterThan(0);
    for (const { title, params } of manifest.examples) {
      const problems = validator
        .validate(params)
        .errors.filter(({ keyword, instanceLocation }) => !isTemplate(params, instanceLocation) && !isContainer(keyword));
      expect(problems, title).toEqual([]);
    }
  });

  it("has ports that differ and leaves `error` to the engine", () => {
    for (const { params } of manifest.examples) {
      const ports = portsOf(manifest, params);
      expect(new Set(ports).size).toBe(ports.length);
      expect(ports).not.toContain(ERROR_PORT);
      expect(ports.length > 0).toBe(manifest.category !== "end");
    }
  });

  it("knows its fields: every param has a type, a choice or is any JSON on purpose", () => {
    const free = [...untyped(manifest.params, "")];
    expect(free.filter((pointer) => !ANY_JSON.has(`${type}${pointer}`))).toEqual([]);
  });

  it("labels every field of its form", () => {
    const fields = Object.entries(propertiesOf(manifest.params)).filter(([, field]) => isJsonObject(field) && field["x-body"] !== true);
    for (const [name, field] of fields) expect(field, name).toHaveProperty("x-label");
  });
});

it("names each type once", () => {
  const types = builtinManifests.map(({ type }) => type);
  expect(new Set(types).size).toBe(types.length);
});

/** Params that take any JSON. */
const ANY_JSON: ReadonlySet<string> = new Set([
  "http.request/body",
  "wait.event/outcomes/match/*",
  "wait.event/inbox/context/*",
  "forEach/items/items",
  "invoke/input",
  "event.send/data",
  "end/output",
]);

const TYPING = ["type", "enum", "const", "anyOf", "oneOf", "$ref"];

function* untyped(schema: Json | undefined, pointer: string): Iterable<string> {
  if (!isJsonObject(schema)) return;
  if (!TYPING.some((keyword) => keyword in schema)) yield pointer;
  for (const [name, property] of Object.entries(propertiesOf(schema))) yield* untyped(property, `${pointer}/${name}`);
  if (schema["type"] === "array") yield* untyped(schema["items"], isPlainItems(schema["items"]) ? pointer : `${pointer}/items`);
  yield* untyped(schema["additionalProperties"], `${pointer}/*`);
}

function isPlainItems(items: Json | undefined): boolean {
  return isJsonObject(items) && "type" in items;
}

function propertiesOf(schema: Json): JsonObject {
  const properties = isJsonObject(schema) ? schema["properties"] : undefined;
  return isJsonObject(properties) ? properties : {};
}

function schemaOf(params: Json): JsonObject {
  if (!isJsonObject(params)) throw new TypeError("params is an object schema");
  return params;
}

/** A template may stand where its value will fit. */
function isTemplate(params: JsonObject, location: string): boolean {
  let value: Json | undefined = params;
  for (const part of location.replace(/^#\/?/, "").split("/").filter(Boolean)) {
    if (Array.isArray(value)) value = value[Number(part)];
    else if (isJsonObject(value)) value = value[decodeURIComponent(part)];
  }
  return typeof value === "string" && LONE_TEMPLATE.test(value);
}

/** cfworker repeats a problem at every level above it. */
function isContainer(keyword: string): boolean {
  return ["properties", "items", "additionalProperties", "anyOf", "$ref"].includes(keyword);
}
