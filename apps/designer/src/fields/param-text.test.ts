import { isJsonObject } from "@holdfast/dsl";
import type { Json } from "@holdfast/dsl";
import { refundPayment } from "@holdfast/example-payment";
import { builtinManifests } from "@holdfast/nodes/manifests";
import { describe, expect, it } from "vitest";
import { choiceText, paramText, placeOf } from "./param-text.ts";
import { PARAM_WORDS } from "./param-words.ts";

function* labelled(schema: Json | undefined, pointer: string): Generator<string> {
  if (!isJsonObject(schema)) return;
  if (typeof schema["x-label"] === "string") yield pointer;
  const properties = isJsonObject(schema["properties"]) ? schema["properties"] : {};
  for (const [name, property] of Object.entries(properties)) yield* labelled(property, `${pointer}/${name}`);
  yield* labelled(schema["items"], `${pointer}/*`);
}

/** The package of the refund comes along with every installation. */
const places = [...builtinManifests, refundPayment.manifest].flatMap(({ type, params }) =>
  [...labelled(typeof params === "boolean" ? {} : params, "")].map((pointer) => type + pointer),
);

describe("the words of params", () => {
  it("are there in Ukrainian for every param of the types that come along, and for no other", () => {
    expect(places.filter((place) => !Object.hasOwn(PARAM_WORDS, place))).toEqual([]);
    const known = new Set(places);
    expect(Object.keys(PARAM_WORDS).filter((key) => !key.includes("=") && !known.has(key))).toEqual([]);
  });

  it("fall back to the manifest, and to the name", () => {
    expect(paramText("x", "/a", { "x-label": "Amount", description: "How much." }, "uk")).toEqual({
      label: "Amount",
      help: "How much.",
    });
    expect(paramText("x", "/maxItems", {}, "en")).toEqual({ label: "Max items" });
    expect(paramText("branch", "/cases/3/when", { "x-label": "When" }, "uk").label).toBe("Коли");
    expect(placeOf("/cases/3/when")).toBe("/cases/*/when");
  });

  it("tell the values of an enumeration", () => {
    const schema = { enum: ["stop"], "x-enum-labels": { stop: "Stop and fail" } };
    expect(choiceText("forEach/onItemError", schema, "stop", "en")).toBe("Stop and fail");
    expect(choiceText("forEach/onItemError", schema, "stop", "uk")).toBe("Зупинитися з помилкою");
    expect(choiceText("x/y", {}, "GET", "en")).toBe("GET");
  });
});
