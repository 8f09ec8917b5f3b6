/** The flows of the examples in the real engine, with nodes that are really executed and the shop that they talk to. */
import { readFileSync } from "node:fs";
import type { JsonObject } from "@holdfast/dsl";
import { refundPayment } from "@holdfast/example-payment";
import { testFlow, type FlowTest, type FlowTestOptions } from "@holdfast/kit/testing";
import type { ActionNode } from "@holdfast/nodes";
import { actionNodes, createFetch, type GuardedFetch } from "@holdfast/nodes/executors";
import type { Shop } from "@holdfast/shop";

export const TOKEN = "payments-token";

/** Every node type that the examples use. */
export const NODES: readonly ActionNode[] = [...actionNodes.values(), refundPayment];

export function exampleFlow(name: string): unknown {
  return JSON.parse(readFileSync(`${import.meta.dirname}/${name}.flow.json`, "utf8"));
}

/** The way out, to the shop alone. */
export function doorTo(shop: Shop, more: readonly string[] = []): GuardedFetch {
  const { hostname, port } = new URL(shop.url);
  return createFetch({
    hostAliases: new Map([["shop.localhost", { host: hostname, port: Number(port) }]]),
    allow: [new URL(shop.smtpUrl).host, ...more],
  });
}

/** Runs a flow of the examples as far as it goes by itself; without a model the offline one answers. */
export function runExample(
  name: string,
  shop: Shop,
  input: JsonObject,
  more: Partial<FlowTestOptions> = {},
): Promise<FlowTest> {
  return testFlow({
    flow: exampleFlow(name),
    nodes: NODES,
    input,
    door: doorTo(shop),
    credentials: { payments: { type: "bearer", token: TOKEN }, mail: { type: "smtp", url: shop.smtpUrl } },
    now: Date.UTC(2026, 2, 2, 9),
    ...more,
  });
}
