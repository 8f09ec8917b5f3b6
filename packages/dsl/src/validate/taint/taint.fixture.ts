/** Flows that pay, and what of them is tainted. */
import { refundPayment } from "@holdfast/example-payment";
import { builtinManifests } from "@holdfast/nodes/manifests";
import { expect } from "vitest";
import type { NodeManifest } from "../../contract/manifest.ts";
import type { Edge, NodeSpec } from "../../document/node.ts";
import type { Json, JsonObject } from "../../json.ts";
import { validateFlow } from "../validate-flow.ts";

export const manifests: readonly NodeManifest[] = [...builtinManifests, refundPayment.manifest];

export const ORDER: NodeSpec = {
  type: "http.request",
  params: {
    url: "https://shop.example/orders/{{ input.orderId }}",
    responseSchema: {
      type: "object",
      properties: {
        id: { type: "string" },
        total: { type: "number" },
        refundable: { type: "boolean" },
        email: { type: "string" },
        note: { type: "string", "x-origin": "outside" },
      },
      required: ["id", "total", "refundable", "email", "note"],
    },
  },
};

export const MODEL: NodeSpec = {
  type: "ai.object",
  params: {
    prompt: "{{ input.reason }}",
    schema: {
      type: "object",
      properties: {
        ok: { type: "boolean" },
        amount: { type: "number", minimum: 0 },
        small: { type: "number", maximum: 20 },
        payee: { type: "string" },
        kind: { enum: ["a", "b"] },
      },
      required: ["ok", "amount", "small", "payee", "kind"],
      additionalProperties: false,
    },
  },
};

export const pay = (amount: Json, more: JsonObject = {}): NodeSpec => ({
  type: "payments.refund",
  params: { url: "https://pay.example/refunds", orderId: "{{ nodes.order.body.id }}", amount, ...more },
});
export const set = (values: JsonObject): NodeSpec => ({ type: "data.set", params: { values } });
export const branch = (when: string): NodeSpec => ({ type: "branch", params: { cases: [{ port: "yes", when }] } });
export const ask = (inbox: JsonObject): NodeSpec => ({
  type: "wait.event",
  params: { inbox: { title: "Well?", ...inbox }, outcomes: [{ port: "approved", event: "said" }], timeout: "7d" },
});

/** `a > b`, `a.port > b` */
export const edgesOf = (text: string): Edge[] =>
  text.split(/,\s*/).map((edge) => {
    const [, from = "", port, to = ""] = /^(\w+)(?:\.(\w+))? > (\w+)$/.exec(edge) ?? [];
    return port === undefined ? { from, to } : { from, port, to };
  });

export function flowOf(nodes: { readonly [id: string]: NodeSpec }, edges: string, more: JsonObject = {}): unknown {
  return {
    dsl: 1,
    id: "sample",
    name: "Sample",
    triggers: [{ type: "call" }],
    input: {
      type: "object",
      properties: {
        orderId: { type: "string" },
        reason: { type: "string" },
        amount: { type: "number" },
        email: { type: "string" },
        tip: { type: "number", maximum: 5 },
      },
      required: ["orderId", "reason", "amount", "email", "tip"],
    },
    nodes,
    edges: edgesOf(edges),
    ...more,
  };
}

export const taintedIn = (document: unknown, more: readonly NodeManifest[] = []): readonly string[] => {
  const { issues } = validateFlow(document, [...manifests, ...more]);
  const others = issues.filter(({ code, severity }) => severity === "error" && !code.startsWith("tainted_"));
  expect(others).toEqual([]);
  return issues.filter(({ code }) => code.startsWith("tainted_")).map(({ code, pointer }) => `${code} ${pointer}`);
};

export const AMOUNT = "tainted_payment /nodes/pay/params/amount";

/** order, model and whatever stands between, then the payment. */
export const straight = (amount: Json, more: JsonObject = {}): unknown =>
  flowOf(
    { order: ORDER, model: MODEL, pay: pay(amount, more) },
    "start > order, order > model, model > pay, pay > end",
  );
