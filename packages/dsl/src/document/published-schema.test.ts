import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { compileSchema } from "../json-schema/compile.ts";
import type { JsonObject } from "../json.ts";
import { publishedSchema } from "./published-schema.ts";

const written: JsonObject = JSON.parse(readFileSync(new URL("../../flow.schema.json", import.meta.url), "utf8"));
const examples = new URL("../../../../examples/", import.meta.url);

describe("flow.schema.json", () => {
  it("is what the schemas say; if not, run `npm run schema -w packages/dsl`", () => {
    expect(written).toEqual(JSON.parse(JSON.stringify(publishedSchema())));
  });

  it.each(readdirSync(examples).filter((file) => file.endsWith(".flow.json")))("accepts %s", (file) => {
    // A form or an answer's schema refers to the meta-schema, which editors fetch and this check leaves out.
    const { $id, ...schema } = withoutMetaSchema(written);
    expect(compileSchema(schema).validate(JSON.parse(readFileSync(new URL(file, examples), "utf8")))).toEqual({
      ok: true,
    });
  });

  it("refuses what is no field", () => {
    const { $id, ...schema } = withoutMetaSchema(written);
    expect(
      compileSchema(schema).validate({ dsl: 1, id: "a", name: "A", triggers: [], nodes: {}, edges: [], color: 1 }).ok,
    ).toBe(false);
  });
});

function withoutMetaSchema(schema: JsonObject): JsonObject {
  const text = JSON.stringify(schema, (key, value: unknown) => (key === "$ref" ? undefined : value));
  const plain: JsonObject = JSON.parse(text);
  return plain;
}
