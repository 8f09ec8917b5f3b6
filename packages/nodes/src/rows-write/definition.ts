/** Makes a CSV text or a spreadsheet of rows. The executor stands in `execute.ts`. */
import { z } from "zod";
import { nodeInfo } from "../define-node.ts";
import { json } from "../schema/params.ts";

/** `rows.write`, without its executor. */
export const rowsWriteInfo = nodeInfo({
  type: "rows.write",
  version: 1,
  title: "Write CSV or Excel",
  description:
    "Makes a CSV or an Excel file (.xlsx) of a list of rows, to be attached to a mail or sent to a service. Nothing in it is a formula, whatever somebody typed in.",
  icon: "file-spreadsheet",
  category: "action",
  effect: "none",
  params: z.strictObject({
    rows: z.array(json()).max(50_000).meta({ "x-label": "Rows", "x-order": 1, description: "A list of objects." }),
    format: z
      .enum(["csv", "xlsx"])
      .default("csv")
      .meta({
        "x-literal": true,
        "x-label": "Kind",
        "x-order": 2,
        "x-enum-labels": { csv: "CSV", xlsx: "Excel (.xlsx)" },
      }),
    name: z.string().min(1).max(200).default("rows").meta({
      "x-label": "File name",
      "x-order": 3,
      description: "Without its ending.",
    }),
    columns: z
      .array(
        z.strictObject({
          field: z.string().min(1).max(200).meta({ "x-literal": true, "x-label": "Field", "x-order": 1 }),
          title: z.string().min(1).max(200).optional().meta({ "x-label": "Column", "x-order": 2 }),
        }),
      )
      .min(1)
      .max(200)
      .optional()
      .meta({
        "x-label": "Columns",
        "x-order": 4,
        description: "In this order. Left empty: every field, called as it is.",
      }),
    delimiter: z
      .enum(["comma", "semicolon", "tab"])
      .default("comma")
      .meta({
        "x-literal": true,
        "x-label": "Between the columns",
        "x-order": 5,
        "x-more": true,
        "x-enum-labels": { comma: "Comma", semicolon: "Semicolon", tab: "Tab" },
        description: "Of a CSV. Excel in Ukrainian or German expects semicolons.",
      }),
    decimalComma: z.boolean().default(false).meta({
      "x-literal": true,
      "x-label": "Decimals have a comma",
      "x-order": 6,
      "x-more": true,
      description: "Of a CSV.",
    }),
    sheet: z.string().min(1).max(31).default("Sheet1").meta({
      "x-label": "Sheet",
      "x-order": 7,
      "x-more": true,
      description: "Of an Excel file.",
    }),
  }),
  output: {
    out: {
      type: "object",
      properties: {
        name: { type: "string" },
        type: { type: "string", description: "Such as text/csv." },
        content: { type: "string", description: "The file in Base64: as an attachment, with “A file in Base64”." },
        text: { type: "string", description: "Of a CSV, as text; else empty." },
        size: { type: "integer", description: "In bytes." },
        rowCount: { type: "integer" },
      },
      required: ["name", "type", "content", "text", "size", "rowCount"],
      additionalProperties: false,
    },
  },
  sentence: "Write [{columns/*/field}|the rows] to a file",
  presets: [{ id: "file", params: { rows: [] } }],
  examples: [
    {
      title: "A report to be mailed",
      params: {
        rows: "{{ nodes.orders.rows }}",
        format: "xlsx",
        name: "orders {{ date(run.now) }}",
        columns: [
          { field: "id", title: "Order" },
          { field: "total", title: "Amount" },
        ],
      },
    },
    { title: "All fields as CSV", params: { rows: "{{ nodes.orders.rows }}", delimiter: "semicolon" } },
  ],
});
