/**
 * The product as people meet it: `up --demo` on a fresh folder, the refund flow through the command line, a kill in
 * the middle, a week in a moment, and an orderly end.
 */
import { once } from "node:events";
import { createServer } from "node:http";
import { chmod, mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { HoldfastProcess, readDemo, type DemoFile } from "./support/holdfast-process.ts";
import { runCommand } from "./support/run-command.ts";

let dir: string;
let up: HoldfastProcess;
let demo: DemoFile;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "holdfast-up-"));
  // So that root's Postgres, which runs as somebody else, has its data in here and goes with the folder.
  await chmod(dir, 0o711);
  up = await HoldfastProcess.up(dir);
  demo = await readDemo(dir);
}, 120_000);
afterAll(async () => {
  await up?.end("SIGTERM");
  await rm(dir, { recursive: true, force: true });
}, 30_000);

/** What a command answers with `--json`. */
async function ask<T>(schema: z.ZodType<T>, ...args: string[]): Promise<T> {
  const { out, err } = await runCommand([...args, "--url", up.url, "--key", demo.apiKey, "--json"]);
  expect(err).toBe("");
  return schema.parse(JSON.parse(out));
}

const list = z.looseObject({ items: z.array(z.looseObject({ id: z.string(), runId: z.string().optional() })) });
const run = z.looseObject({
  id: z.string(),
  status: z.string(),
  output: z.unknown(),
  waits: z.array(z.looseObject({ node: z.string() })),
});

/** Asks until the answer fits; whatever happens in the run happens on its own time. */
async function eventually<T>(look: () => Promise<T>, fits: (value: T) => boolean): Promise<T> {
  for (;;) {
    const value = await look();
    if (fits(value)) return value;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const request = (orderId: string): Promise<string> =>
  startedBy("support/refund.requested", {
    orderId,
    reason: "It arrived broken",
    amount: 10,
    requestedBy: demo.people[0]?.email,
  });

/** The run that an event starts. */
const startedBy = async (name: string, data: object): Promise<string> => {
  const { ids } = await ask(z.object({ ids: z.array(z.string()) }), "send", name, "-d", JSON.stringify(data));
  const headers = { authorization: `Bearer ${demo.apiKey}` };
  const event = await eventually(
    async () =>
      z
        .looseObject({ started: z.array(z.object({ runId: z.string() })) })
        .parse(await (await fetch(`${up.url}/api/v1/events/${ids[0]}`, { headers })).json()),
    ({ started }) => started.length > 0,
  );
  return event.started[0]?.runId ?? "";
};

const waitingAt = (id: string, node: string) =>
  eventually(
    () => ask(run, "runs", "show", id),
    ({ waits }) => waits.some((wait) => wait.node === node),
  );

const taskOf = async (id: string): Promise<string> => (await ask(list, "tasks", "--run", id)).items[0]?.id ?? "";

/** Moves the demo's time. */
async function advance(by: string): Promise<void> {
  const { status } = await fetch(`${up.url}/api/v1/dev/clock`, {
    method: "POST",
    headers: { authorization: `Bearer ${demo.apiKey}`, "content-type": "application/json" },
    body: JSON.stringify({ advance: by }),
  });
  expect(status).toBe(200);
}

/** Subjects of the mails that the shop has received. */
async function mails(): Promise<readonly string[]> {
  const schema = z.object({ items: z.array(z.looseObject({ subject: z.string() })) });
  const { items } = schema.parse(await (await fetch(`${demo.shop.url}/mails.json`)).json());
  return items.map(({ subject }) => subject);
}

describe("on a fresh folder", () => {
  test("it shows its progress, its people and its address", () => {
    expect(up.lines.join("\n")).toContain("Creating a database (first start only)");
    for (const { email, password } of demo.people) {
      expect(up.lines.join("\n")).toMatch(new RegExp(`${email}.+${password}`));
    }
    expect(demo.url).toBe(up.url);
    expect(demo.people.filter(({ roles }) => roles.includes("manager"))).toHaveLength(2);
  });

  test("only its owner can read the keys and passwords", async () => {
    expect((await stat(join(dir, "demo.json"))).mode & 0o077).toBe(0);
  });

  test("its people can sign in, on this computer alone", async () => {
    const current = async (headers: { readonly [name: string]: string } = {}): Promise<string> =>
      (await fetch(`${up.url}/rpc/session.current`, { headers })).text();
    for (const { email, password } of demo.people) {
      expect(await current()).toContain(password);
      const response = await fetch(`${up.url}/rpc/session.signIn`, {
        method: "POST",
        headers: { "content-type": "application/json", "sec-fetch-site": "same-origin" },
        body: JSON.stringify({ email, password }),
      });
      const [cookie = ""] = response.headers.getSetCookie();
      expect(await current({ cookie: cookie.split(";")[0] ?? "" })).toContain(`"email":"${email}"`);
    }
    const afar = await current({ "x-forwarded-for": "203.0.113.5" });
    expect(afar).toContain('"demo":null');
  });

  test("it is ready, and so is the shop", async () => {
    expect((await fetch(`${up.url}/readyz`)).status).toBe(200);
    expect((await fetch(demo.shop.mails)).status).toBe(200);
  });

  test("the doctor finds nothing wrong", async () => {
    const { code, out } = await runCommand(["doctor", "--data", dir, "--json"]);
    expect({ code, out: JSON.parse(out) }).toMatchObject({ code: 0, out: { healthy: true } });
  });
});

test(
  "a refund is requested, killed in the middle, approved, paid once, and told by mail",
  { timeout: 120_000 },
  async () => {
    const [approved, forgotten] = [await request("ORD-1001"), await request("ORD-1003")];
    await waitingAt(approved, "approval");
    await waitingAt(forgotten, "approval");

    const before = demo;
    expect(await up.end("SIGKILL")).toBeNull();
    // The shop is the world outside: it does not go down with the runtime.
    expect((await fetch(demo.shop.mails)).status).toBe(200);
    up = await HoldfastProcess.up(dir);
    demo = await readDemo(dir);
    expect({ key: demo.apiKey, people: demo.people }).toEqual({ key: before.apiKey, people: before.people });

    await ask(z.looseObject({}), "tasks", "decide", await taskOf(approved), "approved", "-c", "clear");
    await waitingAt(approved, "settlement");
    const settle = await fetch(new URL("/bank/settle", demo.shop.url), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ orderId: "ORD-1001" }),
    });
    expect(settle.status).toBe(200);
    expect(await ask(run, "runs", "show", approved, "--wait", "20s")).toMatchObject({
      status: "completed",
      output: { status: "refunded", amount: 10 },
    });

    await advance("3d");
    await eventually(mails, (sent) => sent.some((subject) => subject.startsWith("Still open: ")));
    await advance("5d");
    expect(await ask(run, "runs", "show", forgotten, "--wait", "20s")).toMatchObject({
      status: "completed",
      output: { status: "escalated", amount: 0 },
    });

    const refunds = z.looseObject({ items: z.array(z.looseObject({ orderId: z.string() })) });
    const paid = refunds.parse(await (await fetch(new URL("/refunds", demo.shop.url))).json());
    expect(paid.items.map(({ orderId }) => orderId)).toEqual(["ORD-1001"]);
    // The confirmation, the reminder, and the word of the escalation.
    expect((await mails()).length).toBeGreaterThanOrEqual(3);
  },
);

test(
  "a customer's message is sorted by the model, answered by a manager, and goes out; who wants money back starts a refund",
  { timeout: 60_000 },
  async () => {
    const question = await startedBy("support/message.received", {
      orderId: "ORD-1002",
      message: "Where is my parcel?",
    });
    await waitingAt(question, "approval");
    await ask(
      z.looseObject({}),
      "tasks",
      "decide",
      await taskOf(question),
      "approved",
      "-d",
      '{"answer":"It is on its way."}',
    );
    expect(await ask(run, "runs", "show", question, "--wait", "20s")).toMatchObject({
      status: "completed",
      output: { status: "answered" },
    });
    expect(await mails()).toContain("Your message about order ORD-1002");

    const broken = { orderId: "ORD-1005", message: "It arrived broken, I want my money back." };
    const refund = await startedBy("support/message.received", broken);
    expect(await ask(run, "runs", "show", refund, "--wait", "20s")).toMatchObject({
      output: { status: "refund_requested" },
    });
    const tasks = z.looseObject({ items: z.array(z.looseObject({ title: z.string() })) });
    const isAsked = ({ title }: { readonly title: string }): boolean => /^Refund .+ ORD-1005$/.test(title);
    const asked = await eventually(
      () => ask(tasks, "tasks"),
      ({ items }) => items.some(isAsked),
    );
    expect(asked.items.filter(isAsked)).toHaveLength(1);
  },
);

test("it ends in time though a service has not answered yet", { timeout: 60_000 }, async () => {
  const asked = Promise.withResolvers<void>();
  const service = createServer(() => asked.resolve()).listen(0, "127.0.0.1");
  await once(service, "listening");
  const address = service.address();
  const port = typeof address === "object" ? address?.port : undefined;
  await up.end("SIGTERM");
  up = await HoldfastProcess.up(dir, { HOLDFAST_ALLOW_PRIVATE: "127.0.0.0/8" });
  const headers = { authorization: `Bearer ${demo.apiKey}`, "content-type": "application/json" };
  const document = {
    dsl: 1,
    id: "asks-in-vain",
    name: "Asks in vain",
    triggers: [{ type: "call" }],
    nodes: { ask: { type: "http.request", params: { url: `http://127.0.0.1:${port}/`, method: "GET" } } },
    edges: [
      { from: "start", to: "ask" },
      { from: "ask", to: "end" },
    ],
  };
  const flow = `${up.url}/api/v1/flows/asks-in-vain`;
  expect((await fetch(flow, { method: "PUT", headers, body: JSON.stringify(document) })).status).toBe(201);
  await fetch(`${flow}/runs`, { method: "POST", headers, body: JSON.stringify({ input: {} }) });
  await asked.promise;
  // Its time limit is five minutes.
  expect(await up.end("SIGTERM")).toBe(0);
  service.closeAllConnections();
  service.close();
  up = await HoldfastProcess.up(dir);
});

test("what people have published stays live over a restart", { timeout: 60_000 }, async () => {
  const analyst = demo.people.find(({ roles }) => roles.includes("analyst"));
  const json = { "content-type": "application/json", "sec-fetch-site": "same-origin" };
  const signedIn = await fetch(`${up.url}/rpc/session.signIn`, {
    method: "POST",
    headers: json,
    body: JSON.stringify({ email: analyst?.email, password: analyst?.password }),
  });
  const cookie = signedIn.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  const made = await fetch(`${up.url}/rpc/keys.create`, {
    method: "POST",
    headers: { ...json, cookie },
    body: JSON.stringify({ name: "test", scopes: ["flows:read", "flows:write"], days: 1 }),
  });
  const { result } = z.object({ result: z.object({ data: z.object({ key: z.string() }) }) }).parse(await made.json());
  const headers = { authorization: `Bearer ${result.data.key}`, "content-type": "application/json" };
  const flow = z.looseObject({ liveVersion: z.number(), document: z.looseObject({}) });
  const read = async () => flow.parse(await (await fetch(`${up.url}/api/v1/flows/process-refund`, { headers })).json());
  const { document } = await read();
  const published = await fetch(`${up.url}/api/v1/flows/process-refund`, {
    method: "PUT",
    headers,
    body: JSON.stringify({ ...document, settings: { timeouts: { finish: "45d" } } }),
  });
  expect(published.status, await published.text()).toBe(201);
  expect((await read()).liveVersion).toBe(2);

  await up.end("SIGKILL");
  up = await HoldfastProcess.up(dir);
  expect((await read()).liveVersion).toBe(2);
});

test("the second process on the same folder is refused in one line", { timeout: 60_000 }, async () => {
  await expect(HoldfastProcess.up(dir)).rejects.toThrow(/holdfast: .*(in use|uses)/);
});

test("told to end, it ends within ten seconds, and the shop with it", { timeout: 30_000 }, async () => {
  const began = performance.now();
  expect(await up.end("SIGTERM")).toBe(0);
  expect(performance.now() - began).toBeLessThan(10_000);
  await expect(fetch(demo.shop.url)).rejects.toThrow("fetch failed");
});
