/** What people say and attach, and the same answer for many tasks. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { JsonObject } from "@holdfast/dsl";
import type { SignedIn } from "../src/session/signed-in.ts";
import { ask, asking, by, desk, newPerson } from "./support/deciding.ts";
import { HostFixture } from "./support/host-fixture.ts";

let holdfast: HostFixture;
let ana: SignedIn;
let dee: SignedIn;
let eva: SignedIn;
const { decide, view, noted } = desk(() => holdfast);

beforeAll(async () => {
  holdfast = await HostFixture.create();
  await holdfast.start();
  const flows: Readonly<Record<string, JsonObject>> = {
    one: {},
    reasons: { reasonFor: ["rejected"] },
    bare: { attachments: false },
  };
  for (const [id, inbox] of Object.entries(flows)) await holdfast.publish(asking(id, inbox));
});
afterAll(() => holdfast[Symbol.asyncDispose]());

/** Others for each test: what one does is none of another's. */
beforeEach(async () => {
  ana = await newPerson(holdfast, "Ana");
  dee = await newPerson(holdfast, "Dee", ["viewer"]);
  eva = await newPerson(holdfast, "Eva", ["viewer"]);
});

describe("comments and files", () => {
  const file = (content: string | Buffer, more: { name?: string; type?: string } = {}) => ({
    name: "order.txt",
    type: "text/plain",
    content: Buffer.from(content),
    ...more,
  });

  test("are read by the flow, whoever said and attached them", async () => {
    const asked = await ask(holdfast, "one");
    await holdfast.services.commentOnTask(eva, asked.task, "The customer has called again.");
    const { id } = await holdfast.services.addTaskFile(dee, {
      task: asked.task,
      ...file("hello", { name: "../a/Лист.txt" }),
    });
    const gone = await holdfast.services.addTaskFile(dee, { task: asked.task, ...file("wrong") });
    await expect(holdfast.services.removeTaskFile(ana, asked.task, gone.id)).rejects.toMatchObject({
      code: "not_your_file",
    });
    await holdfast.services.removeTaskFile(dee, asked.task, gone.id);
    expect(await noted(asked)).toMatchObject({ action: "task.remove_file", before: { name: "order.txt", size: 5 } });
    await decide(ana, asked);
    expect((await holdfast.ended(asked.run)).output).toMatchObject({
      comments: [{ by: by(eva), text: "The customer has called again." }],
      files: [{ id, name: "Лист.txt", type: "text/plain", size: 5, by: by(dee) }],
    });
    for (const late of [
      () => holdfast.services.commentOnTask(eva, asked.task, "Late."),
      () => holdfast.services.addTaskFile(dee, { task: asked.task, ...file("late") }),
      () => holdfast.services.removeTaskFile(dee, asked.task, id),
    ]) {
      await expect(late()).rejects.toMatchObject({ status: 409, code: "task_closed" });
    }
  });

  test("are read where the wait is ended by hand, too", async () => {
    const asked = await ask(holdfast, "one");
    await holdfast.services.commentOnTask(eva, asked.task, "Nobody answers.");
    const { rows } = await holdfast.host.database.query<{ wait: string }>(
      "select wait from holdfast.tasks where id = $1",
      [asked.task],
    );
    await holdfast.services.skipWait(dee, asked.run, rows[0]?.wait ?? "", "rejected");
    expect((await holdfast.ended(asked.run)).output).toMatchObject({
      via: "skip",
      comments: [{ text: "Nobody answers." }],
      files: [],
      decisions: [],
    });
  });

  test("have their limits", async () => {
    const { task } = await ask(holdfast, "one");
    const add = (content: Buffer, name = "a.bin") => holdfast.services.addTaskFile(ana, { task, name, content });
    const five = Buffer.alloc(5 * 1024 * 1024);
    await expect(add(Buffer.concat([five, Buffer.from("x")]))).rejects.toMatchObject({ code: "file_too_large" });
    await expect(add(Buffer.alloc(0))).rejects.toMatchObject({ code: "file_empty" });
    await expect(add(Buffer.from("x"), "a/..")).rejects.toMatchObject({ code: "file_name_invalid" });
    for (let i = 0; i < 5; i++) await add(five);
    await expect(add(Buffer.from("x"))).rejects.toMatchObject({ status: 413, code: "files_too_large" });
    await expect(holdfast.services.commentOnTask(ana, task, " ")).rejects.toMatchObject({ code: "comment_empty" });
    for (let i = 0; i < 26; i++) await holdfast.services.commentOnTask(ana, task, "x".repeat(10_000));
    await expect(holdfast.services.commentOnTask(ana, task, "x".repeat(10_000))).rejects.toMatchObject({
      code: "comments_too_large",
    });
  });

  test("no file where the flow wants none", async () => {
    const { task } = await ask(holdfast, "bare");
    await expect(
      holdfast.services.addTaskFile(ana, { task, name: "a.txt", content: Buffer.from("a") }),
    ).rejects.toMatchObject({ status: 409, code: "files_not_allowed" });
  });
});

describe("many at once", () => {
  test("each is decided by itself, with its own values, and those left out stay open", async () => {
    const [a, b, own, left] = [
      await ask(holdfast, "one"),
      await ask(holdfast, "one"),
      await ask(holdfast, "one", { by: ana.person.email }),
      await ask(holdfast, "one"),
    ];
    const results = await holdfast.services.decideMany(ana, {
      tasks: [{ id: a.task }, { id: b.task, data: { amount: 3 } }, { id: own.task }, { id: "nope" }],
      outcome: "approved",
      comment: "All clear cases.",
    });
    expect(results).toMatchObject([
      { task: a.task, done: true, decided: true },
      { task: b.task, done: true },
      { task: own.task, done: false, problem: { status: 403, code: "requester_may_not_decide" } },
      { task: "nope", done: false, problem: { status: 404 } },
    ]);
    expect((await holdfast.ended(b.run)).output).toMatchObject({ data: { amount: 3 }, comment: "All clear cases." });
    for (const open of [own, left]) expect(await view(open)).toMatchObject({ status: "open" });
  });

  test("what is not alike is not decided", async () => {
    const [a, b] = [await ask(holdfast, "one"), await ask(holdfast, "reasons")];
    await expect(
      holdfast.services.decideMany(ana, { tasks: [{ id: a.task }, { id: b.task }], outcome: "approved" }),
    ).rejects.toMatchObject({ status: 422, code: "not_alike", pointer: "/tasks" });
    expect(await view(a)).toMatchObject({ status: "open" });
  });

  test("take effect together, and are taken back together", async () => {
    const asked = [await ask(holdfast, "one"), await ask(holdfast, "one"), await ask(holdfast, "one")];
    const tasks = asked.map(({ task }) => task);
    const approve = { tasks: tasks.map((id) => ({ id })), outcome: "approved", graceSeconds: 10 };
    const results = await holdfast.services.decideMany(ana, approve);
    expect(new Set(results.map((one) => one.done && one.effectiveAt)).size).toBe(1);
    expect(await holdfast.services.takeBackMany(ana, tasks)).toMatchObject(tasks.map((task) => ({ task, done: true })));
    for (const one of asked) expect(await view(one)).toMatchObject({ status: "open", votes: [] });
    await holdfast.services.decideMany(ana, approve);
    await holdfast.advance(11_000);
    for (const { run } of asked) await holdfast.ended(run);
    expect(await holdfast.services.takeBackMany(ana, tasks)).toMatchObject(
      tasks.map(() => ({ done: false, problem: { code: "already_effective" } })),
    );
  });
});
