/** Reads a list that a service gives in pages. The executor stands in `execute.ts`. */
import { z } from "zod";
import { nodeInfo } from "../define-node.ts";
import { headersParam, HTTP_CREDENTIALS, queryParam, urlParam } from "../http-request/params.ts";
import { schemaParam } from "../schema/params.ts";

/** By what the next page is found, and what each way has to be told. */
const NEEDS: Readonly<Record<"link" | "body" | "cursor" | "page" | "offset", readonly string[]>> = {
  link: [],
  body: ["nextPath"],
  cursor: ["nextPath", "param"],
  page: ["param"],
  offset: ["param"],
};

/** `http.list`, without its executor. */
export const httpListInfo = nodeInfo({
  type: "http.list",
  version: 1,
  title: "HTTP list",
  description:
    "Reads a list that a service gives page by page, to its end. What was read is kept: after a failure or a crash it goes on at the page where it was.",
  icon: "layers",
  category: "action",
  durable: true,
  effect: "repeatable",
  params: z
    .strictObject({
      url: urlParam.meta({ "x-order": 1 }),
      query: queryParam,
      headers: headersParam,
      itemsPath: z.string().optional().meta({
        "x-literal": true,
        "x-label": "Where the items stand",
        "x-order": 5,
        description: "In the answer, such as data.items. Left empty: the answer itself is the list.",
      }),
      next: z
        .enum(["link", "body", "cursor", "page", "offset"])
        .default("link")
        .meta({
          "x-literal": true,
          "x-label": "The next page",
          "x-enum-labels": {
            link: "Its address is in the header Link",
            body: "Its address is in the answer",
            cursor: "A mark in the answer is sent back",
            page: "Pages have numbers",
            offset: "Items are skipped",
          },
          "x-order": 6,
        }),
      nextPath: z
        .string()
        .min(1)
        .optional()
        .meta({
          "x-literal": true,
          "x-label": "Where the address or mark stands",
          "x-when": { next: ["body", "cursor"] },
          "x-order": 7,
          description: "In the answer, such as meta.next. Nothing there: it was the last page.",
        }),
      param: z
        .string()
        .min(1)
        .optional()
        .meta({
          "x-literal": true,
          "x-label": "Parameter of the address",
          "x-when": { next: ["cursor", "page", "offset"] },
          "x-order": 8,
          description: "What carries the mark, the page's number or how many items to skip: cursor, page or offset.",
        }),
      first: z
        .int()
        .min(0)
        .default(1)
        .meta({
          "x-literal": true,
          "x-label": "Number of the first page",
          "x-when": { next: ["page"] },
          "x-order": 9,
        }),
      maxPages: z.int().min(1).max(1_000).default(100).meta({
        "x-literal": true,
        "x-label": "At most, pages",
        "x-order": 10,
        "x-more": true,
        description: "If there are more, the output says so in `more`.",
      }),
      itemSchema: schemaParam().optional().meta({
        "x-label": "Fields of an item",
        "x-order": 11,
        description: "What an item has, so that later nodes can read it. Another item fails the step.",
      }),
    })
    .refine(({ next, nextPath }) => nextPath !== undefined || !NEEDS[next].includes("nextPath"), {
      path: ["nextPath"],
      error: "must be told for this way",
    })
    .refine(({ next, param }) => param !== undefined || !NEEDS[next].includes("param"), {
      path: ["param"],
      error: "must be told for this way",
    })
    .meta({
      allOf: Object.entries(NEEDS)
        .filter(([, names]) => names.length > 0)
        .map(([way, names]) => ({
          if: { properties: { next: { const: way } }, required: ["next"] },
          then: { required: [...names] },
        })),
    }),
  origin: "service",
  output: {
    out: {
      type: "object",
      properties: {
        items: { type: "array", items: { $param: "/itemSchema" } },
        pages: { type: "integer" },
        more: { type: "boolean" },
      },
      required: ["items", "pages", "more"],
      additionalProperties: false,
    },
  },
  sentence: "Read all of {url}",
  credentials: HTTP_CREDENTIALS,
  presets: [{ id: "list", params: { url: "", next: "link" } }],
  examples: [
    {
      title: "Open orders, by the header Link",
      params: {
        url: "https://shop.example/orders",
        query: { status: "open", per_page: 100 },
        next: "link",
        itemSchema: {
          type: "object",
          properties: { id: { type: "string" }, total: { type: "number" } },
          required: ["id", "total"],
        },
      },
    },
    {
      title: "Customers, by a mark",
      params: {
        url: "https://crm.example/v2/customers",
        itemsPath: "data",
        next: "cursor",
        nextPath: "meta.nextCursor",
        param: "cursor",
        maxPages: 500,
      },
    },
  ],
});
