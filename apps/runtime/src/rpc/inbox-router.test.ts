import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DAY } from "../../test/support/host-fixture.ts";
import { type Answers, refundDocument, refundNodes } from "../../test/support/refund-flow.ts";
import { type RpcCaller, RpcFixture } from "../../test/support/rpc-fixture.ts";

let rpc: RpcFixture;
let mia: RpcCaller;
const answers: Answers = {};

beforeAll(async () => {
  rpc = await RpcFixture.create({ nodeTypes: refundNodes(() => answers) });
  mia = await rpc.as("Mia", ["manager", "analyst"]);
  const { id } = await mia.flows.create({ document: await refundDocument() });
  await mia.flows.publish({ id, revision: 0 });
});
afterAll(() => rpc[Symbol.asyncDispose]());

async function ask(orderId: string, requestedBy: string, amount?: number): Promise<string> {
  const { runId } = await mia.runs.start({
    flow: "process-refund",
    input: { orderId, reason: `reason of ${orderId}`, requestedBy, ...(amount === undefined ? {} : { amount }) },
  });
  await rpc.hosts.settled(runId, "waiting");
  const [task] = (await mia.runs.get({ id: runId })).tasks;
  if (task === undefined) throw new Error("there is no task");
  return task.id;
}

const titles = (list: { readonly items: readonly { readonly id: string }[] }): readonly string[] =>
  list.items.map(({ id }) => id);

describe("the list", () => {
  test("tells who may decide as the card does, and counts what it lists", async () => {
    const open = await ask("ORD-1", "ann@example.com");
    const own = await ask("ORD-2", " MIA@example.com ");
    const vic = await rpc.as("Vic", ["viewer"]);
    for (const caller of [mia, vic]) {
      const { items } = await caller.inbox.list({ view: "all" });
      for (const { id, may } of items) expect((await caller.tasks.get({ id })).may).toBe(may);
      const mine = await caller.inbox.list({ view: "mine" });
      const groups = await caller.inbox.list({ view: "groups" });
      expect(await caller.inbox.counts()).toEqual({
        mine: mine.total,
        groups: groups.total,
        overdue: 0,
        all: items.length,
      });
    }
    expect(titles(await mia.inbox.list({ view: "mine" }))).toEqual([open]);
    expect(titles(await mia.inbox.list({ view: "groups" }))).toEqual(expect.arrayContaining([open, own]));
    expect(titles(await vic.inbox.list({ view: "mine" }))).toEqual([]);
    const [row] = (await mia.inbox.list({ q: "ORD-1" })).items;
    expect(row).toMatchObject({
      flowName: "Refund processing",
      version: 1,
      node: "approval",
      outcomes: ["approved", "rejected"],
      columns: { customer: expect.any(String) },
      priority: "normal",
      may: true,
      decided: null,
    });
  });

  test("agrees with the card about what was taken, answered, given away, and whoever stands in", async () => {
    const people = { Ivo: await rpc.as("Ivo", ["manager"]), Zoe: await rpc.as("Zoe", ["viewer"]), mia };
    const claimed = await ask("ORD-11", "ann@example.com");
    const given = await ask("ORD-12", "ann@example.com");
    const lent = await ask("ORD-13", "ann@example.com");
    const plain = await ask("ORD-14", "ann@example.com");
    const ofIvo = await ask("ORD-15", "ivo@example.com");
    const zoe = (await rpc.person("Zoe")).person.id;
    await people.Ivo.tasks.claim({ id: claimed });
    await mia.tasks.delegate({ task: given, to: zoe, kind: "handOver" });
    await mia.tasks.delegate({ task: lent, to: zoe, kind: "delegate" });
    const agree = async (): Promise<void> => {
      for (const caller of Object.values(people)) {
        const { items, total } = await caller.inbox.list({ view: "all" });
        for (const { id, may } of items) expect([id, may]).toEqual([id, (await caller.tasks.get({ id })).may]);
        const mine = items.filter(({ may }) => may);
        expect(titles(await caller.inbox.list({ view: "mine" }))).toEqual(titles({ items: mine }));
        expect(await caller.inbox.counts()).toMatchObject({ mine: mine.length, all: total });
      }
    };
    await agree();
    const row = async (id: string) => (await mia.inbox.list({ view: "all" })).items.find((one) => one.id === id);
    expect(await row(claimed)).toMatchObject({ may: false, claimedBy: { name: "Ivo" } });
    const { runId } = await people.Ivo.tasks.get({ id: claimed });
    const { run } = await people.Ivo.runs.get({ id: runId });
    expect(run.standing).toMatchObject({ kind: "task", task: { claimedBy: "Ivo" } });
    expect(await row(given)).toMatchObject({ may: false });
    expect(titles(await people.Zoe.inbox.list({ view: "mine" }))).toEqual([given, lent]);
    expect(titles(await people.Zoe.inbox.list({ view: "all", assignee: zoe }))).toEqual([given, lent]);

    // While Ivo is away Zoe decides for him, but not what he asked for himself.
    const away = { from: new Date(Date.now() - DAY).toISOString(), until: new Date(Date.now() + DAY).toISOString() };
    await people.Ivo.absence.set({ delegate: zoe, ...away });
    await agree();
    const forIvo = titles(await people.Zoe.inbox.list({ view: "mine" }));
    expect(forIvo).toContain(plain);
    expect(forIvo).not.toContain(ofIvo);
    await people.Ivo.absence.end();
    await people.Ivo.tasks.release({ id: claimed });
    for (const task of [claimed, given, lent, plain, ofIvo]) {
      const by = task === given ? people.Zoe : mia;
      await by.tasks.decide({ task, outcome: "rejected", comment: "no" });
    }
  });

  test("is filtered by text, flow, business columns, priority and due date", async () => {
    const all = await mia.inbox.list({ view: "all" });
    const amounts = all.items.map(({ columns }) => columns["amount"]);
    expect(amounts.every((amount) => typeof amount === "number")).toBe(true);
    const over = (value: string) =>
      mia.inbox.list({ view: "all", columns: [{ column: "amount", test: "over", value }] });
    expect((await over("0")).total).toBe(all.total);
    expect((await over("100000")).total).toBe(0);
    const named = { column: "customer", test: "is" as const, value: "OLENA KOVALENKO" };
    expect((await mia.inbox.list({ view: "all", columns: [named] })).total).toBe(all.total);
    expect((await mia.inbox.list({ view: "all", columns: [{ column: "gone", test: "has", value: "x" }] })).total).toBe(
      0,
    );
    // A text is never compared as a number, and breaks nothing.
    expect(
      (await mia.inbox.list({ view: "all", columns: [{ column: "customer", test: "over", value: "1" }] })).total,
    ).toBe(0);
    expect((await mia.inbox.list({ view: "all", q: "reason of ord-2" })).total).toBe(1);
    expect((await mia.inbox.list({ view: "all", q: "%" })).total).toBe(0);
    expect((await mia.inbox.list({ view: "all", flow: "process-refund" })).total).toBe(all.total);
    expect((await mia.inbox.list({ view: "all", flow: "other" })).total).toBe(0);
    expect((await mia.inbox.list({ view: "all", priority: "urgent" })).total).toBe(0);
    expect((await mia.inbox.list({ view: "all", due: "overdue" })).total).toBe(0);
    expect((await mia.inbox.list({ view: "all", due: "none" })).total).toBe(0);
    const end = (days: number): string => new Date(Date.now() + days * DAY).toISOString();
    expect((await mia.inbox.list({ view: "all", due: "today", endOfDay: end(1) })).total).toBe(0);
    expect((await mia.inbox.list({ view: "all", due: "today", endOfDay: end(8) })).total).toBe(all.total);
  });

  test("holds what was decided, by whom", async () => {
    const task = await ask("ORD-3", "ann@example.com");
    await mia.tasks.decide({ task, outcome: "rejected", comment: "no", data: { amount: 1 } });
    const done = await mia.inbox.list({ view: "done" });
    expect(done.items[0]).toMatchObject({
      id: task,
      status: "decided",
      columns: { amount: 1 },
      decided: { outcome: "rejected", by: "Mia" },
    });
    const { id } = (await rpc.person("Mia")).person;
    expect(titles(await mia.inbox.list({ view: "done", assignee: id }))).toContain(task);
    const { person } = await rpc.person("Vic");
    expect((await mia.inbox.list({ view: "done", assignee: person.id })).total).toBe(0);
  });

  test("refuses a number that is none", async () => {
    const columns = [{ column: "amount", test: "over" as const, value: "much" }];
    await expect(mia.inbox.list({ columns })).rejects.toThrow("this must be a number");
  });
});

describe("a view", () => {
  test("is kept, shared, renamed and removed by its owner", async () => {
    const ivo = await rpc.as("Ivo", ["manager"]);
    const { id } = await mia.inboxViews.save({ name: "Over €100", query: "view=all&col=amount+over+100" });
    expect(await ivo.inboxViews.list()).toEqual([]);
    await expect(ivo.inboxViews.save({ id, name: "Mine now", query: "", shared: true })).rejects.toMatchObject({
      cause: { code: "inbox_view_not_found" },
    });
    await mia.inboxViews.save({ id, name: "Over €100", query: "view=all&col=amount+over+100", shared: true });
    expect(await ivo.inboxViews.list()).toEqual([
      { id, name: "Over €100", query: "view=all&col=amount+over+100", shared: true, own: false, owner: "Mia" },
    ]);
    await expect(ivo.inboxViews.remove({ id })).rejects.toMatchObject({ cause: { code: "missing_role" } });
    await expect(mia.inboxViews.save({ name: "over €100", query: "" })).rejects.toMatchObject({
      cause: { code: "name_taken" },
    });
    await mia.inboxViews.save({ id, name: "Large", query: "view=all", shared: false });
    expect(await mia.inboxViews.list()).toMatchObject([{ name: "Large", shared: false, own: true }]);
    await mia.inboxViews.remove({ id });
    expect(await mia.inboxViews.list()).toEqual([]);
    const { rows } = await rpc.hosts.host.database.query(
      "select action, count(*)::int as n from holdfast.operations where target = $1 group by action order by action",
      [`inboxView:${id}`],
    );
    expect(rows).toEqual([
      { action: "inboxView.remove", n: 1 },
      { action: "inboxView.save", n: 3 },
    ]);
  });
});
