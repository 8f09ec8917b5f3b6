/** A node type of a package gets another version while flows, drafts and runs use the one before. */
import { changesBetween, type FlowDocument, type Json, type JsonObject, parseFlow } from "@holdfast/dsl";
import { type ActionNode, defineNode } from "@holdfast/nodes";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { NodeTypes } from "../src/host/node-registry.ts";
import { Problem } from "../src/problem/problem.ts";
import { edges, SYSTEM_CALLER } from "./support/host-fixture.ts";
import { RpcFixture } from "./support/rpc-fixture.ts";

const info = {
  type: "acme.greet",
  title: "Greet",
  description: "Says hello.",
  icon: "hand",
  category: "action",
  effect: "repeatable",
  output: z.string(),
  examples: [],
} as const;

const first: ActionNode = defineNode({
  ...info,
  version: 1,
  params: z.strictObject({ name: z.string() }),
  sentence: "Greet {name}",
  execute: async ({ params }) => `Hello, ${params.name}`,
});

const second: ActionNode = defineNode({
  ...info,
  version: 2,
  params: z.strictObject({ person: z.string(), polite: z.boolean() }),
  sentence: "Greet {person}",
  migrate: {
    1: ({ name = "", ...rest }) => {
      if (name === "nobody") throw new Error("nobody can't be greeted");
      return { ...rest, person: name, polite: true };
    },
  },
  execute: async ({ params }) => `Good day, ${params.person}`,
});

const registry = new NodeTypes();
let rpc: RpcFixture;

beforeAll(async () => {
  registry.put("./one", [first]);
  rpc = await RpcFixture.create({ registry });
  await rpc.hosts.publish(greets({ name: "Ada" }));
});
afterAll(() => rpc[Symbol.asyncDispose]());

const greets = (params: JsonObject): JsonObject & { id: string } => ({
  dsl: 1,
  id: "greets",
  name: "Greets",
  triggers: [{ type: "call" }],
  nodes: {
    pause: { type: "sleep", params: { for: "1h" } },
    greet: { type: "acme.greet", params },
    done: { type: "end", params: { output: "{{ nodes.greet }}" } },
  },
  edges: edges("start>pause", "pause>greet", "greet>done"),
});

async function draft(): Promise<{ readonly revision: number; readonly document: FlowDocument }> {
  const developer = await rpc.as("Dev", ["developer"]);
  const { document, revision } = await developer.drafts.open({ flow: "greets" });
  const parsed = parseFlow(document);
  if (!parsed.ok) throw new Error("the draft can't be read");
  return { revision, document: parsed.flow };
}

async function publish(): Promise<{ readonly version: number; readonly created: boolean }> {
  const { revision } = await draft();
  return rpc.hosts.services.publishDraft(SYSTEM_CALLER, "greets", { revision });
}

const problemOf = (error: unknown): Problem | undefined => {
  const cause = error instanceof Error && error.cause instanceof Problem ? error.cause : error;
  return cause instanceof Problem ? cause : undefined;
};

const usesOf = async (): Promise<Json> => (await draft()).document.uses?.["acme.greet"] ?? null;

test("a run, its flow and the draft keep the version that they began with", async () => {
  const run = await rpc.hosts.begin("greets");
  await rpc.hosts.settled(run, "waiting");
  registry.put("./two", [second]);

  const developer = await rpc.as("Dev", ["developer"]);
  const versions = (await developer.nodeTypes.list()).filter(({ type }) => type === "acme.greet");
  expect(versions.map(({ version }) => version)).toEqual([2, 1]);
  expect(await usesOf()).toBe(1);
  expect(await publish()).toMatchObject({ version: 1, created: false });

  await rpc.hosts.advance(3_600_000);
  expect(await rpc.hosts.ended(run)).toMatchObject({ status: "completed", output: "Hello, Ada" });
});

test("publishing tells of the newer one, and what to do about it", async () => {
  const { document } = await draft();
  const { warnings } = await rpc.hosts.services.publishFlow(SYSTEM_CALLER, "greets", document);
  expect(warnings).toMatchObject([
    {
      code: "newer_node_version",
      pointer: "/uses/acme.greet",
      message: "“acme.greet” is used in version 1, and version 2 is installed.",
      hint: expect.stringContaining("Use version 2"),
    },
  ]);
});

test("a document that asks for no version means the newest, and is told where it does not fit that", async () => {
  const published = rpc.hosts.services.publishFlow(SYSTEM_CALLER, "greets", greets({ name: "Ada" }));
  await expect(published).rejects.toMatchObject({
    code: "invalid_flow",
    issues: expect.arrayContaining([
      expect.objectContaining({ code: "unknown_param", pointer: "/nodes/greet/params/name" }),
      expect.objectContaining({ code: "missing_param", pointer: "/nodes/greet/params" }),
    ]),
  });
});

test("the migration is shown before anything is changed", async () => {
  const developer = await rpc.as("Dev", ["developer"]);
  const before = await draft();
  const params = { "/nodes/greet/params": { name: "{{ run.id }}" } };
  expect(await developer.nodeTypes.migrate({ type: "acme.greet", from: 1, params })).toEqual({
    version: 2,
    params: { "/nodes/greet/params": { person: "{{ run.id }}", polite: true } },
  });
  expect(await draft()).toEqual(before);
});

test.each([
  [{ type: "acme.nothing", from: 1, params: {} }, "unknown_node_type", "/type"],
  [{ type: "acme.greet", from: 2, params: {} }, "no_newer_version", "/from"],
  [
    { type: "acme.greet", from: 1, params: { "/nodes/a/params": { name: "nobody" } } },
    "migration_failed",
    "/nodes/a/params",
  ],
])("what can't be migrated is refused: %j", async (nodes, code, pointer) => {
  const developer = await rpc.as("Dev", ["developer"]);
  const refused = await developer.nodeTypes.migrate(nodes).catch((error: unknown) => error);
  expect(problemOf(refused)).toMatchObject({ code, pointer });
});

test("a draft that was migrated is published with the newer one; what runs stays where it is", async () => {
  const old = await rpc.hosts.begin("greets");
  await rpc.hosts.settled(old, "waiting");
  const developer = await rpc.as("Dev", ["developer"]);
  const { revision, document } = await draft();
  const { params, version } = await developer.nodeTypes.migrate({
    type: "acme.greet",
    from: 1,
    params: { "/nodes/greet/params": document.nodes["greet"]?.params ?? {} },
  });
  const greet = { type: "acme.greet", params: params["/nodes/greet/params"] ?? {} };
  const migrated: FlowDocument = {
    ...document,
    nodes: { ...document.nodes, greet },
    uses: { ...document.uses, "acme.greet": version },
  };
  const changes = [...changesBetween(document, migrated)];
  await developer.drafts.save({ flow: "greets", revision, changes, client: crypto.randomUUID(), seq: 1 });
  expect(await publish()).toMatchObject({ version: 2, created: true });
  expect(await usesOf()).toBe(2);

  const young = await rpc.hosts.begin("greets");
  await rpc.hosts.settled(young, "waiting");
  await rpc.hosts.advance(3_600_000);
  expect(await rpc.hosts.ended(old)).toMatchObject({ output: "Hello, Ada" });
  expect(await rpc.hosts.ended(young)).toMatchObject({ output: "Good day, Ada" });
});

test("a version that is gone keeps a document from being published, and the way on is told", async () => {
  registry.put("./one", []);
  const document = { ...greets({ name: "Ada" }), uses: { "acme.greet": 1 } };
  const refused = await rpc.hosts.services
    .publishFlow(SYSTEM_CALLER, "greets", document)
    .catch((error: unknown) => problemOf(error));
  expect(refused).toMatchObject({
    code: "invalid_flow",
    issues: expect.arrayContaining([
      {
        code: "unknown_node_version",
        pointer: "/uses/acme.greet",
        message: "“acme.greet” is not installed in version 1, which “uses” asks for.",
        hint: expect.stringContaining("Use version 2"),
      },
    ]),
  });
});
