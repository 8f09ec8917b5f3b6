/**
 * The connection is cut between a commit and its answer: the database has done it, the process can't know. What was
 * committed is neither lost nor done twice.
 */
import { readyForQuery, startTcpProxy } from "@holdfast/testkit/tcp-proxy";
import { expect, test } from "vitest";
import { doorOf } from "./support/door.ts";
import { edges, keyed, unkeyed } from "./support/flows.ts";
import { historyOf } from "./support/history.ts";
import { expectSound } from "./support/invariants.ts";
import { until, untilTrue } from "./support/until.ts";
import { World } from "./support/world.ts";

const RUNS = 6;

const all = process.env["HOLDFAST_KILL"] === "all";

/** The statements that change something, by what their names have in them, and how many of their answers are lost. */
const STATEMENTS = [
  { statement: "holdfast_checkpoint", times: 20 },
  { statement: "holdfast_resolve_wait", times: 20 },
  { statement: "holdfast_insert_events", times: 20 },
  { statement: "holdfast_wake_due_runs", times: 20 },
  { statement: "holdfast_wake_parent", times: 20 },
  // A run that is taken again and again without getting anywhere is set aside: a few times it may happen.
  { statement: "holdfast_take_leases", times: 3 },
  // A timer whose claim was lost is claimed again after twenty seconds.
  ...(all ? [{ statement: "holdfast_claim_due_timers", times: 20 }] : []),
];

test.for(STATEMENTS)(
  "every run finishes when $times answers to $statement are lost",
  { timeout: 300_000 },
  async ({ statement, times }) => {
    await using world = await World.create();
    const url = new URL(world.databaseUrl);
    await using proxy = await startTcpProxy(Number(url.port));
    url.port = String(proxy.port);
    await world.publish({
      id: "child",
      nodes: { inner: keyed(world, "/inner"), done: { type: "end", params: { output: { ok: true } } } },
      edges: edges("start>inner", "inner>done"),
    });
    await world.publish({
      id: "cut",
      input: { type: "object", properties: { n: { type: "integer" } }, required: ["n"] },
      nodes: {
        before: unkeyed(world, "/before"),
        pause: { type: "sleep", params: { for: "400ms" } },
        wait: {
          type: "wait.event",
          params: { outcomes: [{ port: "paid", event: "bank/paid", match: { n: "{{ input.n }}" } }] },
        },
        call: { type: "invoke", params: { flow: "child", input: {} } },
        after: keyed(world, "/after"),
      },
      edges: edges("start>before", "before>pause", "pause>wait", "wait.paid>call", "call>after", "after>end"),
    });
    // Room for half of them: runs are also handed over, through the database that loses its answers.
    const host = await world.host({ databaseUrl: url.href, capacity: 3 });
    const door = doorOf(host);
    // What is sent again gets its answer: so each of the statements has its turn, and not the first one all of them.
    proxy.cutAnswers({ matches: (sent) => sent.includes(statement), whole: readyForQuery, times, everyNth: 2 });

    await Promise.all(
      Array.from({ length: RUNS }, async (_, n) => {
        await insist(() => door.start("cut", { n }, `start-${n}`));
        await insist(() => door.send("bank/paid", { n }, `paid-${n}`));
      }),
    );
    await untilTrue("all runs to be completed", async () => {
      const history = await historyOf(world);
      return history.size === 2 * RUNS && [...history.values()].every((run) => run.status === "completed");
    });
    expect(proxy.cuts).toBeGreaterThan(0);
    // Not even what has no key was sent twice: nobody died, so everybody knew what he had sent.
    expect(world.ledger.applied("/before")).toHaveLength(RUNS);
    expect(world.ledger.applied("/after")).toHaveLength(RUNS);
    const [events] = await world.rows<{ count: number }>("select count(*) from holdfast.events");
    expect(events?.count).toBe(RUNS);
    await expectSound(world, []);
  },
);

/** A client that gets an error comes again, with the same key. */
function insist<Answer>(ask: () => Promise<Answer>): Promise<{ answer: Answer }> {
  return until("an answer", async () => {
    try {
      return { answer: await ask() };
    } catch {
      return undefined;
    }
  });
}
