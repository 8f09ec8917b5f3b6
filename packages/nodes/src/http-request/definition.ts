/** Calls an HTTP service. The executor stands in `execute.ts`. */
import { z } from "zod";
import { nodeInfo } from "../define-node.ts";
import { json, schemaParam } from "../schema/params.ts";
import { headerName, headersParam, HTTP_CREDENTIALS, queryParam, urlParam } from "./params.ts";

/** Only who draws the flow knows which calls move money. */
const PAYS = { sink: "payment", when: { pointer: "/pays", in: [true] } };

/** Methods that carry a body, and may do something. */
const WRITES = ["POST", "PUT", "PATCH", "DELETE"];

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
    url: urlParam.meta({ ...urlParam.meta(), "x-sink": PAYS }),
    query: queryParam.meta({ ...queryParam.meta(), "x-sink": PAYS }),
    headers: headersParam,
    body: json()
      .optional()
      .meta({
        "x-label": "Body",
        "x-order": 5,
        "x-sink": PAYS,
        "x-when": { method: WRITES },
        description: "Sent as JSON, unless it is to be sent as something else or the headers name its content type.",
      }),
    bodyAs: z
      .enum(["json", "form", "text"])
      .optional()
      .meta({
        "x-literal": true,
        "x-label": "Body is sent as",
        "x-when": { method: WRITES },
        "x-enum-labels": { json: "JSON", form: "Form fields", text: "Text" },
        "x-order": 6,
        "x-more": true,
        description: "Left empty: as the headers say, else JSON.",
      }),
    idempotencyHeader: headerName.optional().meta({
      "x-literal": true,
      "x-label": "Header for the key",
      "x-when": { method: WRITES },
      "x-order": 7,
      description: "Where the service expects the key by which it recognizes a repeated call, often Idempotency-Key.",
    }),
    responseSchema: schemaParam().optional().meta({
      "x-label": "Fields of the response",
      "x-order": 8,
      description: "What the service answers with, so that later nodes can read it. Another answer fails the step.",
    }),
    responseAs: z
      .enum(["json", "text", "base64"])
      .optional()
      .meta({
        "x-literal": true,
        "x-label": "Answer is read as",
        "x-enum-labels": { json: "JSON", text: "Text", base64: "File, in Base64" },
        "x-order": 9,
        "x-more": true,
        description: "Left empty: as the service says of it. A file may have 5 MiB.",
      }),
    pays: z.boolean().default(false).meta({
      "x-literal": true,
      "x-label": "Moves money",
      "x-order": 11,
      "x-more": true,
      description: "Then nothing that a customer or a model wrote gets into the call unless somebody has checked it.",
    }),
    expect: z.array(z.int().min(200).max(599)).min(1).optional().meta({
      "x-literal": true,
      "x-label": "Expected statuses",
      "x-order": 10,
      "x-more": true,
      description: "Left empty: 200 to 299.",
    }),
  }),
  origin: "service",
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
  credentials: HTTP_CREDENTIALS,
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
    {
      title: "Send a form",
      params: {
        method: "POST",
        url: "https://tax.example/registry/check",
        bodyAs: "form",
        body: { number: "{{ input.vatNumber }}", country: "{{ input.country }}" },
        responseAs: "text",
      },
    },
  ],
});
