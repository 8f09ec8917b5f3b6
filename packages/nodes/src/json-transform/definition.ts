/** Makes another list of a list: filters, sorts, groups, adds up. */
import type { Json, Outcome } from "@holdfast/dsl";
import { z } from "zod";
import { defineControl, nodeInfo } from "../define-node.ts";
import { fatal, output } from "../outcome.ts";
import { condition, json } from "../schema/params.ts";
import { flattened, grouped, NotANumber, picked, sorted, sumsOf, uniqueBy } from "./list.ts";

/** The name of a field, or the way to one: `customer.name`. */
const field = () =>
  z
    .string()
    .min(1)
    .max(200)
    .regex(/^[^.]+(?:\.[^.]+)*$/, { error: "must be a field such as total or customer.name" })
    .meta({ "x-literal": true });

const info = nodeInfo({
  type: "json.transform",
  version: 1,
  title: "Transform a list",
  description:
    "Makes another list of a list: takes inner lists apart, keeps what fits, leaves out what is there twice, sorts, cuts off, groups and adds up. In this order.",
  icon: "list-filter",
  category: "logic",
  params: z.strictObject({
    items: z.array(json()).meta({ "x-label": "List", "x-order": 1 }),
    flatten: field().optional().meta({
      "x-label": "Take apart",
      "x-order": 2,
      "x-more": true,
      description:
        "A field that is a list itself, such as lines: each of its elements becomes an item of its own, with the other fields of the item that it was in.",
    }),
    where: condition(["item", "index"]).optional().meta({
      "x-label": "Keep where",
      "x-order": 3,
      description: "Reads each element as item. Left empty: all are kept.",
    }),
    unique: field().optional().meta({
      "x-label": "Each value once",
      "x-order": 4,
      "x-more": true,
      description: "A field: of items with the same value there the first is kept.",
    }),
    sortBy: z
      .array(
        z.strictObject({
          field: field().meta({ "x-label": "Field", "x-order": 1 }),
          order: z
            .enum(["ascending", "descending"])
            .default("ascending")
            .meta({
              "x-literal": true,
              "x-label": "Order",
              "x-order": 2,
              "x-enum-labels": { ascending: "Smallest first", descending: "Largest first" },
            }),
        }),
      )
      .max(10)
      .optional()
      .meta({
        "x-label": "Sort by",
        "x-order": 5,
        description: "Where the first field is equal, the next one decides. What has no value there comes last.",
      }),
    limit: z.int().min(1).max(100_000).optional().meta({
      "x-label": "At most",
      "x-order": 6,
      "x-more": true,
      description: "How many are kept, from the beginning.",
    }),
    groupBy: field().optional().meta({
      "x-label": "Group by",
      "x-order": 7,
      description: "A field: items with the same value there make a group.",
    }),
    sum: z.array(field()).max(20).optional().meta({
      "x-label": "Add up",
      "x-order": 8,
      description: "Number fields, added up over all items and in each group.",
    }),
    fields: z.record(z.string().min(1).max(100), field()).optional().meta({
      "x-label": "Fields to keep",
      "x-order": 9,
      "x-more": true,
      description: "A new name, and the field that it takes its value from. Left empty: items stay as they are.",
    }),
  }),
  output: {
    out: {
      type: "object",
      properties: {
        items: {
          $when: { pointer: "/fields", present: true },
          then: { type: "array", items: { type: "object" } },
          else: {
            $when: { pointer: "/flatten", present: true },
            then: { type: "array" },
            else: { $typeOf: "/items" },
          },
        },
        count: { type: "integer" },
        sums: { type: "object", additionalProperties: { type: "number" } },
        groups: {
          type: "array",
          description: "Where they are grouped; else empty.",
          items: {
            type: "object",
            properties: {
              key: {},
              count: { type: "integer" },
              sums: { type: "object", additionalProperties: { type: "number" } },
              items: { type: "array" },
            },
            required: ["key", "count", "sums", "items"],
            additionalProperties: false,
          },
        },
      },
      required: ["items", "count", "sums", "groups"],
      additionalProperties: false,
    },
  },
  sentence: "Transform a list[ where {where}][, sorted by {sortBy/*/field}][, grouped by {groupBy}]",
  presets: [{ id: "list", params: { items: [] } }],
  examples: [
    {
      title: "Open invoices, the largest first",
      params: {
        items: "{{ nodes.invoices.body.items }}",
        where: "item.status == 'open'",
        sortBy: [{ field: "amount", order: "descending" }],
        sum: ["amount"],
      },
    },
    {
      title: "Lines of all orders by product",
      params: {
        items: "{{ nodes.orders.body.items }}",
        flatten: "lines",
        groupBy: "sku",
        sum: ["quantity"],
      },
    },
  ],
});

/** `json.transform` */
export const jsonTransform = defineControl({
  ...info,
  begin({ items: given, flatten, where, unique, sortBy, limit, groupBy, sum = [], fields }, context): Outcome {
    const apart = flatten === undefined ? given : flattened(given, flatten);
    const kept: Json[] = [];
    for (const [index, item] of apart.entries()) {
      const holds = where === undefined || context.evaluate(where, { item, index });
      if (typeof holds !== "boolean") {
        return fatal("condition_not_boolean", `The condition gave no true or false for element ${index + 1}.`, {
          pointer: "/params/where",
        });
      }
      if (holds) kept.push(item);
    }
    const once = unique === undefined ? kept : uniqueBy(kept, unique);
    const items = sorted(once, sortBy ?? []).slice(0, limit);
    const names = fields === undefined ? undefined : Object.entries(fields);
    const shaped = (list: readonly Json[]): Json[] =>
      list.map((item) => (names === undefined ? item : picked(item, names)));
    try {
      const groups = groupBy === undefined ? [] : grouped(items, groupBy, sum);
      return output({
        items: shaped(items),
        count: items.length,
        sums: sumsOf(items, sum),
        groups: groups.map((group) => ({ ...group, items: shaped(group.items) })),
      });
    } catch (error) {
      if (!(error instanceof NotANumber)) throw error;
      return fatal("not_a_number", `It can't be added up: ${error.message}.`, { pointer: "/params/sum" });
    }
  },
});
