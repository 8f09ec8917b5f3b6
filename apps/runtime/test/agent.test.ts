/** An agent's tools on a real host: with the rights of the flow, in the versions that it pins, and with no secret told. */
import { defineNode } from "@holdfast/nodes";
import type { Json, JsonObject } from "@holdfast/dsl";
import { FAKE_KEY, startOpenAi, type FakeOpenAi, type Reply } from "@holdfast/testkit/openai/server";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { CredentialFixture } from "./support/credential-fixture.ts";
import { edges, SYSTEM_CALLER } from "./support/host-fixture.ts";

const SECRET = "canary/TOOL+of=5&x%1";

/** Made of a sub-step that keeps what no node should keep. */
const leaks = defineNode({
  type: "leaks.secret",
  version: 1,
  title: "Leaks",
  description: "Keeps its credential, and gives it.",
  icon: "key",
  category: "action",
  effect: "repeatable",
  durable: true,
  credentials: ["bearer"],
  params: z.strictObject({}),
  output: z.json(),
  sentence: "Leak",
  examples: [],
  async execute({ credential, step, progress }): Promise<Json> {
    const value = (await credential())?.reveal();
    const token = value?.type === "bearer" ? value.token : "";
    progress(0.5, token);
    return { found: await step("keep", () => ({ token, encoded: encodeURIComponent(token) })) };
  },
});

let world: CredentialFixture;
let provider: FakeOpenAi;

beforeAll(async () => {
  provider = await startOpenAi();
  world = await CredentialFixture.create(() => ({
    ai: { apiKey: FAKE_KEY, baseUrl: provider.url },
    nodeTypes: [leaks],
  }));
  await world.set("shop", { type: "bearer", token: SECRET });
  await world.set("other", { type: "bearer", token: `${SECRET}-2` }, { flows: ["another"] });
});
beforeEach(() => void (world.seen.length = 0));
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  await provider[Symbol.asyncDispose]();
});

const use = (name: string, input: unknown = {}): Reply => ({ kind: "tools", calls: [{ name, arguments: input }] });
const say = (text: string): Reply => ({ kind: "text", text });

async function publish(id: string, tool: JsonObject): Promise<void> {
  await world.hosts.publish({
    id,
    nodes: {
      agent: {
        type: "ai.agent",
        params: { prompt: "Do it.", maxTurns: 4, tools: [{ name: "act", description: "Does it.", ...tool }] },
        retry: { maxAttempts: 2, initialInterval: "10ms" },
      },
      done: { type: "end", params: { output: "{{ nodes.agent }}" } },
    },
    edges: edges("start>agent", "agent>done"),
  });
}

/** All that is kept of runs, and what the model was asked. */
async function everything(): Promise<string> {
  const tables = ["steps", "runs", "payloads", "step_progress", "waits", "tasks", "incidents", "intents"];
  const rows = await Promise.all(
    tables.map((table) => world.pool.query(`select t::text as row from holdfast.${table} t`)),
  );
  return JSON.stringify([rows.map(({ rows: found }) => found), provider.requests, world.logs]);
}

test("a tool's credential goes to its service, and is told to nobody", async () => {
  world.answers.set("/echo", (headers, response) =>
    response
      .writeHead(200, { "content-type": "application/json", "x-echo": String(headers.authorization) })
      .end(JSON.stringify({ you: headers.authorization })),
  );
  await publish("echoes", { http: { url: `${world.url}/echo`, credential: "shop" } });
  provider.script(use("act"), say("Done."));
  expect(await world.hosts.run("echoes")).toMatchObject({
    status: "completed",
    output: { toolCalls: [{ status: "done" }] },
  });
  expect(world.seen.map(({ authorization }) => authorization)).toEqual([`Bearer ${SECRET}`]);
  const kept = await everything();
  expect(kept).not.toContain(SECRET);
  expect(kept).toContain("[secret]");
});

test("a node as a tool keeps no secret in its own sub-steps either", async () => {
  await publish("leaks", { node: { type: "leaks.secret", credential: "shop" } });
  provider.script(use("act"), say("Done."));
  expect(await world.hosts.run("leaks")).toMatchObject({
    status: "completed",
    output: { toolCalls: [{ status: "done" }] },
  });
  const kept = await everything();
  expect(kept).toContain("tool-1-1/act/keep");
  for (const form of [SECRET, encodeURIComponent(SECRET)]) expect(kept).not.toContain(form);
});

test("a credential that the flow is not granted stops the step, and nothing is sent", async () => {
  await publish("denied", { http: { url: `${world.url}/`, credential: "other" } });
  provider.script(use("act"), say("Done."));
  const run = await world.hosts.begin("denied");
  const incident = await world.hosts.until(async () => {
    const { rows } = await world.pool.query<{ id: string; code: string }>(
      "select id, error ->> 'code' as code from holdfast.incidents where run = $1",
      [run],
    );
    return rows[0];
  }, "an incident");
  expect(incident.code).toBe("credential_not_granted");
  expect(world.seen).toEqual([]);
  await world.vault.grant(SYSTEM_CALLER, "other", { flows: ["another", "denied"] });
  await world.hosts.services.resolveIncident(SYSTEM_CALLER, { incident: incident.id, action: "retry" });
  expect(await world.hosts.ended(run)).toMatchObject({ status: "completed", output: { turns: 2 } });
});

test("the types that tools call are pinned with the flow", async () => {
  const { rows } = await world.pool.query<{ types: string[]; uses: Json }>(
    `select array(select jsonb_object_keys(v.manifests::jsonb) order by 1) as types, v.document::jsonb -> 'uses' as uses
       from holdfast.flow_versions v join holdfast.flows f on f.ref = v.flow where f.id = any('{echoes,leaks}') order by f.id`,
  );
  expect(rows).toEqual([
    { types: ["ai.agent", "end", "http.request"], uses: { "ai.agent": 1, end: 1, "http.request": expect.any(Number) } },
    { types: ["ai.agent", "end", "leaks.secret"], uses: { "ai.agent": 1, end: 1, "leaks.secret": 1 } },
  ]);
});

test("a flow as a tool gets what fits its input, or the model is told", async () => {
  await world.hosts.publish({
    id: "doubles",
    input: { type: "object", properties: { n: { type: "integer" } }, required: ["n"], additionalProperties: false },
    nodes: { done: { type: "end", params: { output: "{{ input.n * 2 }}" } } },
    edges: edges("start>done"),
  });
  await publish("asks-flow", { flow: { flow: "doubles" } });
  provider.script(use("act", { n: "four" }), use("act", { n: 4 }), say("Eight."));
  expect(await world.hosts.run("asks-flow")).toMatchObject({
    output: { answer: "Eight.", toolCalls: [{ status: "denied" }, { status: "done", arguments: { n: 4 } }] },
  });
  const [{ messages } = { messages: [] }] = provider.requests.slice(-1);
  expect(messages.at(-1)?.text).toContain('"data":8');
});

test("a flow as a tool that is not there stops the step until it is", async () => {
  await publish("asks-nobody", { flow: { flow: "to-come" } });
  provider.script(use("act"), say("Done."));
  const run = await world.hosts.begin("asks-nobody");
  const id = await world.hosts.until(async () => {
    const { rows } = await world.pool.query<{ id: string }>("select id from holdfast.incidents where run = $1", [run]);
    return rows[0]?.id;
  }, "an incident");
  await world.hosts.publish({
    id: "to-come",
    nodes: { done: { type: "end", params: { output: "here" } } },
    edges: edges("start>done"),
  });
  await world.hosts.services.resolveIncident(SYSTEM_CALLER, { incident: id, action: "retry" });
  expect(await world.hosts.ended(run)).toMatchObject({
    status: "completed",
    output: { toolCalls: [{ status: "done" }] },
  });
});

test("an agent that is tried out uses no tools", async () => {
  provider.script(use("act"), say("I can't."));
  const tools = [
    { name: "act", description: "Does it.", http: { method: "POST", url: `${world.url}/`, credential: "shop" } },
  ];
  await publish("tried", { http: { url: `${world.url}/` } });
  const tried = await world.hosts.services.tryOut(SYSTEM_CALLER, {
    flow: "tried",
    node: "agent",
    type: "ai.agent",
    params: { prompt: "Do it.", tools, maxTurns: 3 },
  });
  expect(tried).toMatchObject({ value: { answer: "I can't.", toolCalls: [{ status: "denied" }] } });
  expect(world.seen).toEqual([]);
});
