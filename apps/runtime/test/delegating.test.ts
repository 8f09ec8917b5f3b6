/** Deciding for others: delegation, absence, and who is kept out of it. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { SignedIn } from "../src/session/signed-in.ts";
import { endAbsence, setAbsence } from "../src/tasks/absence.ts";
import { delegatesOf, peopleToTell } from "../src/tasks/deciders.ts";
import { type Asked, ask, asking, by, desk, newPerson, question } from "./support/deciding.ts";
import { DAY, edges, HostFixture } from "./support/host-fixture.ts";

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
  await holdfast.publish(asking("one"));
  await holdfast.publish({
    ...asking("steps"),
    nodes: {
      first: question("stepsFirst"),
      ask: question("steps", { notDecidersOf: ["first"] }),
      done: { type: "end", params: { output: "{{ nodes.ask }}" } },
      no: { type: "end", params: {} },
    },
    edges: edges(
      "start>first",
      "first.approved>ask",
      "first.rejected>no",
      "first.timeout>no",
      "ask.approved>done",
      "ask.rejected>done",
      "ask.timeout>no",
    ),
  });
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

describe("giving it to somebody else", () => {
  test("on one's behalf: both may, and the record says for whom", async () => {
    const asked = await ask(holdfast, "one");
    await expect(decide(dee, asked)).rejects.toMatchObject({ code: "not_assigned" });
    await give(ana, dee, asked, { to: dee.person.email, reason: "You know the customer." });
    expect(await view(asked)).toMatchObject({
      delegations: [{ from: { name: "Ana" }, to: { name: "Dee" }, kind: "delegate", reason: "You know the customer." }],
    });
    await decide(dee, asked);
    expect((await holdfast.ended(asked.run)).output).toMatchObject({ by: by(dee), onBehalfOf: by(ana) });
    expect(await view(asked)).toMatchObject({ decision: { onBehalfOf: ana.person.id } });
    expect(await noted(asked)).toMatchObject({ after: { onBehalfOf: ana.person.id } });
  });

  test("instead of oneself: until it is ended by either", async () => {
    const asked = await ask(holdfast, "one");
    await give(ana, dee, asked, { kind: "handOver" });
    await expect(decide(ana, asked)).rejects.toMatchObject({ status: 403, code: "handed_over" });
    await holdfast.services.endDelegation(dee, asked.task);
    await expect(decide(dee, asked)).rejects.toMatchObject({ code: "not_assigned" });
    await expect(holdfast.services.endDelegation(dee, asked.task)).rejects.toMatchObject({ code: "not_delegated" });
    await give(ana, dee, asked, { kind: "handOver" });
    await holdfast.services.endDelegation(ana, asked.task);
    expect(await noted(asked)).toMatchObject({
      action: "task.end_delegation",
      before: { delegations: [{ to: dee.person.id }] },
    });
    await decide(ana, asked);
  });

  test("until a time", async () => {
    const asked = await ask(holdfast, "one");
    const { now } = await holdfast.advance(0);
    const at = (ms: number): string => new Date(Date.parse(now) + ms).toISOString();
    await expect(give(ana, dee, asked, { until: at(-1) })).rejects.toMatchObject({
      code: "until_passed",
      pointer: "/until",
    });
    await give(ana, dee, asked, { kind: "handOver", until: at(2 * DAY) });
    await expect(decide(ana, asked)).rejects.toMatchObject({ code: "handed_over" });
    await holdfast.advance(2 * DAY);
    await expect(decide(dee, asked)).rejects.toMatchObject({ code: "not_assigned" });
    await decide(ana, asked);
  });

  test("one step deep, unless it was handed over, and never in a circle", async () => {
    const asked = await ask(holdfast, "one");
    await give(ana, dee, asked);
    await expect(give(dee, eva, asked)).rejects.toMatchObject({ status: 403, code: "held_on_behalf" });
    await give(ana, dee, asked, { kind: "handOver" });
    await expect(give(dee, ana, asked)).rejects.toMatchObject({ code: "delegation_loop", pointer: "/to" });
    await give(dee, eva, asked, { kind: "handOver" });
    await expect(decide(dee, asked)).rejects.toMatchObject({ code: "handed_over" });
    await decide(eva, asked);
    expect((await holdfast.ended(asked.run)).output).toMatchObject({ by: by(eva), onBehalfOf: by(ana) });
  });

  test("a claim goes with it", async () => {
    const asked = await ask(holdfast, "one");
    await holdfast.services.claimTask(ana, asked.task);
    await give(ana, dee, asked, { kind: "handOver" });
    await holdfast.services.claimTask(dee, asked.task);
    await holdfast.services.endDelegation(ana, asked.task);
    expect(await view(asked)).toMatchObject({ claimedBy: null });
    await decide(bob, asked);
  });

  test("to nobody who may not, with why; the list of people leaves them out", async () => {
    const asked = await ask(holdfast, "one", { by: cem.person.email });
    const gone = await newPerson(holdfast, "Gone");
    await holdfast.host.database.query("update holdfast.people set disabled_at = now() where id = $1", [
      gone.person.id,
    ]);
    const idle = await newPerson(holdfast, "Idle", []);
    for (const [to, code] of [
      [cem, "requester_may_not_decide"],
      [gone, "unknown_person"],
      [idle, "may_not_decide"],
      [ana, "delegate_to_self"],
    ] as const) {
      await expect(give(ana, to, asked)).rejects.toMatchObject({ status: 422, code, pointer: "/to" });
    }
    // Who asked has nothing to give either.
    await expect(give(cem, dee, asked)).rejects.toMatchObject({ code: "requester_may_not_decide" });
    const people = await delegatesOf(holdfast.host.database, 1, await view(asked), ana.person.id);
    const ids = people.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining([bob.person.id, dee.person.id]));
    for (const { person } of [ana, cem, gone, idle]) expect(ids).not.toContain(person.id);
    expect(people.findIndex(({ id }) => id === bob.person.id)).toBeLessThan(ids.indexOf(dee.person.id));
  });

  test("who may decide is who is told", async () => {
    const asked = await ask(holdfast, "one", { by: cem.person.email });
    const told = () => peopleToTell(holdfast.host.database, { id: asked.task, workspace: 1 });
    await give(ana, dee, asked, { kind: "handOver" });
    expect(await told()).toEqual(expect.arrayContaining([bob.person.id, dee.person.id]));
    for (const { person } of [ana, cem, eva]) expect(await told()).not.toContain(person.id);
    await holdfast.services.claimTask(dee, asked.task);
    expect(await told()).toEqual([dee.person.id]);
  });
});

describe("absence", () => {
  const away = async (who: SignedIn, delegate: SignedIn, from: number, until: number): Promise<void> => {
    const { now } = await holdfast.advance(0);
    const at = (ms: number): string => new Date(Date.parse(now) + ms).toISOString();
    await setAbsence(holdfast.host.database, who, {
      person: who.person.id,
      delegate: delegate.person.id,
      from: at(from),
      until: at(until),
    });
  };

  test("the delegate may decide for somebody while they are away, not before and not after", async () => {
    const [before, during, after] = [
      await ask(holdfast, "one"),
      await ask(holdfast, "one"),
      await ask(holdfast, "one"),
    ];
    await away(ana, dee, DAY, 3 * DAY);
    await expect(decide(dee, before)).rejects.toMatchObject({ code: "not_assigned" });
    await holdfast.advance(DAY);
    await decide(dee, during);
    expect((await holdfast.ended(during.run)).output).toMatchObject({ by: by(dee), onBehalfOf: by(ana) });
    await holdfast.advance(2 * DAY);
    await expect(decide(dee, after)).rejects.toMatchObject({ code: "not_assigned" });
  });

  test("can be ended, and does not excuse whoever asked", async () => {
    const own = await ask(holdfast, "one", { by: ana.person.email });
    await away(ana, dee, 0, DAY);
    await expect(decide(dee, own)).rejects.toMatchObject({ code: "requester_may_not_decide" });
    const asked = await ask(holdfast, "one");
    await endAbsence(holdfast.host.database, ana, ana.person.id);
    await expect(decide(dee, asked)).rejects.toMatchObject({ code: "not_assigned" });
    await expect(endAbsence(holdfast.host.database, ana, ana.person.id)).rejects.toMatchObject({ code: "not_away" });
  });

  test("nobody stands in who is away too", async () => {
    await away(ana, bob, 0, 2 * DAY);
    await expect(away(bob, ana, DAY, 3 * DAY)).rejects.toMatchObject({
      code: "delegate_is_away",
      pointer: "/delegate",
    });
    await expect(away(bob, bob, 0, DAY)).rejects.toMatchObject({ code: "delegate_to_self" });
    await expect(away(bob, cem, 2, 1)).rejects.toMatchObject({ code: "until_before_from" });
    await away(bob, ana, 2 * DAY, 3 * DAY);
  });
});

describe("who decided an earlier step of the run", () => {
  test("may not decide the next, nor anybody for them", async () => {
    const asked = await ask(holdfast, "steps");
    await give(ana, dee, asked);
    await decide(dee, asked);
    const next = await nextTask(asked);
    for (const who of [ana, dee]) {
      await expect(decide(who, next)).rejects.toMatchObject({
        status: 403,
        code: expect.stringMatching(/^(?:earlier_decider_may_not_decide|not_assigned)$/),
      });
    }
    await expect(decide(ana, next)).rejects.toMatchObject({ code: "earlier_decider_may_not_decide" });
    await expect(give(bob, ana, next)).rejects.toMatchObject({ code: "earlier_decider_may_not_decide" });
    await expect(give(bob, dee, next)).rejects.toMatchObject({ code: "earlier_decider_may_not_decide" });
    const { ids } = await holdfast.send("steps/approved", { order: asked.order }, ana);
    expect(await refusal(ids[0])).toMatchObject({ code: "earlier_decider_may_not_decide" });
    await decide(bob, next);
    expect((await holdfast.ended(asked.run)).output).toMatchObject({ by: by(bob) });
  });

  test("may decide in another run", async () => {
    const [one, other] = [await ask(holdfast, "steps"), await ask(holdfast, "steps")];
    await decide(ana, one);
    await decide(bob, other);
    expect(await decide(ana, await nextTask(other))).toMatchObject({ decided: true });
  });

  async function nextTask(asked: Asked): Promise<Asked> {
    const task = await holdfast.until(async () => {
      const { rows } = await holdfast.host.database.query<{ id: string }>(
        "select id from holdfast.tasks where run = $1 and node = 'ask'",
        [asked.run],
      );
      return rows[0]?.id;
    }, "the next task");
    return { ...asked, task };
  }
});
