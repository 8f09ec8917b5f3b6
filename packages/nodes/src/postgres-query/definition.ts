/** Runs one SQL statement. The executor stands in `execute.ts`. */
import { z } from "zod";
import { nodeInfo } from "../define-node.ts";
import { json, schemaParam } from "../schema/params.ts";

/** Rows that one statement may give, at most. */
const MOST_ROWS = 10_000;

/** `postgres.query`, without its executor. */
export const postgresQueryInfo = nodeInfo({
  type: "postgres.query",
  version: 1,
  title: "Postgres query",
  description:
    "Runs one SQL statement in a Postgres database. A statement that changes data in the database where Holdfast keeps its runs takes effect exactly once; elsewhere, where nobody can know whether it did, a person is asked.",
  icon: "database",
  category: "action",
  durable: true,
  params: z.strictObject({
    sql: z.string().min(1).max(20_000).meta({
      "x-literal": true,
      "x-label": "SQL",
      "x-order": 1,
      "x-widget": "code",
      description:
        "One statement, taken as it is: select, insert, update, delete, merge or values. What the flow knows goes into the values, which stand in the text as $1, $2 and so on.",
    }),
    values: z
      .array(json().meta({ "x-label": "Value" }))
      .max(100)
      .default([])
      .meta({ "x-label": "Values", "x-order": 2, description: "The first is $1. Each can be an expression." }),
    mode: z
      .enum(["read", "write"])
      .default("read")
      .meta({
        "x-literal": true,
        "x-label": "What it does",
        "x-order": 3,
        "x-enum-labels": { read: "Reads", write: "Changes data" },
        description: "A statement that reads runs in a read-only transaction, and again after a failure.",
      }),
    sendKey: z.boolean().default(false).meta({
      "x-literal": true,
      "x-label": "Give it the key as its last value",
      "x-order": 4,
      "x-more": true,
      description:
        "For a statement that does nothing the second time it sees a key, such as insert … on conflict do nothing: it is run again where nobody can know whether it took effect.",
    }),
    rowSchema: schemaParam().optional().meta({
      "x-label": "Fields of a row",
      "x-order": 5,
      description: "What a row has, so that later nodes can read it. Another row fails the step.",
    }),
    maxRows: z.int().min(1).max(MOST_ROWS).default(1_000).meta({
      "x-literal": true,
      "x-label": "Rows at most",
      "x-order": 6,
      "x-more": true,
      description: "A statement that gives more fails, and changes nothing.",
    }),
    numbersAsText: z.boolean().default(false).meta({
      "x-literal": true,
      "x-label": "Decimals and long integers as text",
      "x-order": 7,
      "x-more": true,
      description: "Left off, numeric and bigint are numbers as long as no digit is lost by that, and text beyond.",
    }),
  }),
  origin: "service",
  output: {
    out: {
      type: "object",
      properties: {
        rows: { type: "array", items: { $param: "/rowSchema" } },
        rowCount: { type: "integer", description: "Rows that it gave, or that it changed." },
      },
      required: ["rows", "rowCount"],
      additionalProperties: false,
    },
  },
  sentence: "Query {sql}",
  effect: [
    { when: { pointer: "/mode", in: ["read"] }, effect: "repeatable" },
    { when: { pointer: "/mode", present: false }, effect: "repeatable" },
    { when: { pointer: "/sendKey", in: [true] }, effect: "keyed" },
    { effect: "once" },
  ],
  credentials: ["connectionString"],
  needsCredential: true,
  presets: [{ id: "query", params: { sql: "select 1 as one", values: [] } }],
  examples: [
    {
      title: "Read an order",
      params: {
        sql: "select id, total, status from orders where id = $1",
        values: ["{{ input.orderId }}"],
        rowSchema: {
          type: "object",
          properties: { id: { type: "string" }, total: { type: "number" }, status: { type: "string" } },
          required: ["id", "total", "status"],
        },
      },
    },
    {
      title: "Count one up",
      params: {
        sql: "update customers set refunds = refunds + 1 where id = $1",
        values: ["{{ input.customerId }}"],
        mode: "write",
      },
    },
    {
      title: "Insert, and again without harm",
      params: {
        sql: "insert into refunds values ($1, $2, $3) on conflict do nothing",
        values: ["{{ input.orderId }}", "{{ input.amount }}"],
        mode: "write",
        sendKey: true,
      },
    },
  ],
});
