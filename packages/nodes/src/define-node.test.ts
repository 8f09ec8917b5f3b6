import type { JsonObject } from "@holdfast/dsl";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { actionContext } from "../test/action-context.ts";
import { controlContext } from "../test/control-context.ts";
import { defineControl, defineNode, nodeInfo } from "./define-node.ts";
import { NodeFailure } from "./failure.ts";
import { leave } from "./leave.ts";
import { fail, output } from "./outcome.ts";
import { MemoryCalls } from "./passage/memory-calls.ts";
import { Passage } from "./passage/passage.ts";
import { condition, duration, objectSchemaParam, portName, schemaParam } from "./schema/params.ts";

const info = nodeInfo({
  type: "test.greet",
  version: 1,
  title: "Greet",
  description: "Says hello.",
  icon: "hand",
  category: "action",
  params: z.strictObject({ name: z.string().meta({ "x-label": "Name" }), times: z.int().default(1) }),
  sentence: "Greet {name}",
  examples: [{ title: "One", params: { name: "Olena" } }],
});

describe("the manifest", () => {
  it("comes from the description", () => {
    const { manifest } = defineControl({ ...info, begin: () => output(null) });
    expect(manifest).toEqual({
      type: "test.greet",
      version: 1,
      title: "Greet",
      description: "Says hello.",
      icon: "hand",
      category: "action",
      kind: "control",
      effect: "none",
      params: {
        type: "object",
        properties: {
          name: { type: "string", "x-label": "Name" },
          times: { type: "integer", default: 1, minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER },
        },
        required: ["name"],
        additionalProperties: false,
      },
      ports: [{ name: "out" }],
      output: {},
      sentence: "Greet {name}",
      credentials: [],
      examples: [{ title: "One", params: { name: "Olena" } }],
    });
  });

  it("carries the hints of the building blocks, and no others", () => {
    const params = z.strictObject({
      d: duration(),
      c: condition(["event"]),
      p: portName("timeout"),
      s: schemaParam().optional(),
      o: objectSchemaParam().optional(),
    });
    const { manifest } = defineControl({ ...info, params, begin: () => output(null) });
    expect(manifest.params).toMatchObject({
      properties: {
        d: { type: "string", "x-duration": true },
        c: { type: "string", "x-expression": "condition", "x-roots": ["event"] },
        p: { type: "string", "x-literal": true, not: { enum: ["error", "timeout"] } },
        s: { type: "object", "x-literal": true },
        o: { type: "object", "x-literal": true, properties: { type: { const: "object" } }, required: ["type"] },
      },
      required: ["d", "c", "p"],
    });
  });
});

describe("params", () => {
  const seen: unknown[] = [];
  const node = defineControl({
    ...info,
    begin(params) {
      seen.push(params);
      return output(null);
    },
  });

  it("arrive typed and with their defaults", () => {
    node.begin({ name: "Olena" }, controlContext());
    expect(seen.at(-1)).toEqual({ name: "Olena", times: 1 });
  });

  it("are parsed once for all runs of a plan", () => {
    const params = { name: "Olena" };
    node.begin(params, controlContext());
    const first = seen.at(-1);
    node.begin(params, controlContext());
    expect(seen.at(-1)).toBe(first);
  });

  it.each([
    [{}, "/params/name"],
    [{ name: 1 }, "/params/name"],
    [{ name: "x", "a/b": 1 }, "/params"],
  ])("that don't fit are final: %j", (params: JsonObject, pointer) => {
    expect(node.begin(params, controlContext())).toMatchObject({
      type: "fail",
      error: { kind: "fatal", code: "params_invalid", pointer },
    });
  });
});

it("tells where a schema is of no object, also when nobody has validated it", () => {
  const node = defineControl({
    ...info,
    params: z.strictObject({ o: objectSchemaParam() }),
    begin: () => output(null),
  });
  expect(node.begin({ o: { type: "object" } }, controlContext())).toMatchObject({ type: "output" });
  expect(node.begin({ o: { type: "string" } }, controlContext())).toMatchObject({
    type: "fail",
    error: { kind: "fatal", code: "params_invalid", pointer: "/params/o/type" },
  });
});

describe("an executor that throws", () => {
  it.each([
    ["once", "unknown"],
    ["keyed", "error"],
    ["repeatable", "error"],
  ] as const)("is taken for the worst its effect allows: %s", async (effect, kind) => {
    const node = defineNode({ ...info, effect, execute: () => Promise.reject(new Error("boom")) });
    expect(await node.execute(actionContext({ name: "x" }))).toMatchObject({
      type: "fail",
      error: { kind, code: "node_threw" },
    });
  });

  it.each([
    ["a text", "boom", "boom"],
    ["a record", { code: 7 }, '{"code":7}'],
    ["what can't be shown", Object.create(null, { toJSON: { value: () => BigInt("x") } }), "can't be shown"],
    ["an error with a cause", new Error("outer", { cause: new Error("inner") }), "outer (inner)"],
    ["several errors", new AggregateError([new Error("one"), new Error("two")], "both"), "both (one; two)"],
  ])("is told whatever it throws: %s", async (_, thrown: unknown, words) => {
    const execute = async (): Promise<never> => {
      AbortSignal.abort(thrown).throwIfAborted();
      throw new Error("it was to throw before");
    };
    const node = defineNode({ ...info, execute });
    expect(await node.execute(actionContext({ name: "x" }))).toMatchObject({
      error: { code: "node_threw", message: expect.stringContaining(words) },
    });
  });

  it("has done nothing that is in doubt between the sub-steps of a durable node", async () => {
    const node = defineNode({
      ...info,
      effect: "once",
      durable: true,
      execute: () => Promise.reject(new Error("boom")),
    });
    const { signal, now } = actionContext({ name: "x" });
    const store = new MemoryCalls();
    const passage = new Passage({ keyOf: (call) => call, call: "main", effect: "once", store, signal, now });
    expect(await node.execute(actionContext({ name: "x" }, { passage }))).toMatchObject({ error: { kind: "error" } });
  });

  it("is told what makes a node durable when it calls for sub-steps", async () => {
    const node = defineNode({
      ...info,
      execute: async (context) => {
        if ("wait" in context && typeof context.wait === "function") await context.wait({ for: "1h" });
        return output(null);
      },
    });
    expect(await node.execute(actionContext({ name: "x" }))).toMatchObject({
      error: { kind: "fatal", code: "not_durable", message: expect.stringContaining("durable: true") },
    });
  });

  it("does not give its credential away", async () => {
    const node = defineNode({
      ...info,
      async execute({ credential }) {
        const value = (await credential())?.reveal();
        throw new Error(`The target did not like ${value?.type === "bearer" ? value.token : "?"}`);
      },
    });
    const outcome = await node.execute(
      actionContext({ name: "x" }, { credential: { type: "bearer", token: "canary-123456" } }),
    );
    expect(outcome).toMatchObject({
      type: "fail",
      error: { message: "The node broke: The target did not like [secret]" },
    });
  });
});

describe("outputs that are zod schemas", () => {
  const greeting = { ...info, type: "test.greeting", output: z.object({ text: z.string() }) };

  it("become the manifest's, and the type of what `execute` gives", async () => {
    const node = defineNode({ ...greeting, execute: async ({ params }) => ({ text: `Hello, ${params.name}!` }) });
    expect(node.manifest.output).toEqual({
      out: {
        type: "object",
        properties: { text: { type: "string" } },
        required: ["text"],
        additionalProperties: false,
      },
    });
    expect(await node.execute(actionContext({ name: "Olena" }))).toEqual(output({ text: "Hello, Olena!" }));
  });

  it("are ports, where there are several", async () => {
    const node = defineNode({
      ...info,
      output: { yes: z.object({ at: z.string() }), no: z.object({ reason: z.string() }) },
      execute: async ({ params }) =>
        params.times > 1 ? leave("yes", { at: "noon" }) : leave("no", { reason: "once" }),
    });
    expect(node.manifest.ports).toEqual([{ name: "yes" }, { name: "no" }]);
    expect(await node.execute(actionContext({ name: "x" }))).toEqual(output({ reason: "once" }, "no"));
    expect(await node.execute(actionContext({ name: "x", times: 2 }))).toEqual(output({ at: "noon" }, "yes"));
  });

  it("may leave fields undefined, and say where something is no JSON", async () => {
    const open = { ...info, output: z.object({ text: z.unknown(), more: z.string().optional() }) };
    const giving = (text: unknown) => defineNode({ ...open, execute: async () => ({ text, more: undefined }) });
    expect(await giving("hi").execute(actionContext({ name: "x" }))).toEqual(output({ text: "hi" }));
    for (const [text, why] of [
      [new Map(), "/text is a Map: give a plain object"],
      [[1, 2n], "/text/1 is a bigint"],
      [[undefined], "/text/0 is undefined"],
      [Number.NaN, "/text is NaN"],
    ] as const) {
      expect(await giving(text).execute(actionContext({ name: "x" }))).toMatchObject({
        error: { kind: "fatal", code: "output_invalid", message: expect.stringContaining(why) },
      });
    }
  });

  it("are kept to", async () => {
    const node = defineNode({ ...greeting, execute: async () => JSON.parse('{"text":1}') });
    expect(await node.execute(actionContext({ name: "x" }))).toMatchObject({
      type: "fail",
      error: { kind: "fatal", code: "output_invalid", pointer: "/text" },
    });
  });
});

it("fails as the node says that throws a failure", async () => {
  const error = { kind: "error", code: "busy", message: "Busy.", retryAfter: 5_000 } as const;
  const node = defineNode({ ...info, execute: () => Promise.reject(new NodeFailure(error)) });
  expect(await node.execute(actionContext({ name: "x" }))).toEqual({ type: "fail", error });
});

it("keeps of a failure what can be kept, and takes no failure for one that says nothing", async () => {
  const failing = (error: unknown, by: "throw" | "answer") =>
    defineNode({
      ...info,
      execute: async () => {
        const failure = new NodeFailure(JSON.parse("{}", () => error));
        if (by === "throw") throw failure;
        return fail(failure.error);
      },
    }).execute(actionContext({ name: "x" }));
  const told = { kind: "error", code: "busy", message: "Busy." };
  const circle: { inner?: object } = {};
  circle.inner = circle;
  for (const by of ["throw", "answer"] as const) {
    for (const more of [{ retryAfter: Number.NaN }, { retryAfter: -1 }, { details: circle }, { details: 1n }]) {
      expect(await failing({ ...told, ...more }, by)).toEqual({ type: "fail", error: told });
    }
    expect(await failing({ kind: "oops", code: "busy", message: "Busy." }, by)).toMatchObject({
      error: { kind: "error", code: "node_threw" },
    });
  }
  expect(await failing({ kind: "oops" }, "throw")).toMatchObject({
    error: { message: expect.stringContaining("its kind being error, fatal, timeout, unknown") },
  });
});

it("gives no outcome on that can't be kept", async () => {
  const circle: { inner?: object } = {};
  circle.inner = circle;
  const node = defineNode({ ...info, execute: async () => output(JSON.parse("{}", () => circle)) });
  expect(await node.execute(actionContext({ name: "x" }))).toMatchObject({
    error: { kind: "fatal", code: "output_invalid", pointer: "/inner" },
  });
});

it("keeps what a durable node does in its passage", async () => {
  const node = defineNode({
    ...info,
    durable: true,
    output: z.object({ sum: z.int() }),
    execute: async ({ step }) => ({ sum: (await step("one", () => 1)) + (await step("two", () => 2)) }),
  });
  expect(node.manifest.durable).toBe(true);
  const store = new MemoryCalls();
  const { signal, now } = actionContext({ name: "x" });
  const passage = new Passage({ keyOf: (call) => call, call: "main", effect: "none", store, signal, now });
  expect(await node.execute(actionContext({ name: "x" }, { passage }))).toEqual(output({ sum: 3 }));
  expect([...store.records.keys()]).toEqual(["one", "two"]);
  expect(await node.execute(actionContext({ name: "x" }))).toMatchObject({ error: { code: "node_threw" } });
});
