import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import type { DocumentChange, JsonObject } from "@holdfast/dsl";
import { edges, SYSTEM_CALLER } from "../../test/support/host-fixture.ts";
import { type RpcCaller, RpcFixture } from "../../test/support/rpc-fixture.ts";
import { Problem } from "../problem/problem.ts";

let rpc: RpcFixture;
let ann: RpcCaller;
let bob: RpcCaller;

beforeAll(async () => {
  rpc = await RpcFixture.create();
  ann = await rpc.as("Ann");
  bob = await rpc.as("Bob", ["developer"]);
});
afterAll(() => rpc[Symbol.asyncDispose]());

const set = (
  path: readonly string[],
  before: DocumentChange["before"],
  after: DocumentChange["after"],
): DocumentChange => ({
  path,
  ...(before === undefined ? {} : { before }),
  ...(after === undefined ? {} : { after }),
});

const node = (value: number): JsonObject => ({ type: "data.set", params: { values: { value } } });

/** A flow that works, with one node that gives `value`. */
const flow = (id: string, value = 1, more: JsonObject = {}): JsonObject & { readonly id: string } => ({
  id,
  dsl: 1,
  name: id,
  triggers: [{ type: "call" }],
  nodes: { one: node(value) },
  edges: edges("start>one", "one>end"),
  ...more,
});

/** An event of a subscription, with the id by which it goes on. */
const told = z.tuple([z.string(), z.unknown()]).rest(z.unknown());

async function problemOf(call: Promise<unknown>): Promise<Problem> {
  try {
    await call;
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    if (cause instanceof Problem) return cause;
    throw error;
  }
  throw new Error("it went well");
}

describe("a new flow", () => {
  test("is empty, is listed with its draft, and belongs to who made it", async () => {
    const { id } = await ann.flows.create({ name: "Повернення коштів" });
    expect(id).toBe("povernennya-koshtiv");
    const draft = await ann.drafts.open({ flow: id });
    expect(draft).toMatchObject({
      revision: 0,
      baseVersion: null,
      base: null,
      document: { id, nodes: {}, triggers: [{ type: "call" }] },
    });
    const rows = await bob.flows.list();
    expect(rows.find((row) => row.id === id)).toMatchObject({
      name: "Повернення коштів",
      liveVersion: null,
      versionCount: 0,
      draft: { editedBy: { name: "Ann" } },
      owner: { name: "Ann" },
      week: [0, 0, 0, 0, 0, 0, 0],
    });
  });

  test("of a document whose id is taken gets a number; what is no document is refused with every problem", async () => {
    const document = flow("imported");
    expect(await ann.flows.create({ document })).toEqual({ id: "imported" });
    expect(await ann.flows.create({ document })).toEqual({ id: "imported-2" });
    expect((await ann.drafts.open({ flow: "imported-2" })).document.id).toBe("imported-2");
    const problem = await problemOf(ann.flows.create({ document: { ...document, name: "", nodez: 1 } }));
    expect(problem).toMatchObject({ status: 422, code: "invalid_document" });
    expect(problem.issues.length).toBeGreaterThan(1);
  });

  test("can be a copy", async () => {
    await ann.flows.create({ document: flow("original", 7) });
    const { id } = await bob.flows.duplicate({ id: "original", name: "Another one" });
    expect(await bob.drafts.open({ flow: id })).toMatchObject({
      document: { id, name: "Another one", nodes: { one: node(7) } },
    });
  });
});

describe("two people on one draft", () => {
  test("get each other's changes, and at one place the first one's stays", async () => {
    await ann.flows.create({ document: flow("shared") });
    const value = ["nodes", "one", "params", "values", "value"];
    const [first, second] = await Promise.all([
      ann.drafts.save({
        flow: "shared",
        revision: 0,
        client: "a",
        seq: 1,
        changes: [set(value, 1, 2), set(["description"], undefined, "Ann was here")],
      }),
      bob.drafts.save({
        flow: "shared",
        revision: 0,
        client: "b",
        seq: 1,
        changes: [set(value, 1, 3), set(["nodes", "two"], undefined, node(9))],
      }),
    ]);
    const [winner, loser] = first.revision === 1 ? [first, second] : [second, first];
    expect(winner).toMatchObject({ revision: 1, others: [], conflicts: [] });
    const kept = winner === first ? 2 : 3;
    expect(loser).toMatchObject({ revision: 2, conflicts: [{ found: kept, change: { path: value } }], reopen: false });
    expect(loser.others).toHaveLength(2);
    expect([winner.earlier, loser.earlier]).toEqual([0, 2]);
    expect(loser.conflicts[0]?.by).toMatchObject({
      id: (await rpc.person(winner === first ? "Ann" : "Bob")).person.id,
    });
    expect((await ann.drafts.open({ flow: "shared" })).document).toMatchObject({
      description: "Ann was here",
      nodes: { one: node(kept), two: node(9) },
    });
  });

  test("twenty at once lose nothing", async () => {
    await ann.flows.create({ document: flow("crowd") });
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        (index % 2 === 0 ? ann : bob).drafts.save({
          flow: "crowd",
          revision: 0,
          client: `page-${index}`,
          seq: 1,
          changes: [set(["nodes", `n${index}`], undefined, node(index))],
        }),
      ),
    );
    const draft = await ann.drafts.open({ flow: "crowd" });
    expect(draft.revision).toBe(20);
    expect(Object.keys(draft.document.nodes)).toHaveLength(21);
  });
});

describe("saving", () => {
  test("again what was saved, since the answer was lost, changes nothing and answers the same", async () => {
    await ann.flows.create({ document: flow("lost") });
    const save = {
      flow: "lost",
      revision: 0,
      client: "a",
      seq: 1,
      changes: [set(["name"], "lost", "found"), set(["description"], "never there", "no")],
    };
    const answered = await ann.drafts.save(save);
    expect(answered).toMatchObject({ revision: 1, conflicts: [{ missing: true, found: null }] });
    await bob.drafts.save({
      flow: "lost",
      revision: 1,
      client: "b",
      seq: 1,
      changes: [set(["name"], "found", "kept")],
    });
    const again = await ann.drafts.save(save);
    expect(again).toMatchObject({
      revision: 2,
      conflicts: answered.conflicts,
      others: [{ after: "kept" }],
      earlier: 0,
    });
    expect((await ann.drafts.open({ flow: "lost" })).document.name).toBe("kept");
  });

  test.each([
    ["a field nobody knows", [set(["nodes", "one", "color"], undefined, "red")], "invalid_document"],
    ["another id", [set(["id"], "refused", "other")], "flow_id_fixed"],
  ] as const)("%s is not stored", async (_, changes, code) => {
    await ann.flows.create({ document: flow("refused") }).catch(() => undefined);
    const call = ann.drafts.save({ flow: "refused", revision: 0, client: "a", seq: 1, changes: [...changes] });
    expect((await problemOf(call)).code).toBe(code);
    expect((await ann.drafts.open({ flow: "refused" })).revision).toBe(0);
  });

  test("is not for viewers, and not for flows of nowhere", async () => {
    const viewer = await rpc.as("Vic", ["viewer"]);
    const save = { flow: "nowhere", revision: 0, client: "v", seq: 1, changes: [] };
    expect((await problemOf(viewer.drafts.save(save))).code).toBe("missing_role");
    expect((await problemOf(ann.drafts.save(save))).code).toBe("flow_not_found");
  });
});

describe("publishing a draft", () => {
  const tests = (expected: number): JsonObject => ({
    nodes: { one: node(1), last: { type: "end", params: { output: "{{ nodes.one.value }}" } } },
    edges: edges("start>one", "one>last"),
    tests: [{ name: "gives it", input: {}, expect: { status: "completed", output: expected } }],
  });

  test("runs its scenarios first: a failing one refuses it, unless despite", async () => {
    await ann.flows.create({ document: flow("tested", 1, tests(2)) });
    const problem = await problemOf(ann.flows.publish({ id: "tested", revision: 0 }));
    expect(problem).toMatchObject({
      status: 422,
      code: "scenarios_failed",
      details: { failed: [{ name: "gives it" }] },
    });
    expect(problem.issues[0]?.pointer).toBe("/tests/0/expect/output");
    expect((await ann.flows.get({ id: "tested" })).live).toBeNull();
    expect(await ann.flows.tryScenarios({ id: "tested" })).toMatchObject({ scenarios: [{ passed: false }] });
    expect(await ann.flows.publish({ id: "tested", revision: 0, despite: true })).toEqual({
      version: 1,
      created: true,
    });
  });

  test("makes a version with a note and a summary, and the draft goes on from it", async () => {
    await ann.flows.create({ document: flow("noted") });
    await ann.flows.publish({ id: "noted", revision: 0, note: "The first one" });
    const draft = await ann.drafts.open({ flow: "noted" });
    expect(draft).toMatchObject({ baseVersion: 1, changes: 0, revision: 1 });
    const saved = await ann.drafts.save({
      flow: "noted",
      revision: 1,
      client: "a",
      seq: 1,
      changes: [set(["nodes", "one", "params", "values", "value"], 1, 5)],
    });
    expect((await ann.flows.list()).find(({ id }) => id === "noted")?.draft).toMatchObject({ changes: 1 });
    expect((await problemOf(ann.flows.publish({ id: "noted", revision: 1 }))).code).toBe("draft_moved");
    await ann.flows.publish({ id: "noted", revision: saved.revision });
    const [second, first] = await ann.flows.versions({ id: "noted" });
    expect(first).toMatchObject({ version: 1, live: false, note: "The first one", summary: [], waitingRuns: 0 });
    expect(second).toMatchObject({ version: 2, live: true, note: null, publishedBy: { name: "Ann" } });
    expect(second?.summary).toEqual(["one: values.value changed from 1 to 5"]);
    expect((await ann.flows.list()).find(({ id }) => id === "noted")?.draft).toBeNull();
  });

  test("of a document with errors tells them all", async () => {
    const { id } = await ann.flows.create({ name: "Nothing in it" });
    expect(await problemOf(ann.flows.publish({ id, revision: 0 }))).toMatchObject({ code: "invalid_flow" });
  });
});

describe("what happens beside the draft", () => {
  test("an unchanged draft follows what the API publishes and what is rolled back to; a changed one keeps its changes", async () => {
    const { services } = rpc.hosts;
    await services.publishFlow(SYSTEM_CALLER, "beside", flow("beside", 1));
    expect(await ann.drafts.open({ flow: "beside" })).toMatchObject({ baseVersion: 1, revision: 0, changes: 0 });
    await services.publishFlow(SYSTEM_CALLER, "beside", flow("beside", 2));
    expect(await ann.drafts.open({ flow: "beside" })).toMatchObject({
      baseVersion: 2,
      document: { nodes: { one: node(2) } },
    });
    await ann.flows.rollBack({ id: "beside", version: 1 });
    const draft = await ann.drafts.open({ flow: "beside" });
    expect(draft).toMatchObject({ baseVersion: 1, document: { nodes: { one: node(1) } } });
    await ann.drafts.save({
      flow: "beside",
      revision: draft.revision,
      client: "a",
      seq: 1,
      changes: [set(["description"], undefined, "mine")],
    });
    await services.publishFlow(SYSTEM_CALLER, "beside", flow("beside", 3));
    const kept = await ann.drafts.open({ flow: "beside" });
    expect(kept).toMatchObject({ baseVersion: 1, document: { description: "mine", nodes: { one: node(1) } } });
    await ann.drafts.discard({ flow: "beside" });
    expect(await ann.drafts.open({ flow: "beside" })).toMatchObject({
      baseVersion: 3,
      changes: 0,
      document: { nodes: { one: node(3) } },
    });
  });

  test("a changed draft takes in what was published beside it, and keeps its own where both changed a place", async () => {
    const { services } = rpc.hosts;
    await services.publishFlow(SYSTEM_CALLER, "both", flow("both", 1));
    const { revision } = await ann.drafts.open({ flow: "both" });
    const change = ["nodes", "one", "params", "values", "value"];
    const changes = [set(["description"], undefined, "mine"), set(change, 1, 5)];
    const saved = await ann.drafts.save({ flow: "both", revision, client: "a", seq: 1, changes });
    await services.publishFlow(SYSTEM_CALLER, "both", { ...flow("both", 2), settings: { timeZone: "Europe/Kyiv" } });
    // What went live in the meantime is not replaced unseen.
    const unseen = ann.flows.publish({ id: "both", revision: saved.revision, replaces: 1 });
    expect(await problemOf(unseen)).toMatchObject({ code: "live_moved", details: { live: 2 } });
    expect(await ann.drafts.takeIn({ flow: "both" })).toEqual({ revision: saved.revision + 1, version: 2, kept: 1 });
    expect(await ann.drafts.open({ flow: "both" })).toMatchObject({
      baseVersion: 2,
      changes: 2,
      document: { description: "mine", settings: { timeZone: "Europe/Kyiv" }, nodes: { one: node(5) } },
    });
    expect(await ann.drafts.takeIn({ flow: "both" })).toMatchObject({ revision: saved.revision + 1, kept: 0 });
    await ann.flows.publish({ id: "both", revision: saved.revision + 1, replaces: 2 });
    expect((await ann.flows.versions({ id: "both" }))[0]).toMatchObject({ version: 3, live: true });
  });

  test("an archived flow starts nothing and is listed apart; what runs goes on; it can be restored", async () => {
    const { services } = rpc.hosts;
    const waiting: JsonObject & { readonly id: string } = flow("resting", 1, {
      triggers: [{ type: "call" }, { type: "event", event: "rest/asked" }],
      nodes: { one: { type: "sleep", params: { for: "7d" } } },
    });
    await services.publishFlow(SYSTEM_CALLER, "resting", waiting);
    const run = await rpc.hosts.begin("resting");
    await rpc.hosts.settled(run, "waiting");
    expect((await ann.flows.get({ id: "resting" })).counts).toMatchObject({ waiting: 1 });
    await ann.flows.archive({ id: "resting" });
    await expect(rpc.hosts.begin("resting")).rejects.toMatchObject({ code: "flow_not_found" });
    expect((await ann.flows.list()).some(({ id }) => id === "resting")).toBe(false);
    const archived = (await ann.flows.list({ archived: true })).find(({ id }) => id === "resting");
    expect(archived).toMatchObject({ archived: true, waiting: 1, liveVersion: null, versionCount: 1, events: [] });
    expect((await ann.flows.versions({ id: "resting" }))[0]).toMatchObject({ waitingRuns: 1, live: false });
    await rpc.hosts.advance(8 * 86_400_000);
    await rpc.hosts.ended(run);
    await ann.flows.restore({ id: "resting" });
    await ann.flows.rollBack({ id: "resting", version: 1 });
    expect((await ann.flows.list()).find(({ id }) => id === "resting")).toMatchObject({
      liveVersion: 1,
      waiting: 0,
      events: ["rest/asked"],
    });
  });
});

test("a page that watches is told what others do and who is there, and comes back where it left off", async () => {
  await ann.flows.create({ document: flow("watched") });
  const stop = new AbortController();
  const watching = await rpc.as("Ann", ["analyst"], stop.signal);
  const iterator = (await watching.drafts.watch({ flow: "watched", client: "a", since: 0 }))[Symbol.asyncIterator]();
  const next = async (): Promise<{ id: string; event: unknown }> => {
    const [id, event] = told.parse((await iterator.next()).value);
    return { id, event };
  };
  expect((await next()).event).toMatchObject({ type: "present", people: [{ client: "a", person: { name: "Ann" } }] });
  await bob.drafts.save({
    flow: "watched",
    revision: 0,
    client: "b",
    seq: 1,
    changes: [set(["name"], "watched", "seen")],
  });
  const { id, event: change } = await next();
  expect(change).toMatchObject({ type: "changes", revision: 1, client: "b", changes: [{ after: "seen" }] });
  await bob.drafts.here({ flow: "watched", client: "b", node: "one" });
  expect((await next()).event).toMatchObject({
    type: "present",
    people: [{ client: "a" }, { client: "b", node: "one" }],
  });
  stop.abort();
  expect((await iterator.next()).done).toBe(true);
  expect(rpc.hosts.host.live.viewers).toBe(0);

  await bob.drafts.save({
    flow: "watched",
    revision: 1,
    client: "b",
    seq: 2,
    changes: [set(["name"], "seen", "again")],
  });
  const again = new AbortController();
  const back = await (
    await rpc.as("Ann", ["analyst"], again.signal)
  ).drafts.watch({ flow: "watched", client: "a", since: 0, lastEventId: id });
  for await (const value of back) {
    const [, event] = told.parse(value);
    if (typeof event !== "object" || event === null || !("changes" in event)) continue;
    expect(event).toMatchObject({ revision: 2, changes: [{ after: "again" }] });
    break;
  }
  again.abort();
});
