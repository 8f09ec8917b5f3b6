/** Laws that every built-in node type keeps. */
import {
  compileParams,
  compileSchema,
  ERROR_PORT,
  isJsonObject,
  isNodeId,
  portsOf,
  valueAt,
  type Json,
  type JsonObject,
} from "@holdfast/dsl";
import { describe, expect, it } from "vitest";
import { controlNodes } from "./control.ts";
import { actionNodes } from "./executors.ts";
import { isJson } from "./json.ts";
import { builtinManifests } from "./manifests.ts";

const LONE_TEMPLATE = /^\{\{[^{}]*\}\}$/;

describe.each(builtinManifests.map((manifest) => [manifest.type, manifest] as const))("%s", (type, manifest) => {
  it("is pure JSON", () => {
    expect(isJson(manifest)).toBe(true);
    expect(JSON.parse(JSON.stringify(manifest))).toEqual(manifest);
  });

  it("has its other half", () => {
    const node = manifest.kind === "control" ? controlNodes.get(type) : actionNodes.get(type);
    expect(node?.manifest).toEqual(manifest);
  });

  it("takes its own examples", () => {
    const schema = compileSchema(manifest.params);
    expect(manifest.examples.length).toBeGreaterThan(0);
    for (const { title, params } of manifest.examples) {
      const result = schema.validate(params);
      const problems = result.ok ? [] : result.errors.filter(({ pointer }) => !isTemplate(params, pointer));
      expect(problems, title).toEqual([]);
    }
  });

  it("begins as something that can be compiled, with ports that differ", () => {
    for (const { id, params } of manifest.presets ?? []) {
      expect(isNodeId(id)).toBe(true);
      expect(() => compileParams(manifest, params)).not.toThrow();
      const ports = portsOf(manifest, params);
      expect(new Set(ports).size).toBe(ports.length);
    }
  });

  it("has examples whose templates and conditions can be compiled", () => {
    for (const { params } of manifest.examples) expect(() => compileParams(manifest, params)).not.toThrow();
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
    const fields = Object.entries(propertiesOf(manifest.params)).filter(
      ([, field]) => isJsonObject(field) && field["x-body"] !== true,
    );
    for (const [name, field] of fields) expect(field, name).toHaveProperty("x-label");
  });
});

it("names each type once", () => {
  const types = builtinManifests.map(({ type }) => type);
  expect(new Set(types).size).toBe(types.length);
});

it("lists every executor among the manifests", () => {
  const types = new Set(builtinManifests.map(({ type }) => type));
  expect([...actionNodes.keys(), ...controlNodes.keys()].filter((type) => !types.has(type))).toEqual([]);
});

/** Params that take any JSON. */
const ANY_JSON: ReadonlySet<string> = new Set([
  "http.request/body",
  "email.send/files/items",
  "wait.event/outcomes/match/*",
  "wait.event/inbox/context/*",
  "forEach/items/items",
  "json.transform/items/items",
  "json.validate/value",
  "postgres.query/values/items",
  "rows.read/data",
  "rows.write/rows/items",
  "invoke/input",
  "event.send/data",
  "end/output",
  "ai.agent/tools/flow/fixed/*",
  "ai.agent/tools/http/fixed/*",
]);

const TYPING = ["type", "enum", "const", "anyOf", "oneOf", "$ref"];

function* untyped(schema: Json | undefined, pointer: string): Iterable<string> {
  if (!isJsonObject(schema)) return;
  if (!TYPING.some((keyword) => keyword in schema)) yield pointer;
  for (const [name, property] of Object.entries(propertiesOf(schema))) yield* untyped(property, `${pointer}/${name}`);
  if (schema["type"] === "array") {
    yield* untyped(schema["items"], isPlainItems(schema["items"]) ? pointer : `${pointer}/items`);
  }
  yield* untyped(schema["additionalProperties"], `${pointer}/*`);
}

function isPlainItems(items: Json | undefined): boolean {
  return isJsonObject(items) && "type" in items;
}

function propertiesOf(schema: Json): JsonObject {
  const properties = isJsonObject(schema) ? schema["properties"] : undefined;
  return isJsonObject(properties) ? properties : {};
}

/** A template may stand where its value will fit. */
function isTemplate(params: JsonObject, pointer: string): boolean {
  const value = valueAt(params, pointer);
  return typeof value === "string" && LONE_TEMPLATE.test(value);
}
