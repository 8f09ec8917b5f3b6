/** The shop's HTTP interface: JSON for Holdfast, pages for people. */
import { timingSafeEqual } from "node:crypto";
import { Hono } from "hono";
import { csrf } from "hono/csrf";
import { type HoldfastConnection, announceSettlement } from "./bank.ts";
import { ORDERS, findOrder } from "./catalog.ts";
import type { Journal } from "./journal.ts";
import { mailsOf } from "./mailbox.ts";
import { mailsPage } from "./pages/mails.ts";
import { ordersPage } from "./pages/orders.ts";
import { type Payments, refundRequestSchema } from "./payments.ts";

export interface ShopContext {
  readonly journal: Journal;
  readonly payments: Payments;
  /** If set, the payment endpoint asks for it as a bearer token. */
  readonly paymentToken: string | undefined;
  /** Undefined until somebody has connected the bank. */
  holdfast(): HoldfastConnection | undefined;
}

type ProblemStatus = 400 | 401 | 404 | 409 | 422 | 502 | 503;

export function createApp(context: ShopContext): Hono {
  const { journal, payments, paymentToken } = context;
  const app = new Hono();

  app.get("/", (c) => c.html(ordersPage({ refunds: payments.refunds(), bank: context.holdfast() !== undefined })));
  app.get("/mails", (c) => c.html(mailsPage(mailsOf(journal))));
  app.get("/mails.json", (c) => c.json({ items: mailsOf(journal) }));
  app.get("/orders", (c) => c.json({ items: ORDERS }));
  app.get("/orders/:id", (c) => {
    const id = c.req.param("id");
    const order = findOrder(id);
    return order ? c.json(order) : problem(404, "unknown_order", `There is no order ${id}.`);
  });

  app.get("/refunds", (c) =>
    c.json({ items: payments.refunds(), deliveries: payments.deliveries().map(({ type: _, ...facts }) => facts) }),
  );
  app.post("/refunds", async (c) => {
    if (paymentToken !== undefined && !sameText(c.req.header("authorization") ?? "", `Bearer ${paymentToken}`)) {
      return problem(401, "unauthorized", "The payment service asks for its bearer token.");
    }
    const key = c.req.header("idempotency-key") ?? "";
    if (key === "" || key.length > 255) {
      return problem(400, "idempotency_key_missing", "Send an Idempotency-Key of 1 to 255 characters.");
    }
    const request = refundRequestSchema.safeParse(await c.req.json().catch(() => undefined));
    if (!request.success) return problem(400, "request_invalid", request.error.issues.map(toSentence).join(" "));
    const answer = payments.refund(key, request.data);
    if (!answer.ok) return problem(answer.status, answer.code, answer.message);
    if (answer.replayed) c.header("idempotent-replayed", "true");
    const { refundId, orderId, amount, currency } = answer.refund;
    return c.json({ refundId, orderId, amount, currency, status: "accepted" }, 201);
  });

  app.post("/bank/settle", csrf(), async (c) => {
    const form = (c.req.header("content-type") ?? "").startsWith("application/x-www-form-urlencoded");
    const named: unknown = form ? await c.req.parseBody() : await c.req.json().catch(() => undefined);
    const refundId = refundNamedBy(named, payments);
    if (refundId === undefined) return problem(404, "unknown_refund", "Name a refundId, or the orderId of a refund.");
    const holdfast = context.holdfast();
    if (holdfast === undefined) return problem(503, "bank_not_connected", "The bank does not know where Holdfast is.");
    const refund = payments.settle(refundId);
    if (refund === undefined) return problem(404, "unknown_refund", `There is no refund ${refundId}.`);
    try {
      await announceSettlement(holdfast, refund);
    } catch (error) {
      return problem(502, "event_not_accepted", error instanceof Error ? error.message : String(error));
    }
    return form ? c.redirect("/", 303) : c.json(refund);
  });

  app.notFound(() => problem(404, "not_found", "There is nothing here."));
  return app;
}

/** An order stands for its latest refund. */
function refundNamedBy(named: unknown, payments: Payments): string | undefined {
  if (typeof named !== "object" || named === null) return undefined;
  if ("refundId" in named && typeof named.refundId === "string") {
    return payments.refunds().find(({ refundId }) => refundId === named.refundId)?.refundId;
  }
  if (!("orderId" in named)) return undefined;
  return payments.refunds().findLast(({ orderId }) => orderId === named.orderId)?.refundId;
}

function problem(status: ProblemStatus, code: string, detail: string): Response {
  return new Response(JSON.stringify({ status, code, title: code.replaceAll("_", " "), detail }), {
    status,
    headers: { "content-type": "application/problem+json" },
  });
}

function toSentence({ path, message }: { path: PropertyKey[]; message: string }): string {
  return `${path.map(String).join(".") || "The body"}: ${message}.`;
}

function sameText(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
