import { z } from "zod";
import { describe, expect, test } from "vitest";
import { defineNode, NodeFailure, type ActionContext, type ActionNode } from "../index.ts";
import { checkNode, testFlow, testNode, type Target } from "./index.ts";

const info = {
  type: "acme.order",
  version: 1,
  title: "Order",
  description: "Orders something.",
  icon: "package",
  category: "action",
  effect: "keyed",
  credentials: ["bearer"],
  params: z.strictObject({ item: z.string() }),
  output: z.object({ id: z.string() }),
  sentence: "Order {item}",
  examples: [{ title: "A pen", params: { item: "pen" } }],
} as const;

const params = { item: "pen" };
const target: Target = () => ({ status: 201, body: { id: "O-1" } });
const cases = [{ name: "a pen", params, target }];

const answerOf = async (response: Response): Promise<{ id: string }> =>
  z.object({ id: z.string() }).parse(await response.json());

type Execute = (context: ActionContext<{ item: string }>) => Promise<{ id: string }>;

const orderNode = (execute: Execute, more: { readonly effect?: "repeatable" } = {}): ActionNode =>
  defineNode({ ...info, ...more, execute });

const order: Execute = async ({ params: { item }, key, fetch, signal }) => {
  const headers = { "idempotency-key": key };
  const response = await fetch("http://acme.test/orders", { method: "POST", headers, body: item, signal });
  return answerOf(response);
};

const codes = async (node: ActionNode): Promise<readonly string[]> =>
  (await checkNode(node, { cases, patience: 20 })).map(({ code }) => code);

describe("the contract check", () => {
  test("finds nothing in a node that keeps it", async () => {
    expect(await codes(orderNode(order))).toEqual([]);
  });

  test("finds a key that is not used", async () => {
    expect(await codes(orderNode((context) => order({ ...context, key: "mine" })))).toEqual(["key_unused"]);
  });

  test("finds a key that changes", async () => {
    let count = 0;
    const changing = orderNode((context) => order({ ...context, key: `${context.key}-${(count += 1)}` }));
    expect(await codes(changing)).toEqual(["key_changes"]);
  });

  test("finds an output that is none of its schema", async () => {
    const wrong = orderNode(async (context) => ({ ...(await order(context)), id: JSON.parse("7") }));
    expect(await codes(wrong)).toEqual(["output_invalid"]);
  });

  test("finds a secret that gets out, wherever it does", async () => {
    const secretOf = async ({ credential }: ActionContext<{ item: string }>): Promise<string> => {
      const value = (await credential())?.reveal();
      return value?.type === "bearer" ? value.token : "";
    };
    const byOutput = orderNode(async (context) => {
      await order(context);
      return { id: await secretOf(context) };
    });
    const byLog = orderNode(async (context) => {
      context.log.debug(`With ${await secretOf(context)}`);
      return order(context);
    });
    const byProgress = orderNode(async (context) => {
      context.progress(0, await secretOf(context));
      return order(context);
    });
    for (const node of [byOutput, byLog, byProgress]) expect(await codes(node)).toEqual(["secret_leaked"]);
  });

  test("finds one thing's key on another", async () => {
    const twice = orderNode(async (context) => {
      await order({ ...context, params: { item: "ink" } });
      return order(context);
    });
    expect(await codes(twice)).toEqual(["key_shared"]);
  });

  test("takes a key that is made of the node's own", async () => {
    const short = (context: ActionContext<{ item: string }>): ActionContext<{ item: string }> => ({
      ...context,
      key: Buffer.from(context.key).toString("base64url"),
    });
    expect(await codes(orderNode((context) => order(short(context))))).toEqual([]);
  });

  test.each([
    ["in another language's JSON", (secret: string) => secret.replaceAll("/", String.raw`\/`)],
    ["percent-encoded", encodeURIComponent],
    ["in Base64", (secret: string) => Buffer.from(`u:${secret}`).toString("base64")],
    ["as hex", (secret: string) => Buffer.from(secret).toString("hex")],
  ])("finds a secret %s, also in an error's details and causes", async (_, write) => {
    const tellingOf = (tell: (text: string) => Error): ActionNode =>
      orderNode(async (context) => {
        const value = (await context.credential())?.reveal();
        const id = await order(context);
        if (value?.type === "bearer") throw tell(write(value.token));
        return id;
      });
    const inDetails = tellingOf(
      (body) => new NodeFailure({ kind: "fatal", code: "refused", message: "No.", details: { answer: { body } } }),
    );
    expect(await codes(inDetails)).toEqual(["case_failed", "secret_leaked"]);
    // Taken out by `defineNode`.
    const inCause = tellingOf((text) => new Error("outer", { cause: new Error("middle", { cause: new Error(text) }) }));
    expect(await codes(inCause)).toEqual(["case_failed"]);
  });

  test("looks at every type of credential that the node takes", async () => {
    const node = defineNode({
      ...info,
      credentials: ["bearer", "apiKey"],
      async execute(context) {
        const value = (await context.credential())?.reveal();
        const answer = await order(context);
        return value?.type === "apiKey" ? { id: value.key } : answer;
      },
    });
    expect(await codes(node)).toEqual(["secret_leaked"]);
  });

  test("finds a node that goes out by another door", async () => {
    const bypassing = orderNode(async (context) => {
      await globalThis.fetch("http://127.0.0.1:9/").catch(() => undefined);
      return order(context);
    });
    expect(await codes(bypassing)).toEqual(["door_bypassed"]);
    expect(String(globalThis.fetch)).not.toContain("taken");
  });

  test("finds a node that is deaf in its second call, or while it waits by itself", async () => {
    const second = orderNode(async (context) => {
      await order(context);
      return answerOf(await context.fetch("http://acme.test/orders/O-1"));
    });
    const waiting = orderNode(async (context) => {
      await new Promise((resolve) => setTimeout(resolve, 100));
      return order(context);
    });
    expect([await codes(second), await codes(waiting)]).toEqual([["cancellation_ignored"], ["cancellation_ignored"]]);
  });

  test("finds a node that goes on when it is told to stop", async () => {
    const deaf = orderNode(({ params: { item }, key, fetch }) =>
      fetch("http://acme.test/orders", { method: "POST", headers: { "idempotency-key": key }, body: item }).then(
        answerOf,
      ),
    );
    expect(await codes(deaf)).toEqual(["cancellation_ignored"]);
  });

  test("finds params that nobody looks at", async () => {
    const { manifest } = orderNode(order);
    const careless: ActionNode = {
      manifest,
      execute: () => Promise.resolve({ type: "output", port: "out", value: { id: "O-1" } }),
    };
    expect(await codes(careless)).toEqual(["params_unchecked"]);
  });
});

describe("a durable node", () => {
  const trip = defineNode({
    ...info,
    type: "acme.trip",
    durable: true,
    output: z.object({ flight: z.string(), hotel: z.string(), paid: z.boolean() }),
    async execute({ step, wait, fetch }) {
      const book = (what: string) =>
        step(what, async ({ key, signal }) => {
          const headers = { "idempotency-key": key };
          const response = await fetch(`http://acme.test/${what}`, { method: "POST", headers, signal });
          return (await answerOf(response)).id;
        });
      const flight = await book("flight");
      await wait({ for: "1h" });
      const { outcome } = await wait({ name: "paid", event: "trip/paid", timeout: "2d" });
      return { flight, hotel: await book("hotel"), paid: outcome !== "timeout" };
    },
  });
  const steps = ["flight", "wait", "paid", "hotel"];

  test.each([
    { at: "before", step: "flight", sent: 2 },
    { at: "during", step: "flight", sent: 3 },
    { at: "after", step: "flight", sent: 2 },
    { at: "before", step: "hotel", sent: 2 },
    { at: "during", step: "hotel", sent: 3 },
    { at: "after", step: "hotel", sent: 2 },
    { at: "during", step: "main", sent: 2 },
  ] as const)("ends alike when its process dies $at $step", async ({ at, step, sent }) => {
    const result = await testNode(trip, { params, target, waits: { paid: {} }, crashes: [{ at, step }] });
    expect(result).toMatchObject({ output: { flight: "O-1", hotel: "O-1", paid: true }, passages: 4 });
    expect(Object.keys(result.steps)).toEqual(steps);
    expect(result.requests).toHaveLength(sent);
    expect(new Set(result.requests.map(({ headers }) => headers["idempotency-key"])).size).toBe(2);
  });

  test("keeps the contract", async () => {
    expect(await checkNode(trip, { cases: [{ params, target, waits: { paid: "timeout" } }] })).toEqual([]);
  });

  test("says how its waits have to be answered, and where it never came", async () => {
    await expect(testNode(trip, { params, target })).rejects.toThrow(/waits \(“paid”\)/);
    const crashes = [{ at: "before", step: "train" }] as const;
    await expect(testNode(trip, { params, target, waits: { paid: "timeout" }, crashes })).rejects.toThrow(/never came/);
  });

  test("waits in a flow, and is tried again there", async () => {
    const flow = {
      dsl: 1,
      id: "trip",
      name: "Trip",
      triggers: [{ type: "call" }],
      nodes: {
        trip: { type: "acme.trip", params: { item: "Lviv" } },
        done: { type: "end", params: { output: "{{ nodes.trip }}" } },
      },
      edges: [
        { from: "start", to: "trip" },
        { from: "trip", to: "done" },
      ],
    };
    let resets = 0;
    const flaky: Target = (request) => (request.url.endsWith("hotel") && resets++ === 0 ? "reset" : target(request));
    const run = await testFlow({ flow, nodes: [trip], target: flaky });
    expect(run.requests).toHaveLength(1);
    await run.advance("1h");
    await run.send("trip/paid", {});
    expect(run.requests.map(({ url }) => url.split("/").at(-1))).toEqual(["flight", "hotel", "hotel"]);
    expect(run).toMatchObject({ status: "completed", output: { flight: "O-1", hotel: "O-1", paid: true } });
  });

  test("is refused in a flow that is not valid", async () => {
    await expect(testFlow({ flow: { dsl: 1 }, nodes: [trip] })).rejects.toThrow(/not valid/);
  });
});

describe("a node that asks people", () => {
  const pay = defineNode({
    ...info,
    type: "acme.pay",
    durable: true,
    output: z.object({ paid: z.int(), by: z.string() }),
    async execute({ step, wait }) {
      const { outcome, data, by } = await wait({
        inbox: {
          title: "Pay 40?",
          assignTo: { roles: ["manager"] },
          form: { type: "object", properties: { amount: { type: "integer" } }, required: ["amount"] },
          prefill: { amount: 40 },
          reasonFor: ["no"],
        },
        outcomes: [{ outcome: "yes", title: "Pay" }, { outcome: "no" }],
        timeout: "2d",
      });
      const { amount } = z.object({ amount: z.int() }).parse(data ?? { amount: 0 });
      const paid = outcome === "yes" ? await step("pay", () => amount) : 0;
      return { paid, by: z.object({ id: z.string() }).safeParse(by).data?.id ?? "nobody" };
    },
  });

  test.each([
    [{ outcome: "yes" }, { paid: 40, by: "tester" }],
    [
      { outcome: "yes", data: { amount: 30 }, by: "ada" },
      { paid: 30, by: "ada" },
    ],
    [
      { outcome: "no", comment: "Not today." },
      { paid: 0, by: "tester" },
    ],
    ["timeout" as const, { paid: 0, by: "nobody" }],
  ])("is answered by the test: %j", async (answer, output) => {
    expect(await testNode(pay, { params, waits: { wait: answer } })).toMatchObject({ output });
  });

  test.each([
    [{ outcome: "yes", data: { amount: "much" } }, /does not fit its form: \/amount/],
    [{ outcome: "yes", data: "much" }, /does not fit its form: it/],
    [{ outcome: "no" }, /takes a reason/],
    [{ outcome: "perhaps" }, /no outcome “perhaps”/],
  ])("is not answered by what people could not answer: %j", async (answer, why) => {
    await expect(testNode(pay, { params, waits: { wait: answer } })).rejects.toThrow(why);
  });

  test("is decided in a flow", async () => {
    const flow = {
      dsl: 1,
      id: "pay",
      name: "Pay",
      triggers: [{ type: "call" }],
      nodes: {
        pay: { type: "acme.pay", params: { item: "pen" } },
        done: { type: "end", params: { output: "{{ nodes.pay }}" } },
      },
      edges: [
        { from: "start", to: "pay" },
        { from: "pay", to: "done" },
      ],
    };
    const run = await testFlow({ flow, nodes: [pay] });
    expect(run.status).toBe("waiting");
    await run.decide("pay", "yes", { amount: 7 });
    expect(run).toMatchObject({ status: "completed", output: { paid: 7, by: "tester" } });
  });
});

describe("a node that runs flows", () => {
  const ship = defineNode({
    ...info,
    type: "acme.ship",
    durable: true,
    output: z.object({ parcels: z.array(z.string()), failed: z.int() }),
    async execute({ params: { item }, runFlow }) {
      const parcels: string[] = [];
      let failed = 0;
      for (const part of ["first", "second"]) {
        const result = await runFlow(part, { flow: "packs", input: { item, part } });
        if (result.status === "completed") parcels.push(z.string().parse(result.output));
        else failed += 1;
      }
      return { parcels, failed };
    },
  });

  test("is told how they end", async () => {
    const error = { kind: "fatal", code: "too_heavy", message: "Too heavy." } as const;
    const runs = {
      first: { status: "completed", output: "P-1" },
      second: { status: "failed", error },
    } as const;
    expect(await testNode(ship, { params, runs })).toMatchObject({ output: { parcels: ["P-1"], failed: 1 } });
    await expect(testNode(ship, { params })).rejects.toThrow(/runs the flow “packs” \(“first”\)/);
  });

  test("keeps the contract", async () => {
    const done = { status: "completed", output: "P-1" } as const;
    expect(await checkNode(ship, { cases: [{ params, target, runs: { first: done, second: done } }] })).toEqual([]);
  });

  test("runs them in a flow", async () => {
    const document = (id: string, nodes: object, ...edges: readonly object[]): object => ({
      dsl: 1,
      id,
      name: id,
      triggers: [{ type: "call" }],
      nodes,
      edges,
    });
    const flow = document(
      "ships",
      {
        ship: { type: "acme.ship", params: { item: "pen" } },
        done: { type: "end", params: { output: "{{ nodes.ship }}" } },
      },
      { from: "start", to: "ship" },
      { from: "ship", to: "done" },
    );
    const packs = document(
      "packs",
      { done: { type: "end", params: { output: "{{ input.item }}, the {{ input.part }}" } } },
      { from: "start", to: "done" },
    );
    const run = await testFlow({ flow, nodes: [ship], flows: [packs] });
    expect(run).toMatchObject({
      status: "completed",
      output: { parcels: ["pen, the first", "pen, the second"], failed: 0 },
    });
  });
});

test("a node reads files that a test hands it", async () => {
  const content = Buffer.from("hello");
  const reads = orderNode(async ({ files, params: given }) => {
    const file = await files.read(given.item);
    return { id: file === undefined ? "none" : `${file.name}: ${Buffer.from(file.content).toString()}` };
  });
  const files = { pen: { name: "pen.txt", type: "text/plain", content } };
  expect((await testNode(reads, { params, files })).output).toEqual({ id: "pen.txt: hello" });
  expect((await testNode(reads, { params: { item: "ink" }, files })).output).toEqual({ id: "none" });
});
