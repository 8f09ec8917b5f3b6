/** What the pages do with tasks and absences beyond deciding. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ask, asking, newPerson } from "../../test/support/deciding.ts";
import { DAY } from "../../test/support/host-fixture.ts";
import { type RpcCaller, RpcFixture } from "../../test/support/rpc-fixture.ts";

let rpc: RpcFixture;
let ana: RpcCaller;
let bob: RpcCaller;
let vic: RpcCaller;

beforeAll(async () => {
  rpc = await RpcFixture.create();
  await rpc.hosts.publish(asking("one"));
  await rpc.hosts.publish(asking("nine", { needs: { approved: 9, rejected: 2 } }));
  ana = await rpc.as("Ana", ["manager"]);
  bob = await rpc.as("Bob", ["manager"]);
  vic = await rpc.as("Vic", ["viewer"]);
});
afterAll(() => rpc[Symbol.asyncDispose]());

const idOf = async (name: string): Promise<string> => (await rpc.person(name)).person.id;

describe("a task", () => {
  test("says whether its reader may decide it now, and for whom", async () => {
    const { task } = await ask(rpc.hosts, "one");
    expect(await vic.tasks.get({ id: task })).toMatchObject({ may: false, mayNot: { code: "not_assigned" } });
    const people = await ana.tasks.deciders({ task });
    expect(people.map(({ name, assigned }) => ({ name, assigned }))).toEqual([
      { name: "Bob", assigned: true },
      { name: "Vic", assigned: false },
    ]);
    await ana.tasks.delegate({ task, to: await idOf("Vic"), kind: "handOver", reason: " " });
    expect(await vic.tasks.get({ id: task })).toMatchObject({
      may: true,
      onBehalfOf: { name: "Ana" },
      mayDelegate: true,
    });
    expect(await ana.tasks.get({ id: task })).toMatchObject({
      may: false,
      mayNot: { code: "handed_over" },
      mayDelegate: true,
    });
    await vic.tasks.endDelegation({ task });
    await ana.tasks.claim({ id: task });
    expect(await bob.tasks.get({ id: task })).toMatchObject({ may: false, mayNot: { code: "claimed" } });
    await ana.tasks.release({ id: task });
    await bob.tasks.decide({ task, outcome: "approved", graceSeconds: 10 });
    await bob.tasks.takeBack({ id: task });
    expect(await bob.tasks.takeBackMany({ tasks: [task] })).toMatchObject([
      { task, done: false, problem: { code: "not_decided", requestId: "test" } },
    ]);
  });

  test("is decided with the form as it stands: what was emptied is not taken from the proposal", async () => {
    await rpc.hosts.publish(
      asking("noted", {
        needs: { approved: 2 },
        form: {
          type: "object",
          properties: { amount: { type: "number", default: 10 }, note: { type: "string", default: "As proposed" } },
          required: ["amount"],
        },
      }),
    );
    const { task, run } = await ask(rpc.hosts, "noted");
    await ana.tasks.decide({ task, outcome: "approved", data: { amount: 8 } });
    expect(await bob.tasks.get({ id: task })).toMatchObject({ votes: [{ by: { name: "Ana" }, data: { amount: 8 } }] });
    // Who agrees agrees to that, the empty field included.
    await expect(
      bob.tasks.decide({ task, outcome: "approved", data: { amount: 8, note: "As proposed" } }),
    ).rejects.toThrow("Others have answered the same with other values.");
    await bob.tasks.decide({ task, outcome: "approved", data: { amount: 8 } });
    expect((await rpc.hosts.ended(run)).output).toMatchObject({ data: { amount: 8 } });
    expect((await ana.tasks.get({ id: task })).decision?.data).toEqual({ amount: 8 });
  });

  test("says which answers take more people than there are", async () => {
    const { task } = await ask(rpc.hosts, "nine");
    expect(await ana.tasks.get({ id: task })).toMatchObject({ tooFew: [{ outcome: "approved", needs: 9, people: 2 }] });
    await ana.tasks.decide({ task, outcome: "rejected" });
    expect(await bob.tasks.get({ id: task })).toMatchObject({ tooFew: [{ outcome: "approved", needs: 9, people: 1 }] });
    // Whoever stands in for somebody adds no voice.
    await bob.tasks.delegate({ task, to: await idOf("Vic"), kind: "delegate" });
    expect(await vic.tasks.get({ id: task })).toMatchObject({
      mayDelegate: false,
      tooFew: [{ outcome: "approved", people: 1 }],
    });
  });

  test("carries comments and files, which come back as they were", async () => {
    const { task } = await ask(rpc.hosts, "one");
    await vic.tasks.comment({ task, text: "See the picture." });
    const content = Buffer.from("GIF89a…").toString("base64");
    const { id } = await vic.tasks.addFile({ task, name: "a.gif", type: "text/html", content });
    expect(await bob.tasks.get({ id: task })).toMatchObject({
      comments: [{ text: "See the picture.", by: { name: "Vic" } }],
      files: [{ id, name: "a.gif", type: "image/gif", by: { name: "Vic" } }],
    });
    expect(await bob.tasks.file({ task, file: id })).toEqual({ name: "a.gif", type: "image/gif", content });
    await expect(bob.tasks.removeFile({ task, file: id })).rejects.toThrow("Only whoever attached");
    await vic.tasks.removeFile({ task, file: id });
    await expect(bob.tasks.file({ task, file: id })).rejects.toThrow("no such file");
  });
});

describe("absence", () => {
  const days = async (from: number, until: number) => {
    const { now } = await rpc.hosts.advance(0);
    const at = (day: number): string => new Date(Date.parse(now) + day * DAY).toISOString();
    return { from: at(from), until: at(until) };
  };

  test("is told to both, and ended by whoever is away", async () => {
    expect(await ana.absence.get()).toEqual({ own: null, standsInFor: [] });
    await ana.absence.set({ delegate: await idOf("Vic"), ...(await days(1, 2)) });
    expect(await ana.absence.get()).toMatchObject({ own: { person: { name: "Vic" }, now: false } });
    expect(await vic.absence.get()).toMatchObject({ own: null, standsInFor: [{ person: { name: "Ana" } }] });
    await ana.absence.set({ delegate: await idOf("Bob"), ...(await days(0, 2)) });
    expect(await ana.absence.get()).toMatchObject({ own: { person: { name: "Bob" }, now: true } });
    expect(await vic.absence.get()).toEqual({ own: null, standsInFor: [] });
    await ana.absence.end();
    expect(await ana.absence.get()).toEqual({ own: null, standsInFor: [] });
  });

  test("of others is an administrator's, who can no longer say so themselves", async () => {
    const ill = (await newPerson(rpc.hosts, "Ill")).person.id;
    const absence = { person: ill, delegate: await idOf("Vic"), ...(await days(0, 2)) };
    await expect(bob.absence.set(absence)).rejects.toThrow("administrator");
    const root = await rpc.as("Root", ["administrator"]);
    await root.absence.set(absence);
    const { task } = await ask(rpc.hosts, "one");
    expect(await vic.tasks.get({ id: task })).toMatchObject({ may: true, onBehalfOf: { name: "Ill" } });
    await root.absence.end({ person: ill });
    expect(await vic.tasks.get({ id: task })).toMatchObject({ may: false });
  });
});
