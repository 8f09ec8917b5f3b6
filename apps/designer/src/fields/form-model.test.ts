import { isJsonObject } from "@holdfast/dsl";
import type { JsonObject, NodeManifest } from "@holdfast/dsl";
import { builtinManifests } from "@holdfast/nodes/manifests";
import { describe, expect, it } from "vitest";
import {
  exclusiveFields,
  fieldsOf,
  isPairOfNumbers,
  orderedNames,
  startValue,
  variantOf,
  variantsOf,
  widgetOf,
} from "./form-model.ts";

function manifest(type: string): NodeManifest {
  const found = builtinManifests.find((one) => one.type === type);
  if (found === undefined) throw new Error(type);
  return found;
}

const widgets = (type: string, value = {}): string[] =>
  fieldsOf(manifest(type).params, value).map(({ name, schema }) => `${name} ${widgetOf(schema)}`);

describe("the form of a node type", () => {
  it("has a widget for every param, in order", () => {
    expect(widgets("http.request").slice(0, 5)).toEqual([
      "method select",
      "url text",
      "query record",
      "headers record",
      "responseSchema schema",
    ]);
    expect(widgets("http.request", { method: "POST" })).toEqual([
      "method select",
      "url text",
      "query record",
      "headers record",
      "body json",
      "bodyAs select",
      "idempotencyHeader literal",
      "responseSchema schema",
      "responseAs select",
      "expect list",
      "pays toggle",
    ]);
    expect(widgets("branch")).toEqual(["cases rows"]);
    expect(widgets("forEach")).toEqual(["items json", "concurrency number", "onItemError select"]);
    expect(widgets("repeat")).toEqual(["until condition", "maxIterations number", "pause duration"]);
    expect(widgets("data.set")).toEqual(["values values"]);
    expect(widgets("ai.object").slice(0, 3)).toEqual(["prompt long", "instructions long", "schema schema"]);
    expect(widgets("email.send").slice(0, 2)).toEqual(["to choice", "cc choice"]);
    expect(widgets("invoke").slice(0, 2)).toEqual(["flow flow", "input json"]);
  });

  it("knows fields of which one is filled in", () => {
    expect(exclusiveFields(manifest("sleep").params)).toEqual(["for", "until"]);
    expect(exclusiveFields(manifest("branch").params)).toEqual([]);
  });

  it("asks what a tool is, and with which settings a node is called", () => {
    const { params } = manifest("ai.agent");
    const tools = isJsonObject(params) && isJsonObject(params["properties"]) ? params["properties"]["tools"] : null;
    const tool = isJsonObject(tools) && isJsonObject(tools["items"]) ? tools["items"] : {};
    expect(exclusiveFields(tool)).toEqual(["flow", "node", "http"]);
    expect(fieldsOf(tool, {}).map(({ name, schema }) => `${name} ${widgetOf(schema)}`)).toEqual([
      "name literal",
      "description long",
      "flow object",
      "node call",
      "http object",
      "maxCalls number",
      "atMost object",
    ]);
    expect(orderedNames(tool)).toEqual(["name", "description", "flow", "node", "http", "ask", "maxCalls", "atMost"]);
    const node = isJsonObject(tool["properties"]) ? tool["properties"]["node"] : null;
    expect(
      fieldsOf(isJsonObject(node) ? node : true, {}).map(({ name, schema }) => `${name} ${widgetOf(schema)}`)[0],
    ).toBe("type nodeType");
  });

  it("asks for what belongs to what was chosen, and shows what is filled in", () => {
    const asked = (value: JsonObject): readonly string[] =>
      fieldsOf(manifest("http.list").params, value)
        .map(({ name }) => name)
        .filter((name) => ["nextPath", "param", "first"].includes(name));
    expect(asked({})).toEqual([]);
    expect(asked({ next: "body" })).toEqual(["nextPath"]);
    expect(asked({ next: "page" })).toEqual(["param", "first"]);
    expect(asked({ next: "link", param: "cursor" })).toEqual(["param"]);
  });

  it("shows no fields of a part that is not there", () => {
    const names = fieldsOf(manifest("wait.event").params, { inbox: { title: "x" } }).map(({ pointer }) => pointer);
    expect(names).toContain("/inbox/title");
    expect(fieldsOf(manifest("wait.event").params, {}).map(({ pointer }) => pointer)).not.toContain("/inbox/title");
  });

  it("begins new values with what their schema asks for", () => {
    const { params } = manifest("wait.event");
    const outcomes =
      isJsonObject(params) && isJsonObject(params["properties"]) ? params["properties"]["outcomes"] : null;
    expect(isJsonObject(outcomes) && isJsonObject(outcomes["items"]) ? startValue(outcomes["items"]) : null).toEqual({
      port: "",
      event: "",
    });
    expect(startValue({ enum: ["a", "b"] })).toBe("a");
    expect(startValue({ type: "integer", minimum: 2 })).toBe(2);
  });

  it("finds the alternative that a value is of", () => {
    const variants = variantsOf({ anyOf: [{ type: "string" }, { type: "array" }] });
    expect(variantOf(variants, ["a"])).toBe(1);
    expect(variantOf(variants, undefined)).toBe(0);
  });
});

it("puts two plain numbers beside each other", () => {
  const plain = { type: "integer", "x-literal": true };
  const pair = (tokens: JsonObject, money: JsonObject) =>
    isPairOfNumbers({ type: "object", properties: { tokens, money } });
  expect(pair(plain, { ...plain, type: "number" })).toBe(true);
  // One that may be a template needs the room.
  expect(pair(plain, { type: "number" })).toBe(false);
  expect(pair(plain, { type: "string", "x-literal": true })).toBe(false);
  expect(isPairOfNumbers({ type: "object", properties: { tokens: plain } })).toBe(false);
});
