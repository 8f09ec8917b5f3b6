import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import pg from "pg";
import { DAY, edges, HostFixture, SYSTEM_CALLER } from "../../test/support/host-fixture.ts";
import { blankDocument, createFlow } from "../drafts/create-flow.ts";
import { saveDraft } from "../drafts/save-draft.ts";
import { openDraft } from "../drafts/stored-draft.ts";
import { uuid7 } from "../ids/uuid7.ts";
import { Live, type LiveOptions, type RunScope } from "./live.ts";
import { noticeText, readNotice } from "./notice.ts";

let hosts: HostFixture;

beforeAll(async () => {
  hosts = await HostFixture.create();
  // The first serves, the second moves the runs.
  await hosts.start({ role: "server" });
  await hosts.start();
  await hosts.publish({
    id: "patient",
    nodes: { wait: { type: "wait.event", params: { outcomes: [{ port: "came", event: "it/came" }] } } },
    edges: edges("start>wait", "wait.came>end"),
  });
  await hosts.publish({
    id: "asking",
    nodes: {
      ask: {
        type: "wait.event",
        params: {
          inbox: {
            title: "Is it right?",
            assignTo: { roles: ["manager"] },
            reminders: ["1d"],
            escalation: [{ after: "2d", assignTo: { groups: ["finance"] } }],
          },
          outcomes: [{ port: "right", event: "it/right" }],
          timeout: "30d",
        },
      },
    },
    edges: edges("start>ask", "ask.right>end", "ask.timeout>end"),
  });
});
afterAll(() => hosts[Symbol.asyncDispose]());

const live = (options: Partial<LiveOptions>): Live =>
  new Live({
    database: hosts.host.database,
    workerId: 7,
    log: pino({ level: "silent" }),
    tell: () => {},
    ...options,
  });

async function waiting(): Promise<string> {
  const run = await hosts.begin("patient");
  await hosts.settled(run, "waiting");
  return run;
}

describe("a viewer", () => {
  test("of one process is told what another one did", async () => {
    const run = await waiting();
    const stop = new AbortController();
    const news = hosts.host.live.watchRuns([{ ids: [run] }], stop.signal);
    await news.next();
    const next = news.next();
    await hosts.send("it/came", {});
    expect((await next).value).toEqual([run]);
    await hosts.ended(run);
    stop.abort();
    await news.next();
  });

  test.each([
    ["of a run", (run: string) => ({ ids: [run] }), (run: string) => [run]],
    ["of the list", () => ({ workspace: 1, flow: null }), () => []],
  ] as const)("%s sees it in the end, also if every notice is lost", async (_, scope, told) => {
    const run = await waiting();
    const stop = new AbortController();
    const deaf = live({ lookMs: 5 });
    const news = deaf.watchRuns([scope(run)], stop.signal);
    await news.next();
    const next = news.next();
    await hosts.send("it/came", {});
    expect((await next).value).toEqual(told(run));
    stop.abort();
    await news.next();
    expect(deaf.viewers).toBe(0);
    deaf.close();
  });

  test("is told at once: what he read before he began to watch may be old, and others have been told", async () => {
    const stop = new AbortController();
    const deaf = live({ lookMs: 60_000 });
    const [first, second] = [1, 2].map(() => deaf.watchRuns([{ workspace: 1, flow: null }], stop.signal));
    expect((await first?.next())?.value).toEqual([]);
    expect((await second?.next())?.value).toEqual([]);
    stop.abort();
    await Promise.all([first?.next(), second?.next()]);
    deaf.close();
  });

  test("is told when the notices of a while were lost", async () => {
    const stop = new AbortController();
    const deaf = live({ lookMs: 60_000 });
    const news = deaf.watchRuns([{ ids: [await waiting()] }], stop.signal);
    await news.next();
    const next = news.next();
    deaf.missed();
    expect((await next).value).toEqual([]);
    stop.abort();
    await news.next();
    deaf.close();
  });

  test("of the middle of three is told of what it began", async () => {
    const stop = new AbortController();
    const own = live({ tell: (text) => own.told(text), lookMs: 60_000 });
    const [top, middle, inner] = [uuid7(), uuid7(), uuid7()];
    const news = own.watchRuns([{ ids: [middle] }], stop.signal);
    await news.next();
    own.runChanged({ workspace: 1, flow: 2, id: inner, root: top, parent: middle });
    expect((await news.next()).value).toEqual([middle]);
    stop.abort();
    await news.next();
    own.close();
  });
});

describe("a task that changes while its run stands still", () => {
  test.each([
    ["is brought to mind", 1],
    ["gets other people", 2],
  ])("is told of when it %s", async (_, days) => {
    const run = await hosts.begin("asking");
    await hosts.settled(run, "waiting");
    const stop = new AbortController();
    const watching = hosts.host.live.watchRuns([{ workspace: 1, flow: null }], stop.signal);
    await watching.next();
    const told: string[] = [];
    const listener = new pg.Client(hosts.database.url);
    await listener.connect();
    listener.on("notification", ({ payload }) => told.push(payload ?? ""));
    await listener.query("listen holdfast");
    await hosts.advance(days * DAY);
    const isTold = (): boolean => told.some((text) => text.startsWith("runs ") && text.includes(run));
    await hosts.until(() => Promise.resolve(isTold() ? true : undefined), "a notice of the run");
    expect(isTold()).toBe(true);
    await listener.end();
    stop.abort();
    await watching.next();
    await hosts.services.cancelRun(SYSTEM_CALLER, run, "cancel");
    await hosts.ended(run);
  });

  test("is seen in the list in the end, also if every notice is lost", async () => {
    const run = await hosts.begin("asking");
    await hosts.settled(run, "waiting");
    const stop = new AbortController();
    const deaf = live({ lookMs: 5 });
    const news = deaf.watchRuns([{ workspace: 1, flow: null }], stop.signal);
    await news.next();
    const next = news.next();
    await hosts.advance(2 * DAY);
    expect((await next).value).toEqual([]);
    stop.abort();
    await news.next();
    deaf.close();
  });
});

test("who watches a draft hears of every revision in the end, and is gone when he leaves", async () => {
  const { database } = hosts.host;
  await createFlow(database, SYSTEM_CALLER, blankDocument("Watched"));
  const { flow } = await openDraft(database, 1, "watched");
  const stop = new AbortController();
  const deaf = live({ lookMs: 5 });
  const who = { flow, client: "a", person: { id: "p", name: "Ann" } };
  const news = deaf.watchDraft(who, 0, stop.signal);
  expect((await news.next()).value).toEqual(["present", "changes"]);
  expect(deaf.present(flow)).toMatchObject([{ client: "a", node: null }]);
  const next = news.next();
  const changes = [{ path: ["name"], before: "Watched", after: "Seen" }];
  await saveDraft(database, SYSTEM_CALLER, { flow: "watched", revision: 0, client: "b", seq: 1, changes });
  expect((await next).value).toEqual(["changes"]);
  deaf.told(noticeText({ word: "here", value: { ...who, client: "b", node: "one" } }));
  expect((await news.next()).value).toEqual(["present"]);
  deaf.told(noticeText({ word: "gone", value: { flow, client: "b" } }));
  expect((await news.next()).value).toEqual(["present"]);
  stop.abort();
  await news.next();
  deaf.close();
});

describe("a run that was touched without a write of its holder", () => {
  test("is told where somebody watches", async () => {
    const run = await waiting();
    const sent = Promise.withResolvers<string>();
    const busy = live({ tell: (text) => sent.resolve(text) });
    busy.told(noticeText({ word: "watching", value: { worker: 3 } }));
    await busy.runTouched(run);
    expect(readNotice(await sent.promise)).toEqual({ word: "runs", value: [expect.stringMatching(`^1:\\d+:${run}$`)] });
    busy.close();
  });

  test("is not even looked up where nobody does", async () => {
    const asked = { query: () => Promise.reject(new Error("it was asked")) };
    const quiet = live({ database: asked });
    await expect(quiet.runTouched("r")).resolves.toBeUndefined();
    quiet.close();
  });
});

describe("what is told", () => {
  const run = { workspace: 1, flow: 2, id: "r", root: "top" };

  test("is nothing while nobody watches", async () => {
    const sent: string[] = [];
    const quiet = live({ tell: (text) => sent.push(text) });
    quiet.runChanged(run);
    expect(sent).toEqual([]);
    quiet.close();
  });

  test("is all of a moment at once, and the run on top with it", async () => {
    const sent = Promise.withResolvers<string>();
    const busy = live({ tell: (text) => sent.resolve(text) });
    busy.told(noticeText({ word: "watching", value: { worker: 3 } }));
    for (const id of ["a", "b", "a"]) busy.runChanged({ ...run, id });
    expect(readNotice(await sent.promise)).toEqual({ word: "runs", value: ["1:2:a", "1:2:top", "1:2:b"] });
    busy.close();
  });

  test("is short when there is too much of it", async () => {
    const sent = Promise.withResolvers<string>();
    const busy = live({ tell: (text) => sent.resolve(text) });
    busy.told(noticeText({ word: "watching", value: { worker: 3 } }));
    for (let index = 0; index < 1_000; index++) busy.runChanged({ ...run, id: String(index) });
    expect(readNotice(await sent.promise)).toEqual({ word: "runs", value: [] });
    busy.close();
  });

  test.each(["", "watching", "runs {", "other {}", 'draft {"flow":"x"}'])("%j is no notice", (text) => {
    expect(readNotice(text)).toBeUndefined();
  });
});

test("only those who may be meant hear of a run", async () => {
  const own = live({ lookMs: 60_000 });
  const stop = new AbortController();
  const heard = async (scope: RunScope): Promise<unknown> => {
    const news = own.watchRuns([scope], stop.signal);
    await news.next();
    begun += 1;
    return news.next();
  };
  let begun = 0;
  const [mine, flow, all, foreign, other] = [
    heard({ ids: ["r"] }),
    heard({ workspace: 1, flow: 2 }),
    heard({ workspace: 1, flow: null }),
    heard({ workspace: 2, flow: null }),
    heard({ workspace: 1, flow: 3 }),
  ];
  await hosts.until(() => Promise.resolve(begun === 5 ? true : undefined), "all of them to watch");
  own.told(noticeText({ word: "runs", value: ["1:2:r"] }));
  for (const told of [mine, flow, all]) expect(await told).toEqual({ value: ["r"], done: false });
  stop.abort();
  for (const told of [foreign, other]) expect(await told).toEqual({ value: undefined, done: true });
  own.close();
});
