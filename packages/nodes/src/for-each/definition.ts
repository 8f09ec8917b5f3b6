/** Runs its body once for every item of a list. */
import type { Json, StepError } from "@holdfast/dsl";
import { z } from "zod";
import { defineControl, nodeInfo } from "../define-node.ts";
import { fatal, output } from "../outcome.ts";
import { bodyParam, json } from "../schema/params.ts";

const info = nodeInfo({
  type: "forEach",
  version: 1,
  title: "For each",
  description:
    "Does the steps within for every item of a list, several at a time. The results keep the order of the list.",
  icon: "repeat-2",
  category: "loop",
  params: z.strictObject({
    items: z
      .array(json())
      .meta({ "x-label": "Items", "x-order": 1, description: "A list. The steps within read each element as item." }),
    concurrency: z.int().min(1).max(1000).default(10).meta({
      "x-literal": true,
      "x-label": "At a time",
      "x-order": 2,
      description: "How many items are worked on at the same time.",
    }),
    onItemError: z
      .enum(["stop", "collect"])
      .default("stop")
      .meta({
        "x-literal": true,
        "x-label": "When an item fails",
        "x-order": 3,
        "x-enum-labels": { stop: "Stop and fail", collect: "Go on and list the failures" },
        description: "Stopping cancels the items that are being worked on.",
      }),
    body: bodyParam(),
  }),
  output: {
    out: {
      type: "object",
      properties: {
        results: {
          type: "array",
          items: {
            $when: { pointer: "/onItemError", in: ["collect"] },
            then: { anyOf: [{ $typeOf: "/body" }, { type: "null" }] },
            else: { $typeOf: "/body" },
          },
          description: "In the order of the items; null where one failed.",
        },
        failed: {
          type: "array",
          items: {
            type: "object",
            properties: {
              index: { type: "integer" },
              error: {
                type: "object",
                properties: { code: { type: "string" }, message: { type: "string" } },
                required: ["code", "message"],
                additionalProperties: false,
              },
            },
            required: ["index", "error"],
            additionalProperties: false,
          },
        },
      },
      required: ["results", "failed"],
      additionalProperties: false,
    },
  },
  sentence: "For each of {items}[, {concurrency} at a time]",
  presets: [{ id: "each", params: { items: [], body: { nodes: {}, edges: [{ from: "start", to: "end" }] } } }],
  examples: [
    {
      title: "Every line of an order",
      params: {
        items: "{{ nodes.order.body.items }}",
        concurrency: 5,
        body: {
          nodes: {
            reserve: {
              type: "http.request",
              params: {
                method: "POST",
                url: "https://stock.example/reserve",
                body: { sku: "{{ item.sku }}" },
                idempotencyHeader: "Idempotency-Key",
              },
            },
          },
          edges: [
            { from: "start", to: "reserve" },
            { from: "reserve", to: "end" },
          ],
        },
      },
    },
  ],
});

/** `forEach` */
export const forEach = defineControl({
  ...info,
  begin({ items, concurrency, onItemError }) {
    if (items.length === 0) return output({ results: [], failed: [] });
    return { type: "children", children: { source: "body", items, firstIndex: 0, concurrency, onItemError } };
  },
  resume({ items, onItemError }, _context, children) {
    const results: Json[] = items.map(() => null);
    const failed: { index: number; error: StepError }[] = [];
    for (const child of children) {
      if (child.status === "completed") results[child.index] = child.output;
      else failed.push({ index: child.index, error: child.error });
    }
    failed.sort((a, b) => a.index - b.index);
    const [first] = failed;
    if (first && onItemError === "stop") {
      return fatal("item_failed", `Item ${first.index + 1} of ${items.length} failed: ${first.error.message}`, {
        pointer: `/params/items/${first.index}`,
        details: { index: first.index, code: first.error.code, message: first.error.message },
      });
    }
    return output({
      results,
      failed: failed.map(({ index, error }) => ({ index, error: { code: error.code, message: error.message } })),
    });
  },
});
