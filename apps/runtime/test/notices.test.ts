/** Who is told of what, in the page and by mail. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { mailRound } from "../src/notifications/mail-round.ts";
import type { NoticeView } from "../src/notifications/read-notices.ts";
import { ask, Mailbox } from "./support/asking.ts";
import { DAY } from "./support/host-fixture.ts";
import { type RpcCaller, RpcFixture } from "./support/rpc-fixture.ts";

const URL = "https://holdfast.example.com";

let holdfast: RpcFixture;
let mailbox: Mailbox;
let marta: RpcCaller;
let milo: RpcCaller;
let rita: RpcCaller;

beforeAll(async () => {
  // Mails go out when a test says so.
  holdfast = await RpcFixture.create();
  marta = await holdfast.as("Marta", ["manager"]);
  milo = await holdfast.as("Milo", ["manager"]);
  rita = await holdfast.as("Rita", ["analyst"]);
});
afterAll(() => holdfast[Symbol.asyncDispose]());
beforeEach(() => {
  mailbox = new Mailbox();
});
afterEach(async () => {
  await round();
  for (const reader of [marta, milo, rita]) {
    await reader.notifications.markRead({ all: true });
    await reader.notifications.setSettings({ mail: "now" });
  }
  const { rows } = await holdfast.hosts.host.database.query<{ run: string }>(
    "select run from holdfast.tasks where status = 'open'",
  );
  for (const { run } of rows) await holdfast.hosts.services.cancelRun(await holdfast.person("Marta"), run, "cancel");
  for (const { run } of rows) await holdfast.hosts.ended(run);
  await holdfast.hosts.host.database.query("update holdfast.notifications set mail_at = null");
});

const round = (box = mailbox): Promise<void> =>
  mailRound({ database: holdfast.hosts.host.database, post: box.post, url: URL });

const notices = async (reader: RpcCaller, task: string): Promise<readonly NoticeView[]> =>
  (await reader.notifications.list()).items.filter((notice) => notice.task === task);

const kinds = async (reader: RpcCaller, task: string): Promise<readonly string[]> =>
  (await notices(reader, task)).map(({ kind }) => kind).toReversed();

describe("in the page", () => {
  test("who may decide is told, not who asked, and each reads for themselves", async () => {
    const { task } = await ask(holdfast.hosts, { assignTo: { roles: ["manager", "analyst"] } });
    expect(await kinds(marta, task)).toEqual(["assigned"]);
    expect(await kinds(rita, task)).toEqual([]);
    expect(await marta.notifications.count()).toEqual({ unread: 1 });
    await marta.notifications.markRead({ task });
    expect(await marta.notifications.count()).toEqual({ unread: 0 });
    expect(await milo.notifications.count()).toEqual({ unread: 1 });
    expect(await notices(milo, task)).toMatchObject([{ kind: "assigned", read: false, by: null, status: "open" }]);
    // Another's notices are not theirs to read.
    const [{ id } = { id: "0" }] = await notices(milo, task);
    await marta.notifications.markRead({ ids: [id] });
    expect(await milo.notifications.count()).toEqual({ unread: 1 });
  });

  test("what asks is over with its task, what others did is news", async () => {
    const { task } = await ask(holdfast.hosts);
    await milo.tasks.comment({ task, text: "I look into it." });
    await marta.tasks.decide({ task, outcome: "approved" });
    expect(await kinds(milo, task)).toEqual(["assigned", "decided"]);
    expect(await kinds(marta, task)).toEqual(["assigned", "commented"]);
    expect(await milo.notifications.count()).toEqual({ unread: 1 });
    expect((await notices(milo, task))[0]).toMatchObject({ by: "Marta", note: "approved", read: false });
  });

  test("delegation, claims and words reach those they are about", async () => {
    const { task } = await ask(holdfast.hosts);
    const { id } = (await holdfast.person("Milo")).person;
    await marta.tasks.claim({ id: task });
    await rita.tasks.comment({ task, text: "It is urgent." });
    expect(await kinds(marta, task)).toEqual(["assigned", "commented"]);
    expect(await kinds(milo, task)).toEqual(["assigned"]);
    await marta.tasks.release({ id: task });
    expect(await kinds(milo, task)).toEqual(["assigned", "givenBack"]);
    await marta.tasks.delegate({ task, to: id, kind: "handOver", reason: "I am off." });
    expect((await notices(milo, task))[0]).toMatchObject({ kind: "handedOver", by: "Marta", note: "I am off." });
    // Whoever has given it away is not asked for it again.
    await milo.tasks.claim({ id: task });
    await milo.tasks.release({ id: task });
    expect(await kinds(marta, task)).toEqual(["assigned", "commented"]);
  });

  test("of a task that somebody works on only they are reminded", async () => {
    const { task } = await ask(holdfast.hosts, { reminders: ["1h", "10h"] });
    await marta.tasks.claim({ id: task });
    await holdfast.hosts.advance(2 * 3_600_000);
    expect(await kinds(marta, task)).toEqual(["assigned", "reminder"]);
    expect(await kinds(milo, task)).toEqual(["assigned"]);
    // A claim lapses after eight hours.
    await holdfast.hosts.advance(9 * 3_600_000);
    expect(await kinds(milo, task)).toEqual(["assigned", "reminder"]);
  });

  test("a decision that was taken back is none", async () => {
    const { task } = await ask(holdfast.hosts);
    await milo.tasks.comment({ task, text: "Hm." });
    await marta.tasks.decide({ task, outcome: "approved", graceSeconds: 10 });
    await round();
    expect(mailbox.to("Milo").filter(({ subject }) => subject.startsWith("Decided"))).toEqual([]);
    await marta.tasks.takeBack({ id: task });
    expect(await kinds(milo, task)).toEqual(["assigned"]);
  });
});

describe("by mail", () => {
  test("each is told at once, in one line of subject, with a link of their own, and once", async () => {
    const { flow } = await ask(holdfast.hosts, { title: "Pay\nBcc: all@example.com?", due: "2d" });
    await round();
    await round();
    expect(mailbox.mails.map(({ to }) => to).toSorted()).toEqual(["marta@example.com", "milo@example.com"]);
    const [mail] = mailbox.to("Marta");
    expect(mail?.subject).toBe("To decide: Pay Bcc: all@example.com?");
    expect(mail?.text).toMatch(/https:\/\/holdfast\.example\.com\/decide\/[\w-]{43}\n/);
    expect(mail?.text).toContain("(UTC)");
    expect(flow).toBeTruthy();
  });

  test("a server that is down is tried again, ever later; one that may have taken a mail is not", async () => {
    await ask(holdfast.hosts);
    mailbox.answer = "later";
    await round();
    // The first shows that it is down.
    expect(mailbox.tries).toBe(1);
    await round();
    expect(mailbox.tries).toBe(1);
    await holdfast.hosts.advance(61_000);
    await round();
    expect(mailbox.tries).toBe(2);
    await holdfast.hosts.advance(61_000);
    await round();
    expect(mailbox.tries).toBe(2);
    mailbox.answer = "sent";
    await holdfast.hosts.advance(61_000);
    await round();
    expect(mailbox.mails).toHaveLength(2);
    await ask(holdfast.hosts);
    mailbox.answer = "lost";
    await round();
    mailbox.answer = "sent";
    await holdfast.hosts.advance(DAY);
    await round();
    expect(mailbox.mails).toHaveLength(2);
  });

  test("two processes send each once", async () => {
    await ask(holdfast.hosts);
    await ask(holdfast.hosts);
    const others = [new Mailbox(), new Mailbox(), new Mailbox()];
    await Promise.all(others.map((box) => round(box)));
    expect(others.flatMap(({ mails }) => mails)).toHaveLength(4);
  });

  test("nobody hears of what is no longer theirs", async () => {
    const { task } = await ask(holdfast.hosts);
    await milo.tasks.decide({ task, outcome: "rejected" });
    await round();
    expect(mailbox.mails).toEqual([]);
    await ask(holdfast.hosts);
    const { person } = await holdfast.person("Milo");
    const { database } = holdfast.hosts.host;
    await database.query("update holdfast.people set roles = '{viewer}' where id = $1", [person.id]);
    await round();
    await database.query("update holdfast.people set roles = '{manager}' where id = $1", [person.id]);
    expect(mailbox.mails.map(({ to }) => to)).toEqual(["marta@example.com"]);
  });

  test("many at once are one list", async () => {
    for (let n = 0; n < 5; n++) await ask(holdfast.hosts);
    await round();
    expect(mailbox.mails).toHaveLength(2);
    expect(mailbox.to("Marta")[0]?.subject).toBe("5 tasks wait for you");
    expect(mailbox.to("Marta")[0]?.text.match(/\/decide\//g)).toHaveLength(5);
  });

  test("whoever wants none gets none, in their language whoever does", async () => {
    await marta.notifications.setSettings({ mail: "off" });
    await milo.notifications.setSettings({ mail: "now", language: "uk", timeZone: "Europe/Kyiv" });
    await ask(holdfast.hosts, { title: "May the model use “refund”?", due: "2d" });
    await round();
    // Also what a node asks by itself.
    const subject = "До вирішення: Чи може модель скористатися «refund»?";
    expect(mailbox.mails.map((mail) => mail.subject)).toEqual([subject]);
    expect(mailbox.mails[0]?.text).toContain("(Europe/Kyiv)");
  });

  test("a list a day: what is late, of today and later, once, at the chosen time", async () => {
    await marta.notifications.setSettings({ mail: "daily", at: "08:30", timeZone: "Europe/Kyiv" });
    await milo.notifications.setSettings({ mail: "off" });
    await morning("07:00");
    for (const due of ["30m", "4h", "3d"]) await ask(holdfast.hosts, { title: `Due in ${due}?`, due });
    await round();
    expect(mailbox.mails).toEqual([]);
    await morning("08:31");
    await round();
    await round();
    expect(mailbox.mails).toHaveLength(1);
    expect(mailbox.mails[0]?.subject).toBe("Your tasks: 3 open");
    expect(mailbox.mails[0]?.text).toMatch(
      /^Overdue \(1\)\n\n- Due in 30m\?.*Today \(1\)\n\n- Due in 4h\?.*Later \(1\)\n\n- Due in 3d\?/s,
    );
    await holdfast.hosts.advance(DAY);
    mailbox.answer = "later";
    await round();
    mailbox.answer = "sent";
    await round();
    expect(mailbox.mails).toHaveLength(1);
    await holdfast.hosts.advance(301_000);
    await round();
    expect(mailbox.mails).toHaveLength(2);
  });

  test("settings say whether there is a mail server, and refuse what is no time", async () => {
    expect(await marta.notifications.settings()).toMatchObject({ mail: "now", canMail: false });
    await expect(marta.notifications.setSettings({ mail: "daily", at: "8.30" })).rejects.toThrow("time of day");
    await expect(marta.notifications.setSettings({ mail: "daily", timeZone: "Moon" })).rejects.toThrow("time zone");
  });
});

/** Moves time to the next time that Kyiv's clocks (in winter) show that. */
async function morning(time: string): Promise<void> {
  const { rows } = await holdfast.hosts.host.database.query<{ ms: number }>(
    `select ((extract(epoch from ((holdfast.now() at time zone 'Europe/Kyiv')::date + $1::time)
       - (holdfast.now() at time zone 'Europe/Kyiv')) * 1000)::bigint + 86400000) % 86400000 as ms`,
    [time],
  );
  await holdfast.hosts.advance(Number(rows[0]?.ms));
}
