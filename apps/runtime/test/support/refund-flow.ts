/** The refund flow with executors that answer what a test says, and nothing that leaves the process. */
import { readFile } from "node:fs/promises";
import { isSafeJson, type Json, type JsonObject, type Outcome } from "@holdfast/dsl";
import { refundPayment } from "@holdfast/example-payment";
import type { ActionNode } from "@holdfast/nodes";
import { actionNodes } from "@holdfast/nodes/executors";

/** What each node gives; a function is asked at every attempt. */
export type Answers = { readonly [node: string]: Json | ((attempt: number) => Outcome) };

const ORDER: Json = {
  id: "ORD-1001",
  currency: "EUR",
  total: 109.4,
  refundable: true,
  customer: { id: "C-1", name: "Olena Kovalenko", email: "olena@example.com" },
  customerId: "C-1",
  items: [{ sku: "lamp", title: "Reading lamp", quantity: 1, price: 109.4 }],
};

const mail: Json = { messageId: "<1@example.com>", accepted: ["olena@example.com"], rejected: [] };

const USUAL: Answers = {
  order: { status: 200, headers: {}, body: ORDER },
  analyze: { isEligible: true, reason: "The lamp arrived broken.", refundAmount: 89.9 },
  refund: { refundId: "RF-1", status: "accepted", amount: 89.9 },
  confirmation: { text: "Done." },
  rejection: { text: "Sorry." },
  refusal: { text: "Sorry." },
  confirmationMail: mail,
  rejectionMail: mail,
  refusalMail: mail,
  escalate: mail,
  reportSilence: mail,
};

/** The action node types of the flow. `answers` is read at every attempt. */
export function refundNodes(answers: () => Answers): readonly ActionNode[] {
  return [...actionNodes.values(), refundPayment].map(({ manifest }) => ({
    manifest,
    execute: async ({ run, attempt }) => {
      const answer = answers()[run.node] ?? USUAL[run.node] ?? null;
      return typeof answer === "function" ? answer(attempt) : { type: "output", port: "out", value: answer };
    },
  }));
}

export async function refundDocument(): Promise<JsonObject> {
  const file = new URL("../../../../examples/refund.flow.json", import.meta.url);
  const document: unknown = JSON.parse(await readFile(file, "utf8"));
  if (!isSafeJson(document) || typeof document !== "object" || document === null || Array.isArray(document)) {
    throw new Error("the refund flow can't be read");
  }
  return document;
}
