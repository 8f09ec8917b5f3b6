import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { type IncomingMessage, type Server, createServer } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import nodemailer from "nodemailer";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { ORDERS } from "./catalog.ts";
import { type Shop, type ShopOptions, startShop } from "./start-shop.ts";

let dir: string;
let shops: Shop[];

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "holdfast-shop-"));
  shops = [];
});

afterEach(async () => {
  for (const shop of shops) await shop.close();
  await rm(dir, { recursive: true });
});

async function open(options: ShopOptions = {}): Promise<Shop> {
  const shop = await startShop({ now: () => new Date("2026-03-02T10:00:00Z"), ...options });
  shops.push(shop);
  return shop;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Headers;
}

async function get(shop: Shop, path: string): Promise<Answer> {
  const response = await fetch(shop.url + path);
  return { status: response.status, headers: response.headers, body: await response.json() };
}

async function post(shop: Shop, path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(shop.url + path, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

function refund(shop: Shop, key: string, body: unknown): Promise<Answer> {
  return post(shop, "/refunds", body, { "idempotency-key": key });
}

const LAMP = { orderId: "ORD-1001", amount: 89.9 };

describe("orders", () => {
  it("are twenty, of five customers, some of them not refundable", () => {
    expect(ORDERS.map(({ id }) => id)).toEqual(Array.from({ length: 20 }, (_, index) => `ORD-${1001 + index}`));
    expect(new Set(ORDERS.map(({ customerId }) => customerId))).toEqual(new Set(["C-1", "C-2", "C-3", "C-4", "C-5"]));
    expect(ORDERS.filter(({ refundable }) => !refundable).map(({ id }) => id)).toEqual([
      "ORD-1004",
      "ORD-1009",
      "ORD-1013",
      "ORD-1018",
    ]);
  });

  it("are read one by one", async () => {
    const shop = await open();
    expect(await get(shop, "/orders/ORD-1001")).toMatchObject({
      status: 200,
      body: {
        id: "ORD-1001",
        customer: { id: "C-1", name: "Olena Kovalenko", email: "olena@example.com" },
        total: 109.4,
        currency: "EUR",
        refundable: true,
      },
    });
    expect(await get(shop, "/orders/ORD-9")).toMatchObject({ status: 404, body: { code: "unknown_order" } });
  });
});

describe("refunds", () => {
  it("are applied once per key, and every delivery is written down", async () => {
    const shop = await open();
    const first = await refund(shop, "run-1", LAMP);
    const second = await refund(shop, "run-1", LAMP);
    expect(first).toMatchObject({ status: 201, body: { status: "accepted", amount: 89.9, currency: "EUR" } });
    expect(second.body).toEqual(first.body);
    expect(second.headers.get("idempotent-replayed")).toBe("true");
    expect((await get(shop, "/refunds")).body).toMatchObject({
      items: [{ key: "run-1", orderId: "ORD-1001", amount: 89.9, status: "accepted" }],
      deliveries: [{ answer: "accepted" }, { answer: "replayed" }],
    });
  });

  it("refuse a key that was used for another request", async () => {
    const shop = await open();
    await refund(shop, "run-1", LAMP);
    const other = await refund(shop, "run-1", { ...LAMP, amount: 10 });
    expect(other).toMatchObject({ status: 409, body: { code: "idempotency_key_reused" } });
    expect((await get(shop, "/refunds")).body).toMatchObject({ items: [{ amount: 89.9 }] });
  });

  it.each([
    [{ orderId: "ORD-9", amount: 1 }, 422, "unknown_order"],
    [{ orderId: "ORD-1004", amount: 1 }, 422, "not_refundable"],
    [{ orderId: "ORD-1001", amount: 109.41 }, 422, "amount_too_high"],
    [{ orderId: "ORD-1001", amount: 10.005 }, 422, "amount_too_fine"],
    [{ orderId: "ORD-1003", amount: 100.5 }, 422, "amount_too_fine"],
    [{ orderId: "ORD-1001", amount: 10, currency: "USD" }, 422, "wrong_currency"],
    [{ orderId: "ORD-1001", amount: -1 }, 400, "request_invalid"],
    [{ orderId: "ORD-1001", amount: 1, iban: "x" }, 400, "request_invalid"],
  ])("refuse %o with %i %s", async (request, status, code) => {
    const shop = await open();
    expect(await refund(shop, "run-1", request)).toMatchObject({ status, body: { code } });
    expect((await get(shop, "/refunds")).body).toMatchObject({ items: [] });
  });

  it("need a key, and the token if the shop has one", async () => {
    const shop = await open({ paymentToken: "secret" });
    expect(await refund(shop, "run-1", LAMP)).toMatchObject({ status: 401 });
    const authorization = "Bearer secret";
    expect(await post(shop, "/refunds", LAMP, { authorization })).toMatchObject({
      status: 400,
      body: { code: "idempotency_key_missing" },
    });
    const paid = await post(shop, "/refunds", LAMP, { authorization, "idempotency-key": "run-1" });
    expect(paid.status).toBe(201);
  });

  it("survive a kill of the shop, and half a line in its file", async () => {
    const dataFile = join(dir, "shop.jsonl");
    const main = new URL("./main.ts", import.meta.url).pathname;
    const child = spawn(process.execPath, [main, "--data", dataFile], { stdio: ["ignore", "pipe", "inherit"] });
    const [line] = await once(child.stdout, "data");
    const { url } = z.object({ url: z.string() }).parse(JSON.parse(String(line)));
    const headers = { "content-type": "application/json", "idempotency-key": "run-1" };
    await fetch(`${url}/refunds`, { method: "POST", headers, body: JSON.stringify(LAMP) });
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
    await appendFile(dataFile, '{"type":"refu');

    const shop = await open({ dataFile });
    expect((await refund(shop, "run-1", LAMP)).headers.get("idempotent-replayed")).toBe("true");
    expect((await get(shop, "/refunds")).body).toMatchObject({ items: [{ key: "run-1" }] });
    expect(await readFile(dataFile, "utf8")).not.toContain('"refu\n');
  });
});

describe("the bank", () => {
  let received: { authorization: string | undefined; body: unknown }[];
  let status: number;
  let holdfast: Server;
  let url: string;

  beforeEach(async () => {
    received = [];
    status = 202;
    holdfast = createServer((request, response) => {
      void bodyOf(request).then((body) => {
        received.push({ authorization: request.headers.authorization, body });
        response.writeHead(status).end();
      });
    });
    holdfast.listen(0, "127.0.0.1");
    await once(holdfast, "listening");
    url = `http://127.0.0.1:${portOf(holdfast)}`;
  });

  afterEach(() => {
    holdfast.closeAllConnections();
    holdfast.close();
  });

  it("tells Holdfast of a settlement, by the same event however often it tells", async () => {
    const shop = await open({ holdfast: { url, apiKey: "key" } });
    const { body } = await refund(shop, "run-1", LAMP);
    const settled = await post(shop, "/bank/settle", { orderId: "ORD-1001" });
    await post(shop, "/bank/settle", body);
    expect(settled).toMatchObject({ status: 200, body: { status: "settled", settledAt: "2026-03-02T10:00:00.000Z" } });
    expect(received).toHaveLength(2);
    expect(received[0]).toEqual(received[1]);
    expect(received[0]).toMatchObject({
      authorization: "Bearer key",
      body: { name: "bank/transfer.settled", data: { orderId: "ORD-1001", amount: 89.9, currency: "EUR" } },
    });
  });

  it("can be told again where Holdfast did not accept the event", async () => {
    const shop = await open();
    await refund(shop, "run-1", LAMP);
    expect(await post(shop, "/bank/settle", { orderId: "ORD-1001" })).toMatchObject({ status: 503 });
    shop.connect({ url, apiKey: "key" });
    status = 500;
    expect(await post(shop, "/bank/settle", { orderId: "ORD-1001" })).toMatchObject({ status: 502 });
    status = 202;
    expect(await post(shop, "/bank/settle", { orderId: "ORD-1001" })).toMatchObject({ status: 200 });
    expect(await post(shop, "/bank/settle", { orderId: "ORD-1002" })).toMatchObject({ status: 404 });
  });

  it("is told by a button, but not by a form of another site", async () => {
    const shop = await open({ holdfast: { url, apiKey: "key" } });
    const { body } = await refund(shop, "run-1", LAMP);
    const press = (origin: string, site: string): Promise<Response> =>
      fetch(`${shop.url}/bank/settle`, {
        method: "POST",
        redirect: "manual",
        headers: { origin, "sec-fetch-site": site },
        body: new URLSearchParams({ refundId: refundIdOf(body) }),
      });
    expect((await press("https://evil.example", "cross-site")).status).toBe(403);
    expect((await press(shop.url, "same-origin")).status).toBe(303);
    expect(received).toHaveLength(1);
  });
});

describe("mails", () => {
  it("are kept, and one that is sent again is shown once", async () => {
    const shop = await open();
    const transport = nodemailer.createTransport(shop.smtpUrl);
    const mail = {
      messageId: "<run-1@holdfast>",
      from: "shop@example.com",
      to: ["olena@example.com", "finance@example.com"],
      subject: "Ваше повернення <b>",
      text: "Грошi вже в дорозi & <script>alert(1)</script>",
    };
    await transport.sendMail(mail);
    await transport.sendMail(mail);
    await transport.sendMail({ ...mail, messageId: "<run-2@holdfast>", subject: "Another" });
    expect((await get(shop, "/mails.json")).body).toMatchObject({
      items: [{ subject: "Another" }, { subject: mail.subject, to: mail.to, text: `${mail.text}\n`, deliveries: 2 }],
    });
    const page = await (await fetch(`${shop.url}/mails`)).text();
    expect(page).toContain("sent 2 times");
    expect(page).toContain("&lt;script&gt;");
    expect(page).not.toContain("<script>");
  });
});

describe("closing", () => {
  it("does not wait for clients that stay connected", async () => {
    const shop = await startShop();
    const { hostname, port } = new URL(shop.smtpUrl);
    const client = connect(Number(port), hostname);
    await once(client, "data");
    const begin = performance.now();
    await shop.close();
    expect(performance.now() - begin).toBeLessThan(5_000);
    client.destroy();
  });
});

describe("pages", () => {
  it("show what became of an order, and the button only where it can work", async () => {
    const shop = await open();
    await refund(shop, "run-1", LAMP);
    const before = await (await fetch(shop.url)).text();
    expect(before).toContain("◷ Accepted, €89.90");
    expect(before).not.toContain("<button");
    shop.connect({ url: "http://127.0.0.1:9", apiKey: "key" });
    expect(await (await fetch(shop.url)).text()).toContain("<button");
  });

  it("say that there is nothing yet", async () => {
    const shop = await open();
    expect(await (await fetch(`${shop.url}/mails`)).text()).toContain("No mail yet.");
    expect(await get(shop, "/nothing")).toMatchObject({ status: 404, body: { code: "not_found" } });
  });
});

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  return JSON.parse(await text(request));
}

function portOf(server: Server): number {
  return z.object({ port: z.number() }).parse(server.address()).port;
}

function refundIdOf(body: unknown): string {
  return z.object({ refundId: z.string() }).parse(body).refundId;
}
