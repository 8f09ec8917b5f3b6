/** Answers: votes, reasons, what is kept of them, and claims. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { JsonObject } from "@holdfast/dsl";
import type { SignedIn } from "../src/session/signed-in.ts";
import { ask, asking, by, desk, newPerson } from "./support/deciding.ts";
import { DAY, HostFixture } from "./support/host-fixture.ts";

const HOUR = DAY / 24;

let holdfast: HostFixture;
let ana: SignedIn;
let bob: SignedIn;
let cem: SignedIn;
let dee: SignedIn;
let eva: SignedIn;
const { decide, give, view, noted, refusal } = desk(() => holdfast);

beforeAll(async () => {
  holdfast = await HostFixture.create();
  await holdfast.start();
  const flows: Readonly<Record<string, JsonObject>> = {
    one: {},
    reasons: { reasonFor: ["rejected"] },
    two: { needs: { approved: 2 } },
    both: { needs: { approved: 2, rejected: 2 } },
  };
  for (const [id, inbox] of Object.entries(flows)) await holdfast.publish(asking(id, inbox));
});
afterAll(() => holdfast[Symbol.asyncDispose]());

/** Others for each test: what one does is none of another's. */
beforeEach(async () => {
  ana = await newPerson(holdfast, "Ana");
  bob = await newPerson(holdfast, "Bob");
  cem = await newPerson(holdfast, "Cem");
  dee = await newPerson(holdfast, "Dee", ["viewer"]);
  eva = await newPerson(holdfast, "Eva", ["viewer"]);
});

describe("several people", () => {
  test("the first answer that reaches its number decides, and the flow reads every vote", async () => {
    const asked = await ask(holdfast, "both");
    expect(await decide(ana, asked, { data: { amount: 8 }, comment: "Fine." })).toMatchObject({ decided: false });
    expect(await decide(bob, asked, { outcome: "rejected", comment: "Too much." })).toMatchObject({ decided: false });
    expect(await view(asked)).toMatchObject({
      status: "open",
      votes: [
        { outcome: "approved", by: by(ana), comment: "Fine." },
        { outcome: "rejected", by: by(bob) },
      ],
      needs: { approved: 2, rejected: 2 },
    });
    // Who agrees agrees to the same values.
    expect(await decide(cem, asked)).toMatchObject({ decided: true });
    expect((await holdfast.ended(asked.run)).output).toMatchObject({
      outcome: "approved",
      data: { amount: 8 },
      by: by(cem),
      decisions: [
        { outcome: "approved", by: by(ana), comment: "Fine.", via: "app" },
        { outcome: "rejected", by: by(bob), comment: "Too much." },
        { outcome: "approved", by: by(cem) },
      ],
    });
  });

  test("one rejection is enough where the flow does not ask for more", async () => {
    const asked = await ask(holdfast, "two");
    await decide(ana, asked);
    expect(await decide(bob, asked, { outcome: "rejected" })).toMatchObject({ decided: true });
    expect((await holdfast.ended(asked.run)).output).toMatchObject({ outcome: "rejected", by: by(bob) });
  });

  test("nobody has two votes", async () => {
    const asked = await ask(holdfast, "both");
    await decide(ana, asked);
    for (const outcome of ["approved", "rejected"]) {
      await expect(decide(ana, asked, { outcome })).rejects.toMatchObject({ status: 409, code: "already_voted" });
    }
    // Nor through somebody else, nor for somebody else who has voted.
    await give(bob, dee, asked);
    await decide(dee, asked, { outcome: "rejected" });
    await expect(decide(bob, asked)).rejects.toMatchObject({ code: "already_voted" });
    await expect(give(ana, eva, asked)).rejects.toMatchObject({ code: "already_voted" });
  });

  test("who agrees can't change what others have agreed to", async () => {
    const asked = await ask(holdfast, "two");
    await decide(ana, asked, { data: { amount: 80 } });
    await expect(decide(bob, asked, { data: { amount: 800 } })).rejects.toMatchObject({
      status: 409,
      code: "other_values",
      pointer: "/data/amount",
      details: { data: { amount: 80 } },
    });
    await decide(bob, asked, { data: { amount: 80 } });
    expect((await holdfast.ended(asked.run)).output).toMatchObject({ data: { amount: 80 } });
  });

  test("a vote can be taken back while others are needed, and within the grace of the last", async () => {
    const asked = await ask(holdfast, "two");
    await decide(ana, asked);
    await expect(holdfast.services.takeBackDecision(bob, asked.task)).rejects.toMatchObject({ code: "not_decided" });
    await holdfast.services.takeBackDecision(ana, asked.task);
    expect(await view(asked)).toMatchObject({ status: "open", votes: [] });
    await decide(ana, asked);
    await decide(bob, asked, { graceSeconds: 10 });
    await expect(decide(cem, asked)).rejects.toMatchObject({ code: "already_decided" });
    // Without the first the second decides nothing any more.
    await holdfast.services.takeBackDecision(ana, asked.task);
    expect(await view(asked)).toMatchObject({ status: "open", decision: null, votes: [{ by: by(bob) }] });
    await holdfast.advance(20_000);
    expect(await holdfast.view(asked.run)).toMatchObject({ status: "waiting" });
    await decide(cem, asked, { graceSeconds: 10 });
    await holdfast.advance(11_000);
    expect((await holdfast.ended(asked.run)).output).toMatchObject({ by: by(cem) });
    await expect(holdfast.services.takeBackDecision(cem, asked.task)).rejects.toMatchObject({ status: 409 });
  });

  test("an event is its sender's vote, once, however often it is looked at", async () => {
    const asked = await ask(holdfast, "two");
    const { ids } = await holdfast.send("two/approved", { order: asked.order, amount: 10 }, ana);
    await holdfast.until(async () => ((await view(asked)).votes.length === 1 ? true : undefined), "the vote");
    // The same person's second vote: the event stays stored, the wait open, and the event says why.
    const second = await holdfast.send("two/approved", { order: asked.order }, ana);
    expect(await refusal(second.ids[0])).toMatchObject({ code: "already_voted" });
    // The deadline looks back once more; what has voted already is not refused for that.
    await holdfast.advance(31 * DAY);
    expect(await holdfast.ended(asked.run)).toMatchObject({ output: "late" });
    const { rows } = await holdfast.host.database.query("select refusals from holdfast.events where id = $1", [ids[0]]);
    expect(rows).toEqual([{ refusals: null }]);
    expect((await view(asked)).votes).toHaveLength(1);
  });

  test("nobody can keep it to themselves", async () => {
    await expect(holdfast.services.claimTask(ana, (await ask(holdfast, "two")).task)).rejects.toMatchObject({
      status: 409,
      code: "several_needed",
    });
  });
});

test("a reason is asked where the flow says so", async () => {
  const asked = await ask(holdfast, "reasons");
  for (const comment of [undefined, "  "]) {
    await expect(
      decide(ana, asked, { outcome: "rejected", ...(comment === undefined ? {} : { comment }) }),
    ).rejects.toMatchObject({ status: 422, code: "reason_required", pointer: "/comment" });
  }
  await decide(ana, asked, { outcome: "rejected", comment: "No order." });
  expect((await holdfast.ended(asked.run)).output).toMatchObject({ comment: "No order." });
});

test("what was proposed and what was decided is kept, and what whoever decided saw", async () => {
  const asked = await ask(holdfast, "one");
  await decide(ana, asked, { data: { amount: 7.5 }, graceSeconds: 10 });
  const diff = [{ pointer: "/amount", before: 10, after: 7.5 }];
  expect(await view(asked)).toMatchObject({ decision: { diff, data: { amount: 7.5 } } });
  expect(await noted(asked)).toMatchObject({
    action: "task.decide",
    before: { status: "open", votes: [] },
    after: {
      outcome: "approved",
      data: { amount: 7.5 },
      diff,
      saw: {
        title: `Order ${asked.order}`,
        context: { order: asked.order },
        prefill: { amount: 10 },
        aiOffline: false,
        description: null,
      },
    },
  });
  await holdfast.services.takeBackDecision(ana, asked.task);
  expect(await noted(asked)).toMatchObject({
    action: "task.take_back",
    before: { status: "decided" },
    after: { status: "open" },
  });
});

describe("a claim", () => {
  test("keeps others out until it is released", async () => {
    const asked = await ask(holdfast, "one");
    await holdfast.services.claimTask(ana, asked.task);
    expect(await view(asked)).toMatchObject({ claimedBy: { id: ana.person.id, name: "Ana" } });
    for (const refused of [
      () => decide(bob, asked),
      () => holdfast.services.claimTask(bob, asked.task),
      () => give(bob, dee, asked),
    ]) {
      await expect(refused()).rejects.toMatchObject({
        status: 409,
        code: "claimed",
        details: { by: ana.person.id, name: "Ana" },
      });
    }
    await expect(holdfast.services.releaseTask(bob, asked.task)).rejects.toMatchObject({ status: 403 });
    await holdfast.services.releaseTask(ana, asked.task);
    expect(await noted(asked)).toMatchObject({ action: "task.release", before: { claimedBy: ana.person.id } });
    await expect(holdfast.services.releaseTask(ana, asked.task)).rejects.toMatchObject({ code: "not_claimed" });
    await decide(bob, asked);
  });

  test("keeps an event out too, which says why", async () => {
    const asked = await ask(holdfast, "one");
    await holdfast.services.claimTask(ana, asked.task);
    const { ids } = await holdfast.send("one/approved", { order: asked.order }, bob);
    expect(await refusal(ids[0])).toMatchObject({ code: "claimed" });
    expect(await view(asked)).toMatchObject({ status: "open" });
  });

  test("is released by an administrator, and is only for whoever may decide", async () => {
    const asked = await ask(holdfast, "one");
    const root = await newPerson(holdfast, "Root", ["administrator"]);
    await expect(holdfast.services.claimTask(root, asked.task)).rejects.toMatchObject({ code: "not_assigned" });
    await holdfast.services.claimTask(ana, asked.task);
    await holdfast.services.releaseTask(root, asked.task);
    await decide(bob, asked);
  });

  test("lapses after eight hours", async () => {
    const asked = await ask(holdfast, "one");
    await holdfast.services.claimTask(ana, asked.task);
    await holdfast.advance(8 * HOUR - 60_000);
    await expect(decide(bob, asked)).rejects.toMatchObject({ code: "claimed" });
    await holdfast.advance(60_000);
    expect(await view(asked)).toMatchObject({ claimedBy: null });
    await decide(bob, asked);
  });
});
