/**
 * Postgres is taken away as by a power failure, with runs in every state, and comes back. Processes may end and are
 * started again; the client comes again with what was not answered.
 */
import { startPostgres } from "@holdfast/testkit";
import { expect, test } from "vitest";
import { migrate } from "../../src/database/migrate.ts";
import type { Door } from "./support/door.ts";
import { edges, keyed } from "./support/flows.ts";
import { historyOf } from "./support/history.ts";
import type { HostProcess } from "./support/host-process.ts";
import { expectSound } from "./support/invariants.ts";
import { until } from "./support/until.ts";
import { World } from "./support/world.ts";

const RUNS = 12;

test("every run finishes after Postgres was stopped immediately, twice", { timeout: 300_000 }, async () => {
  await using own = new AsyncDisposableStack();
  const postgres = await startPostgres();
  own.defer(() => postgres.stop("immediate"));
  await migrate(postgres.url);
  const world = own.use(await World.create({ databaseUrl: postgres.url }));
  await world.publish({
    id: "shaken",
    input: { type: "object", properties: { n: { type: "integer" } }, required: ["n"] },
    nodes: {
      before: keyed(world, "/before"),
      pause: { type: "sleep", params: { for: "400ms" } },
      wait: {
        type: "wait.event",
        params: { outcomes: [{ port: "paid", event: "bank/paid", match: { n: "{{ input.n }}" } }] },
      },
      after: keyed(world, "/after"),
    },
    edges: edges("start>before", "before>pause", "pause>wait", "wait.paid>after", "after>end"),
  });
  const supervisor = await Supervisor.start(world);
  own.use(supervisor);

  const clients = Array.from({ length: RUNS }, async (_, n) => {
    await supervisor.insist((door) => door.start("shaken", { n }, `start-${n}`));
    await supervisor.insist((door) => door.send("bank/paid", { n }, `paid-${n}`));
  });
  await world.ledger.arrived("/before", RUNS / 3);
  await postgres.restart("immediate");
  const first = await until("the history", () => historyOf(world).catch(() => undefined));
  await world.ledger.arrived("/after", 1);
  await postgres.restart("immediate");
  const second = await until("the history", () => historyOf(world).catch(() => undefined));
  await Promise.all(clients);

  await until("all runs to be completed", async () => {
    const history = await historyOf(world);
    const over = [...history.values()].filter((run) => run.status === "completed");
    return over.length === RUNS ? history : undefined;
  });
  expect(world.ledger.applied("/after")).toHaveLength(RUNS);
  await expectSound(world, [first, second]);
});

/** Starts a process again whenever it ends, as whatever runs Holdfast does. */
class Supervisor implements AsyncDisposable {
  readonly #world: World;
  #process: HostProcess;
  #closed = false;

  private constructor(world: World, process: HostProcess) {
    this.#world = world;
    this.#process = process;
    void this.#watch();
  }

  static async start(world: World): Promise<Supervisor> {
    return new Supervisor(world, await world.process());
  }

  /** The client: asks until it is answered. Every question carries a key. */
  async insist<Answer>(ask: (door: Door) => Promise<Answer>): Promise<Answer> {
    return until("an answer", async () => {
      try {
        return { answer: await ask(this.#process) };
      } catch {
        return undefined;
      }
    }).then(({ answer }) => answer);
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    return Promise.resolve();
  }

  async #watch(): Promise<void> {
    while (!this.#closed) {
      await this.#process.ended();
      if (this.#closed) return;
      this.#process = await until("a host to start", () => this.#world.process().catch(() => undefined));
    }
  }
}
