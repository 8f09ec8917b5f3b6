/** Links in mails: what they show, to whom, and that only a POST of their own person decides. */
import { hash } from "node:crypto";
import type { Hono } from "hono";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createApi } from "../src/api/create-api.ts";
import type { ApiEnvironment } from "../src/api/environment.ts";
import { newDecisionLink } from "../src/decision-links/new-link.ts";
import { mailRound } from "../src/notifications/mail-round.ts";
import { findTask } from "../src/read/tasks.ts";
import { beginSession } from "../src/session/session-store.ts";
import { ask, Mailbox, tokenIn } from "./support/asking.ts";
import { DAY } from "./support/host-fixture.ts";
import { RpcFixture } from "./support/rpc-fixture.ts";
import { Visitor } from "./support/visitor.ts";

let holdfast: RpcFixture;
let app: Hono<ApiEnvironment>;
const lines: string[] = [];
const visitors = new Map<string, Visitor>();

beforeAll(async () => {
  holdfast = await RpcFixture.create();
  const { database, services, live, manifests } = holdfast.hosts.host;
  app = createApi({
    services,
    live,
    database,
    nodeTypes: manifests,
    logger: pino({ level: "trace" }, { write: (line) => void lines.push(line) }),
    version: "0.0.0-test",
    jobsFetched: async () => true,
    demo: undefined,
  });
  for (const name of ["Marta", "Milo", "Rita"]) {
    const { person } = await holdfast.person(name, name === "Rita" ? ["analyst"] : ["manager"]);
    const visitor = new Visitor({ app });
    visitor.setCookie("holdfast-4400", await beginSession(database, 1, person.id));
    visitors.set(name, visitor);
  }
});
afterAll(() => holdfast[Symbol.asyncDispose]());

/** Somebody with a session, or without one. */
const as = (name?: string): Visitor =>
  name === undefined ? new Visitor({ app }) : (visitors.get(name) ?? new Visitor({ app }));

async function linkFor(name: string, task: string): Promise<string> {
  const { person, workspace } = await holdfast.person(name);
  return newDecisionLink(holdfast.hosts.host.database, { workspace, person: person.id, task });
}

const status = async (task: string) => (await findTask(holdfast.hosts.host.database, 1, task))?.status;

test("a mail leads its reader to the task, and only the hash of its token is stored", async () => {
  const mailbox = new Mailbox();
  const { task } = await ask(holdfast.hosts);
  const { database } = holdfast.hosts.host;
  await mailRound({ database, post: mailbox.post, url: "http://localhost:4400" });
  const token = tokenIn(mailbox.to("Marta")[0]?.text ?? "");
  expect(tokenIn(mailbox.to("Milo")[0]?.text ?? "")).not.toBe(token);
  const { rows } = await database.query<{ stored: string; hash: Buffer; person: string }>(
    "select l::text as stored, l.hash, l.person from holdfast.decision_links l where l.hash = $1",
    [hash("sha256", token, "buffer")],
  );
  expect(rows).toHaveLength(1);
  expect(rows[0]?.stored).not.toContain(token);
  const looked = await as("Marta").query("links.look", { token });
  expect(looked.data).toMatchObject({
    state: "open",
    signedIn: true,
    for: { name: "Marta" },
    task: { id: task, may: true },
  });
});

test("to open it changes nothing: not for a scanner's GET and HEAD, nor for a reader", async () => {
  const { task } = await ask(holdfast.hosts);
  const token = await linkFor("Marta", task);
  for (const method of ["GET", "HEAD"]) {
    for (const accept of ["text/html", "*/*"]) {
      const response = await app.request(`http://localhost:4400/decide/${token}`, { method, headers: { accept } });
      expect(response.headers.get("referrer-policy")).toBe("no-referrer");
      expect(response.headers.get("cache-control")).toBe("no-store");
      expect(response.headers.getSetCookie()).toEqual([]);
    }
  }
  await app.request(`http://localhost:4400/decide/${token}`, { method: "POST", headers: { accept: "text/html" } });
  for (const reader of [as(), as("Marta"), as("Milo")]) await reader.query("links.look", { token });
  // What changes something is no GET.
  const forged = await as("Marta").query("links.decide", { token, outcome: "approved" });
  expect(forged.status).toBe(405);
  expect(await status(task)).toBe("open");
  const { rows } = await holdfast.hosts.host.database.query(
    "select from holdfast.decision_links where hash = $1 and used_at is null",
    [hash("sha256", token, "buffer")],
  );
  expect(rows).toHaveLength(1);
});

describe("a link that shows", () => {
  test("tells a stranger whose it is and nothing of the task", async () => {
    const { task, flow } = await ask(holdfast.hosts);
    const token = await linkFor("Marta", task);
    const looked = await as().query("links.look", { token });
    expect(looked.data).toEqual({ state: "signIn", for: { name: "Marta" } });
    const decided = await as().mutate("links.decide", { token, outcome: "approved" });
    expect(decided.problem).toMatchObject({ status: 401, code: "not_signed_in" });
    for (const answer of [
      await as("Milo").query("links.look", { token }),
      await as("Milo").mutate("links.decide", { token, outcome: "approved" }),
      await as("Milo").mutate("links.takeBack", { token }),
    ]) {
      expect(answer.problem).toMatchObject({ status: 403, code: "link_of_another", title: "This link is for Marta." });
      const text = JSON.stringify(answer.problem);
      for (const secret of [task, flow, "Pay"]) expect(text).not.toContain(secret);
    }
    expect(await status(task)).toBe("open");
  });

  test("decides once with its person's session, by the door link; taken back, it may again", async () => {
    const { task, run } = await ask(holdfast.hosts);
    const token = await linkFor("Marta", task);
    const decide = { token, outcome: "approved" };
    expect((await as("Marta").mutate("links.decide", decide)).status).toBe(200);
    expect(await status(task)).toBe("decided");
    expect((await as("Marta").mutate("links.decide", decide)).problem).toMatchObject({ code: "already_decided" });
    await as("Marta").mutate("links.takeBack", { token });
    expect(await status(task)).toBe("open");
    await as("Marta").mutate("links.decide", { ...decide, outcome: "rejected", comment: "Too much." });
    await holdfast.hosts.advance(11_000);
    expect(await holdfast.hosts.ended(run)).toMatchObject({
      output: { outcome: "rejected", comment: "Too much.", via: "link", by: { kind: "person", name: "Marta" } },
    });
    const { rows } = await holdfast.hosts.host.database.query(
      "select door from holdfast.operations where target = $1 and action = 'task.decide'",
      [`task:${task}`],
    );
    expect(rows).toEqual([{ door: "link" }, { door: "link" }]);
    const looked = await as("Marta").query("links.look", { token });
    expect(looked.data).toMatchObject({ state: "open", usedAt: expect.any(String), task: { status: "decided" } });
  });

  test("does not decide what its person asked for", async () => {
    const { task } = await ask(holdfast.hosts, { assignTo: { roles: ["manager", "analyst"] } });
    const token = await linkFor("Rita", task);
    const decided = await as("Rita").mutate("links.decide", { token, outcome: "approved" });
    expect(decided.problem).toMatchObject({ status: 403, code: "requester_may_not_decide" });
    const looked = await as("Rita").query("links.look", { token });
    expect(looked.data).toMatchObject({ task: { may: false, mayNot: { code: "requester_may_not_decide" } } });
    expect(await status(task)).toBe("open");
  });

  test("gives its person no right that they have lost", async () => {
    const { task } = await ask(holdfast.hosts, { assignTo: { people: ["marta@example.com"] } });
    const token = await linkFor("Milo", task);
    const decided = await as("Milo").mutate("links.decide", { token, outcome: "approved" });
    expect(decided.problem).toMatchObject({ status: 403, code: "not_assigned" });
  });

  test("is over after 72 hours, and at the deadline", async () => {
    const { task } = await ask(holdfast.hosts);
    const short = await ask(holdfast.hosts, {}, { timeout: "1d" });
    const tokens = [await linkFor("Marta", task), await linkFor("Marta", short.task)];
    await holdfast.hosts.advance(DAY + 1_000);
    await holdfast.hosts.ended(short.run);
    const late = await as("Marta").mutate("links.decide", { token: tokens[1], outcome: "approved" });
    expect(late.problem).toMatchObject({ status: 409, code: "task_expired" });
    await holdfast.hosts.advance(2 * DAY);
    const expired = await as("Marta").mutate("links.decide", { token: tokens[0], outcome: "approved" });
    expect(expired.problem).toMatchObject({ status: 410, code: "link_expired" });
    expect(await status(task)).toBe("open");
    const looked = await as("Marta").query("links.look", { token: tokens[0] });
    expect(looked.data).toMatchObject({ state: "open", expired: true, task: { may: true } });
  });
});

test("a link and the inbox at once give one decision", async () => {
  const { task, run } = await ask(holdfast.hosts);
  const token = await linkFor("Marta", task);
  const milo = await linkFor("Milo", task);
  const inbox = await holdfast.as("Milo");
  const tries = await Promise.all([
    ...[1, 2, 3].map(async () => (await as("Marta").mutate("links.decide", { token, outcome: "approved" })).status),
    ...[1, 2, 3].map(
      async () => (await as("Milo").mutate("links.decide", { token: milo, outcome: "rejected" })).status,
    ),
    ...[1, 2, 3].map(() =>
      inbox.tasks.decide({ task, outcome: "rejected" }).then(
        () => 200,
        () => 409,
      ),
    ),
  ]);
  expect(tries.toSorted((a, b) => a - b)).toEqual([200, ...Array.from({ length: 8 }, () => 409)]);
  await holdfast.hosts.advance(11_000);
  await holdfast.hosts.ended(run);
  const { rows } = await holdfast.hosts.host.database.query("select from holdfast.task_decisions where task = $1", [
    task,
  ]);
  expect(rows).toHaveLength(1);
});

describe("a link that decides", () => {
  test("needs no session, says whom one acts as, and shows nothing any more when it is over", async () => {
    const { task, run } = await ask(holdfast.hosts, { link: "decides" });
    const token = await linkFor("Marta", task);
    const looked = await as().query("links.look", { token });
    expect(looked.data).toMatchObject({
      state: "open",
      mode: "decides",
      signedIn: false,
      for: { name: "Marta" },
      task: { id: task, may: true },
    });
    // Who has signed in as somebody else is told whose it is.
    const other = await as("Milo").mutate("links.decide", { token, outcome: "approved" });
    expect(other.problem).toMatchObject({ code: "link_of_another" });
    expect((await as().mutate("links.decide", { token, outcome: "approved" })).status).toBe(200);
    await as().mutate("links.takeBack", { token });
    await as().mutate("links.decide", { token, outcome: "rejected" });
    await holdfast.hosts.advance(11_000);
    expect(await holdfast.hosts.ended(run)).toMatchObject({ output: { outcome: "rejected", via: "link" } });
    const over = await as().query("links.look", { token });
    expect(over.data).toEqual({
      state: "over",
      why: "decided",
      by: "Marta",
      outcome: "rejected",
      for: { name: "Marta" },
    });
  });

  test("needs the page of this very origin", async () => {
    const { task } = await ask(holdfast.hosts, { link: "decides" });
    const token = await linkFor("Marta", task);
    for (const headers of [
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "", origin: "https://evil.example" },
    ]) {
      const answer = await as().mutate("links.decide", { token, outcome: "approved" }, { headers });
      expect(answer.problem).toMatchObject({ code: "other_origin" });
    }
    expect(await status(task)).toBe("open");
  });
});

test("tokens that lead nowhere are counted, good ones are not", async () => {
  const { task } = await ask(holdfast.hosts);
  const token = await linkFor("Marta", task);
  const codes: unknown[] = [];
  for (let n = 0; n < 7; n++) {
    const wrong = await as().query("links.look", { token: n === 0 ? "short" : `${n}`.repeat(43) });
    codes.push(wrong.problem?.["code"]);
  }
  expect(codes).toEqual([...Array.from({ length: 5 }, () => "link_unknown"), "too_many_tries", "too_many_tries"]);
  expect((await as().query("links.look", { token })).status).toBe(200);
});

test("no token was ever logged", async () => {
  const { rows } = await holdfast.hosts.host.database.query<{ task: string }>(
    "select task from holdfast.decision_links",
  );
  expect(rows.length).toBeGreaterThan(5);
  expect(lines.length).toBeGreaterThan(20);
  const text = lines.join("");
  // 43 characters of base64url: what a token looks like, wherever it stands.
  expect(text.match(/(?<![\w-])[\w-]{43}(?![\w-])/g)).toBeNull();
  expect(text).not.toContain("/decide/");
});
