/** Makes rows of a CSV text or a spreadsheet. The executor stands in `execute.ts`. */
import { z } from "zod";
import { nodeInfo } from "../define-node.ts";
import { json, schemaParam } from "../schema/params.ts";

/** Rows of one file, at most. */
const MOST_ROWS = 50_000;

const TYPES = { text: "Text", number: "Number", integer: "Whole number", yesNo: "Yes or no", date: "Day" };

/** `rows.read`, without its executor. */
export const rowsReadInfo = nodeInfo({
  type: "rows.read",
  version: 1,
  title: "Read CSV or Excel",
  description:
    "Makes a list of rows of a CSV text or an Excel file (.xlsx): an answer of a service, or what somebody attached to a task. Says row and column of whatever does not fit.",
  icon: "table",
  category: "action",
  effect: "none",
  params: z.strictObject({
    data: json().meta({
      "x-label": "File",
      "x-order": 1,
      description: "The text of a CSV, a file in Base64, or a file of a task, such as nodes.approval.files[0].",
    }),
    format: z
      .enum(["csv", "xlsx"])
      .default("csv")
      .meta({
        "x-literal": true,
        "x-label": "Kind",
        "x-order": 2,
        "x-enum-labels": { csv: "CSV", xlsx: "Excel (.xlsx)" },
      }),
    header: z.boolean().default(true).meta({
      "x-literal": true,
      "x-label": "The first row has the names of the columns",
      "x-order": 3,
      description: "Switched off, they are called column1, column2 and so on.",
    }),
    columns: z
      .array(
        z.strictObject({
          column: z.string().min(1).max(200).meta({ "x-literal": true, "x-label": "Column", "x-order": 1 }),
          field: z
            .string()
            .regex(/^[A-Za-z_][A-Za-z0-9_]{0,62}$/, { error: "must be a name such as orderId" })
            .optional()
            .meta({ "x-literal": true, "x-label": "Read as", "x-order": 2 }),
          type: z
            .enum(["text", "number", "integer", "yesNo", "date"])
            .default("text")
            .meta({ "x-literal": true, "x-label": "Type", "x-order": 3, "x-enum-labels": TYPES }),
          required: z
            .boolean()
            .default(false)
            .meta({ "x-literal": true, "x-label": "Must be filled in", "x-order": 4 }),
        }),
      )
      .min(1)
      .max(200)
      .optional()
      .meta({
        "x-label": "Columns",
        "x-order": 4,
        description: "What is read of each row. Left empty: every column, and all of a CSV as text.",
      }),
    onProblem: z
      .enum(["fail", "collect"])
      .default("fail")
      .meta({
        "x-literal": true,
        "x-label": "When a row does not fit",
        "x-order": 5,
        "x-enum-labels": { fail: "Stop and fail", collect: "Go on and list the problems" },
      }),
    rowSchema: schemaParam().optional().meta({
      "x-label": "Fields of a row",
      "x-order": 6,
      description: "What a row has, so that later nodes can read it. Another row does not fit.",
    }),
    delimiter: z
      .enum(["comma", "semicolon", "tab"])
      .optional()
      .meta({
        "x-literal": true,
        "x-label": "Between the columns",
        "x-order": 7,
        "x-more": true,
        "x-enum-labels": { comma: "Comma", semicolon: "Semicolon", tab: "Tab" },
        description: "Of a CSV. Left empty: what its first line has most of.",
      }),
    charset: z
      .enum(["utf-8", "windows-1251", "windows-1252", "utf-16le"])
      .default("utf-8")
      .meta({
        "x-literal": true,
        "x-label": "Characters",
        "x-order": 8,
        "x-more": true,
        "x-enum-labels": {
          "utf-8": "UTF-8",
          "windows-1251": "Windows-1251 (Cyrillic)",
          "windows-1252": "Windows-1252 (Western)",
          "utf-16le": "UTF-16",
        },
        description: "Of a CSV that comes as a file. Older programs of banks write Windows-1251.",
      }),
    decimalComma: z.boolean().default(false).meta({
      "x-literal": true,
      "x-label": "Decimals have a comma",
      "x-order": 9,
      "x-more": true,
      description: "1.234,50 in place of 1,234.50.",
    }),
    dateFormat: z
      .enum(["YYYY-MM-DD", "DD.MM.YYYY", "DD/MM/YYYY", "MM/DD/YYYY"])
      .default("YYYY-MM-DD")
      .meta({ "x-literal": true, "x-label": "Days are written", "x-order": 10, "x-more": true }),
    sheet: z.string().min(1).max(31).optional().meta({
      "x-label": "Sheet",
      "x-order": 11,
      "x-more": true,
      description: "Of an Excel file. Left empty: the first one.",
    }),
    maxRows: z.int().min(1).max(MOST_ROWS).default(10_000).meta({
      "x-literal": true,
      "x-label": "Rows at most",
      "x-order": 12,
      "x-more": true,
    }),
  }),
  output: {
    out: {
      type: "object",
      properties: {
        rows: { type: "array", items: { $param: "/rowSchema" } },
        rowCount: { type: "integer" },
        columns: { type: "array", items: { type: "string" }, description: "Their names in the file." },
        problems: {
          type: "array",
          description: "What did not fit, where they are collected. Such rows are left out.",
          items: {
            type: "object",
            properties: {
              row: { type: "integer", description: "As in the file, whose first row is 1." },
              column: { type: "string" },
              message: { type: "string" },
            },
            required: ["row", "column", "message"],
            additionalProperties: false,
          },
        },
      },
      required: ["rows", "rowCount", "columns", "problems"],
      additionalProperties: false,
    },
  },
  sentence: "Read [{columns/*/column}|the rows] of a file",
  presets: [{ id: "rows", params: { data: "" } }],
  examples: [
    {
      title: "A price list from the web",
      params: {
        data: "{{ nodes.prices.body }}",
        columns: [
          { column: "SKU", field: "sku", required: true },
          { column: "Price", field: "price", type: "number", required: true },
        ],
      },
    },
    {
      title: "A bank's statement that somebody attached",
      params: {
        data: "{{ nodes.approval.files[0] }}",
        charset: "windows-1251",
        delimiter: "semicolon",
        decimalComma: true,
        dateFormat: "DD.MM.YYYY",
        columns: [
          { column: "Дата", field: "paidOn", type: "date", required: true },
          { column: "Сума", field: "amount", type: "number", required: true },
        ],
        onProblem: "collect",
      },
    },
  ],
});
