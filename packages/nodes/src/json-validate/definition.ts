/** Looks whether data is as a JSON Schema says, and goes on accordingly. */
import { compileSchema, type CompiledSchema, type Json } from "@holdfast/dsl";
import { z } from "zod";
import { defineControl, nodeInfo } from "../define-node.ts";
import { fatal, output } from "../outcome.ts";
import { json, schemaParam } from "../schema/params.ts";

const info = nodeInfo({
  type: "json.validate",
  version: 1,
  title: "Check data",
  description:
    "Looks whether data has the fields that it should have, and goes on by “valid” or by “invalid” with a list of what is wrong and where.",
  icon: "shield-check",
  category: "logic",
  params: z.strictObject({
    value: json().meta({
      "x-label": "Data",
      "x-order": 1,
      description: "What is checked: an answer, a row, an input.",
    }),
    schema: schemaParam().meta({
      "x-label": "What it should be",
      "x-order": 2,
      description: "The fields, and which of them have to be there. Later nodes can read them.",
    }),
  }),
  ports: [{ name: "valid" }, { name: "invalid" }],
  output: {
    valid: {
      type: "object",
      properties: { value: { $param: "/schema" } },
      required: ["value"],
      additionalProperties: false,
    },
    invalid: {
      type: "object",
      properties: {
        value: { $typeOf: "/value" },
        problems: {
          type: "array",
          items: {
            type: "object",
            properties: { pointer: { type: "string" }, message: { type: "string" } },
            required: ["pointer", "message"],
            additionalProperties: false,
          },
          description: "Where in the data, as a JSON pointer, and what is wrong there.",
        },
        summary: { type: "string", description: "All problems in one text." },
      },
      required: ["value", "problems", "summary"],
      additionalProperties: false,
    },
  },
  sentence: "Check [{schema/properties:keys}|the data]",
  presets: [
    {
      id: "check",
      params: {
        value: "{{ input }}",
        schema: { type: "object", properties: { orderId: { type: "string" } }, required: ["orderId"] },
      },
    },
  ],
  examples: [
    {
      title: "An order from elsewhere",
      params: {
        value: "{{ nodes.order.body }}",
        schema: {
          type: "object",
          properties: { id: { type: "string" }, total: { type: "number", minimum: 0 } },
          required: ["id", "total"],
        },
      },
    },
  ],
});

/** `json.validate` */
export const jsonValidate = defineControl({
  ...info,
  begin({ value, schema }) {
    let result: ReturnType<CompiledSchema["validate"]>;
    try {
      result = compileSchema(schema).validate(value);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return fatal("schema_invalid", `“What it should be” can't be used: ${why}.`, { pointer: "/params/schema" });
    }
    if (result.ok) return output({ value }, "valid");
    const problems: { readonly pointer: string; readonly message: string }[] = result.errors.map(
      ({ pointer, message }) => ({ pointer, message }),
    );
    const summary = problems.map(({ pointer, message }) => `${pointer === "" ? "It" : pointer} ${message}.`).join(" ");
    const told: Json = { value, problems: problems.map((problem) => ({ ...problem })), summary };
    return output(told, "invalid");
  },
});
