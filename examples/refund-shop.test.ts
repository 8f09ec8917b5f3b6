import { readFileSync } from "node:fs";
import { type Answer, type FlowDocument, type Json, type JsonObject, compileParams, parseFlow } from "@holdfast/dsl";
import { refundPayment } from "@holdfast/example-payment";
import { Simulation } from "@holdfast/engine/simulate";
import { memoryModels } from "@holdfast/nodes";
import { controlNodes } from "@holdfast/nodes/control";
import { Credential, actionNodes, openOutbound } from "@holdfast/nodes/executors";
import { builtinManifests } from "@holdfast/nodes/manifests";
import { ORDERS, type Shop, startShop } from "@holdfast/shop";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const DAY = 86_400_000;
const TOKEN = "payments-token";
const manifests = new Map([...builtinManifests, refundPayment.manifest].map((manifest) => [manifest.type, manifest]));
const actions = new Map([...actionNodes, ["payments.refund", refundPayment] as const]);
const flow = readFlow();

function readFlow(): FlowDocument {
  const result = parseFlow(JSON.parse(readFileSync(`${import.meta.dirname}/refund.flow.json`, "utf8")));
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result.flow;
}

let shop: Shop;

beforeEach(async () => {
  shop = await startShop({ paymentToken: TOKEN });
});

afterEach(() => shop.close());

/** Carries a run from wait to wait: the clock is virtual, what nodes do is real, and the model is the offline one. */
class RealRun {
  readonly simulation: Simulation;
  readonly #door = openOutbound({
    hostAliases: new Map([["shop.localhost", addressOf(shop.url)]]),
    allow: [new URL(shop.smtpUrl).host],
  });
  readonly #id: string;
  readonly #input: JsonObject;

  constructor(input: JsonObject & { orderId: string }) {
    this.#id = `run-of-${input.orderId}`;
    this.#input = input;
    this.simulation = new Simulation({
      flow,
      manifests: (type) => manifests.get(type),
      controls: controlNodes,
      now: Date.UTC(2026, 2, 2, 9),
      trigger: { event: "support/refund.requested", data: input },
    });
  }

  async untilItWaits(): Promise<void> {
    for (let [open] = this.simulation.questions; open !== undefined; [open] = this.simulation.questions) {
      this.simulation.answer(open.node, await this.#perform(open.node, open.attempt));
    }
  }

  async #perform(node: string, attempt: number): Promise<Answer> {
    const { type = "" } = flow.nodes[node] ?? {};
    const log = { debug: () => undefined, info: () => undefined, warn: () => undefined };
    const outcome = await actions.get(type)?.execute({
      params: this.#paramsOf(node),
      key: `${this.#id}:${node}:0:main`,
      attempt,
      signal: AbortSignal.timeout(20_000),
      now: () => this.simulation.now,
      fetch: this.#door.fetch,
      credential: () =>
        Promise.resolve(
          new Credential(
            type === "email.send" ? { type: "smtp", url: shop.smtpUrl } : { type: "bearer", token: TOKEN },
          ),
        ),
      log,
      run: { id: this.#id, flow: flow.id, version: 1, node },
      ai: memoryModels(),
    });
    if (outcome?.type === "output") return { output: outcome.value ?? null, port: outcome.port };
    throw new Error(`${node}: ${JSON.stringify(outcome)}`);
  }

  #paramsOf(node: string): JsonObject {
    const spec = flow.nodes[node];
    const manifest = manifests.get(spec?.type ?? "");
    if (spec === undefined || manifest === undefined) throw new Error(`No node ${node}`);
    const nodes = Object.keys(flow.nodes).flatMap((id): [string, Json][] => {
      const output = this.simulation.outputOf(id);
      return output === undefined ? [] : [[id, output]];
    });
    return compileParams(manifest, spec.params).resolve({ input: this.#input, nodes: Object.fromEntries(nodes) });
  }
}

function addressOf(url: string): { host: string; port: number } {
  const { hostname, port } = new URL(url);
  return { host: hostname, port: Number(port) };
}

async function read(path: string): Promise<unknown> {
  return (await fetch(shop.url + path)).json();
}

describe("the refund flow and its real shop", () => {
  it("pays what the manager approved, once, and mails the customer", async () => {
    const run = new RealRun({ orderId: "ORD-1001", reason: "The lamp arrived broken", amount: 89.9 });
    await run.untilItWaits();
    expect(run.simulation.waits).toMatchObject([
      { node: "approval", inbox: { title: "Refund 89.90 EUR for order ORD-1001", prefill: { amount: 89.9 } } },
    ]);
    run.simulation.decide({ node: "approval", outcome: "approved", data: { amount: 80 }, by: { id: "mia" } });
    await run.untilItWaits();
    expect(await read("/refunds")).toMatchObject({ items: [{ orderId: "ORD-1001", amount: 80, status: "accepted" }] });

    run.simulation.send({ name: "bank/transfer.settled", data: { orderId: "ORD-1001" } });
    await run.untilItWaits();
    expect(run.simulation).toMatchObject({ status: "completed", output: { status: "refunded", amount: 80 } });
    expect(await read("/mails.json")).toMatchObject({
      items: [
        {
          to: ["olena@example.com"],
          subject: "Your refund for order ORD-1001 has arrived",
          text: expect.stringContaining("80.00 EUR") as unknown,
        },
      ],
    });
  });

  it.each(ORDERS.filter(({ refundable }) => !refundable).map(({ id }) => id))(
    "refuses %s, says why, and pays nothing",
    async (orderId) => {
      const run = new RealRun({ orderId, reason: "I do not like it" });
      await run.untilItWaits();
      expect(run.simulation).toMatchObject({ status: "completed", output: { status: "not_eligible", amount: 0 } });
      expect(await read("/refunds")).toMatchObject({ deliveries: [] });
      const note = ORDERS.find(({ id }) => id === orderId)?.note?.slice(0, -1);
      expect(await read("/mails.json")).toMatchObject({
        items: [{ text: expect.stringContaining(note ?? "") as unknown }],
      });
    },
  );

  it.each(ORDERS.filter(({ refundable }) => refundable).map(({ id, total }) => [id, total] as const))(
    "offers the whole of %s if nothing else is asked for: %d",
    async (orderId, total) => {
      const run = new RealRun({ orderId, reason: "It arrived broken" });
      await run.untilItWaits();
      expect(run.simulation.waits).toMatchObject([{ node: "approval", inbox: { prefill: { amount: total } } }]);
    },
  );

  it("tells the managers when nobody decides, and finance when the bank is silent", async () => {
    const forgotten = new RealRun({ orderId: "ORD-1002", reason: "Broken" });
    await forgotten.untilItWaits();
    forgotten.simulation.advance(7 * DAY);
    await forgotten.untilItWaits();
    expect(forgotten.simulation.output).toEqual({ status: "escalated", amount: 0 });

    const unpaid = new RealRun({ orderId: "ORD-1003", reason: "Broken" });
    await unpaid.untilItWaits();
    unpaid.simulation.decide({ node: "approval", outcome: "approved", by: { id: "mia" } });
    await unpaid.untilItWaits();
    unpaid.simulation.advance(5 * DAY);
    await unpaid.untilItWaits();
    unpaid.simulation.advance(5 * DAY);
    await unpaid.untilItWaits();
    expect(unpaid.simulation.output).toEqual({ status: "unsettled", amount: 0 });

    expect(await read("/mails.json")).toMatchObject({
      items: [{ to: ["finance@example.com"] }, { to: ["managers@example.com"] }],
    });
  });

  it("gives the manager's comment to the customer", async () => {
    const run = new RealRun({ orderId: "ORD-1005", reason: "Broken" });
    await run.untilItWaits();
    const comment = "The desk was used for a year.";
    run.simulation.decide({ node: "approval", outcome: "rejected", comment, by: { id: "mia" } });
    await run.untilItWaits();
    expect(run.simulation.output).toEqual({ status: "rejected", amount: 0 });
    expect(await read("/mails.json")).toMatchObject({
      items: [{ to: ["tom@example.com"], text: expect.stringContaining("used for a year") as unknown }],
    });
  });
});
