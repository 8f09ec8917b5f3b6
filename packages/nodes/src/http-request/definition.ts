/** Calls an HTTP service. The executor stands in `execute.ts`. */
import { z } from "zod";
import { nodeInfo } from "../define-node.ts";
import { json, schemaParam } from "../schema/params.ts";

const scalar = z.union([z.string(), z.number(), z.boolean()]);

/** Header names as RFC 9110 has them. */
const headerName = z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, { error: "must be the name of a header" });

/** `http.request`, without its executor. */
export const httpRequestInfo = nodeInfo({
  type: "http.request",
  version: 1,
  title: "HTTP request",
  description:
    "Calls a service on the web. Reads are repeated after a failure; other calls only if the service recognizes repeated calls by a key, or if it is certain that nothing happened.",
  icon: "globe",
  category: "action",
  params: z.strictObject({
    method: z
      .enum(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"])
      .default("GET")
      .meta({ "x-literal": true, "x-label": "Method", "x-order": 1 }),
    url: z.string().min(1).meta({ "x-label": "Address", "x-order": 2 }),
    query: z
      .record(z.string(), z.union([scalar, z.null(), z.array(scalar)]))
      .optional()
      .meta({
        "x-label": "Query",
        "x-order": 3,
        "x-more": true,
        description: "Added to the address behind the question mark. What is null is left out.",
      }),
    headers: z.record(headerName, z.string()).optional().meta({
      "x-label": "Headers",
      "x-order": 4,
      "x-more": true,
      description: "Never secrets: those stand in the credential.",
    }),
    body: json().optional().meta({
      "x-label": "Body",
      "x-order": 5,
      description: "Sent as JSON. A text is sent as it is, if the headers name its content type.",
    }),
    idempotencyHeader: headerName.optional().meta({
      "x-literal": true,
      "x-label": "Header for the key",
      "x-order": 6,
      description: "Where the service expects the key by which it recognizes a repeated call, often Idempotency-Key.",
    }),
    responseSchema: schemaParam().optional().meta({
      "x-label": "Fields of the response",
      "x-order": 7,
      description: "What the service answers with, so that later nodes can read it. Another answer fails the step.",
    }),
    expect: z.array(z.int().min(200).max(599)).min(1).optional().meta({
      "x-literal": true,
      "x-label": "Expected statuses",
      "x-order": 8,
      "x-more": true,
      description: "Left empty: 200 to 299.",
    }),
  }),
  output: {
    out: {
      type: "object",
      properties: {
        status: { type: "integer" },
        headers: { type: "object", additionalProperties: { type: "string" } },
        body: { $param: "/responseSchema" },
      },
      required: ["status", "headers", "body"],
      additionalProperties: false,
    },
  },
  sentence: "[{method}|GET] {url}",
  effect: [
    { when: { pointer: "/method", in: ["GET", "HEAD"] }, effect: "repeatable" },
    { when: { pointer: "/method", present: false }, effect: "repeatable" },
    { when: { pointer: "/idempotencyHeader", present: true }, effect: "keyed" },
    { effect: "once" },
  ],
  credentials: ["bearer", "basic", "header", "apiKey"],
  presets: [{ id: "request", params: { method: "GET", url: "" } }],
  examples: [
    {
      title: "Read an order",
      params: {
        method: "GET",
        url: "https://shop.example/orders/{{ input.orderId }}",
        responseSchema: {
          type: "object",
          properties: { total: { type: "number" }, refundable: { type: "boolean" } },
          required: ["total", "refundable"],
        },
      },
    },
    {
      title: "Pay back, once",
      params: {
        method: "POST",
        url: "https://payments.example/refunds",
        idempotencyHeader: "Idempotency-Key",
        body: { orderId: "{{ input.orderId }}", amount: "{{ nodes.capped.amount }}" },
        expect: [201],
      },
    },
  ],
});
