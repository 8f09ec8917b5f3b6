/**
 * Every failure of a provider, with SIGKILL in each: every run is killed while its call is under way, and again when it
 * has failed and the next call is under way. Each ends as documented, every finished call is made once, and the books say
 * what the provider said.
 */
import type { JsonObject } from "@holdfast/dsl";
import {
  failingProvider,
  failureOf,
  PROVIDER_FAILURES,
  type ProviderFailure,
  VERDICT,
  VERDICT_SCHEMA,
} from "@holdfast/testkit/openai/failures";
import { describe, expect, test } from "vitest";
import type { RunningHost } from "../../src/host/start-host.ts";
import { CLIENT } from "./support/door.ts";
import { edges, type Flow } from "./support/flows.ts";
import { type History, historyOf, type RunOfHistory } from "./support/history.ts";
import type { HostProcess } from "./support/host-process.ts";
import { expectSound } from "./support/invariants.ts";
import { twoAtATime } from "./support/two-at-a-time.ts";
import { until } from "./support/until.ts";
import { World } from "./support/world.ts";

const TIMEOUT = { timeout: 300_000 };
const TURNS = 3;
const never = new Promise<never>(() => undefined);

/** A retry at once, where the provider does not say when. */
const RETRY = { maxAttempts: 0, initialInterval: "10ms", backoff: 1, jitter: "none" };

/** How many replies it takes before the first that is good: the killed ones apart. */
const badReplies = ({ endless, replies }: ProviderFailure): number =>
  endless === true ? TURNS : replies({ now: 0, never }).length;

/** A wait that time has to be moved for. */
const LONG_MS = 30_000;

/** Whether another call follows the first one by itself. */
const goesOn = ({ end, endless, replies }: ProviderFailure): boolean => {
  if (end.as === "retried") return (end.afterMs ?? 0) < LONG_MS;
  return end.as === "repaired" || endless === true || replies({ now: 0, never }).length > 1;
};

const LATER = PROVIDER_FAILURES.filter((failure) => failure.end.as === "retried" && !goesOn(failure));

/** Whose calls can be told in advance: one that the provider holds is given up by the step, where it is not killed. */
const EXACT = PROVIDER_FAILURES.filter(({ limits }) => limits === undefined);
const exactly = (asked: ReadonlyMap<string, number>): ReadonlyMap<string, number> =>
  new Map(EXACT.map(({ id }) => [id, asked.get(id) ?? 0]));

/** The provider of a world in which processes are killed. */
class Stage {
  /** In which a request is held: the first one of each, then the second. */
  act: 1 | 2 | 3 = 1;
  readonly held = new Set<string>();
  readonly asked = new Map<string, number>();

  constructor(world: World) {
    const answer = failingProvider(
      () => ({ now: Date.now(), never }),
      ({ id }, request) => {
        if (this.act === 3 || request !== this.act) return undefined;
        this.held.add(id);
        return never;
      },
    );
    world.model.reply = (entry) => {
      const id = failureOf(entry)?.id ?? "";
      this.asked.set(id, (this.asked.get(id) ?? 0) + 1);
      return answer(entry);
    };
  }
}

describe.concurrent.each(["responses", "chat"] as const)("over the %s protocol", (api) => {
  test("each ends as documented when it is killed in its middle", TIMEOUT, () =>
    twoAtATime(async () => {
      await using world = await World.create({ api });
      const stage = new Stage(world);
      for (const failure of PROVIDER_FAILURES) await world.publish(flowOf(world, failure));

      const first = await world.process();
      const runs = new Map<string, string>();
      await Promise.all(
        PROVIDER_FAILURES.map(async ({ id }) => runs.set(await first.start(nameOf(id), {}, `start-${id}`), id)),
      );
      await until("every first call to be under way", async () => allHeld(stage, PROVIDER_FAILURES));
      const before = [await killed(world, first)];

      stage.held.clear();
      stage.act = 2;
      const second = await world.process();
      await until("every second call to be under way", async () => allHeld(stage, PROVIDER_FAILURES.filter(goesOn)));
      await until("the others to be at rest", () => atRest(world, runs));
      before.push(await killed(world, second));

      // Nobody asks before the provider's time has come.
      stage.act = 3;
      const host = await world.host({ demo: true });
      await until("those that go on to be over", async () => over(await historyOf(world), runs, LATER));
      for (const failure of LATER) expect([failure.id, stage.asked.get(failure.id)]).toEqual([failure.id, 2]);
      await until("those that wait to hold nothing", async () => allFree(await historyOf(world), runs));
      await expectWaits(world, runs);
      await host.services.advanceClock(CLIENT, 150_000);
      const history = await until("all to be over", async () => over(await historyOf(world), runs, []));

      const codes = await codesOf(world, runs);
      const ends = [...runs].map(
        ([run, id]) => [id, { status: history.get(run)?.status, code: codes.get(run) }] as const,
      );
      expect(new Map(ends)).toEqual(new Map(PROVIDER_FAILURES.map((failure) => [failure.id, endOf(failure)])));
      expect(exactly(stage.asked)).toEqual(new Map(EXACT.map((failure) => [failure.id, callsOf(failure)])));
      await expectBooks(world, runs, stage);
      await resolveAll(world, runs, host);
      await until("nothing to be left", async () => over(await historyOf(world), runs, [], true));
      await expectSound(world, before);
    }),
  );
});

/** Between an answer that does not fit and the turn that mends it. */
describe.concurrent("an unfit answer", () => {
  test.for([
    { point: "substep.before", when: "is asked for again when it was not yet recorded", messages: [1, 1, 3] },
    { point: "substep.after", when: "is mended when it was", messages: [1, 3] },
  ])("$when", TIMEOUT, ({ point, messages }) =>
    twoAtATime(async () => {
      await using world = await World.create();
      const asked: number[] = [];
      world.model.reply = ({ messages: said }) => {
        asked.push(said.length);
        return said.length === 1 ? { kind: "json", value: {} } : { kind: "json", value: VERDICT };
      };
      const failure = PROVIDER_FAILURES.find(({ id }) => id === "missing_field");
      if (failure === undefined) throw new Error("there is no such failure");
      await world.publish(flowOf(world, failure));
      const victim = await world.process({ failpoint: `${point}@ai.object` });
      const started = victim.start(nameOf(failure.id), {}, "start-1").catch(() => undefined);
      const before = [await killed(world, victim, false)];
      await started;
      await world.host();
      const history = await until("the run to be over", async () => {
        const now = await historyOf(world);
        return [...now.values()].every(({ status }) => status === "completed") ? now : undefined;
      });
      const steps = [...history.values()].flatMap((run) => run.steps);
      const outputs = steps.filter(({ call }) => call === "main").map(({ output }) => JSON.parse(output ?? "null"));
      expect(outputs).toEqual([VERDICT]);
      expect(asked).toEqual(messages);
      await expectSound(world, before);
    }),
  );
});

const nameOf = (id: string): string => id.replaceAll("_", "-");

function flowOf(world: World, failure: ProviderFailure): Flow {
  const { id } = failure;
  const ask = { ...nodeOf(world, failure), retry: RETRY };
  return { id: nameOf(id), nodes: { ask }, edges: edges("start>ask", "ask>end") };
}

function nodeOf(world: World, { id, asks, limits }: ProviderFailure): JsonObject {
  const prompt = `failure: ${id}`;
  const more: JsonObject = limits === undefined ? {} : { limits: { ...limits } };
  if (asks === "text") return { type: "ai.text", params: { prompt, ...more } };
  if (asks === "object") return { type: "ai.object", params: { prompt, schema: VERDICT_SCHEMA, ...more } };
  const http = { method: "POST", url: `${world.ledger.url}/look-up`, idempotencyHeader: "Idempotency-Key" };
  const input = { type: "object", properties: { order: { type: "string" } }, required: ["order"] };
  const tool = { name: "look_up_order", description: "Finds an order.", http: { ...http, arguments: input } };
  return { type: "ai.agent", params: { prompt, tools: [tool], maxTurns: TURNS, ...more } };
}

function allHeld({ held }: Stage, failures: readonly ProviderFailure[]): true | undefined {
  return failures.every(({ id }) => held.has(id)) ? true : undefined;
}

async function killed(world: World, victim: HostProcess, now = true): Promise<History> {
  if (now) victim.kill("SIGKILL");
  await victim.killed();
  return historyOf(world);
}

/** Those whose first call was their last for now. */
async function atRest(world: World, runs: ReadonlyMap<string, string>): Promise<true | undefined> {
  const history = await historyOf(world);
  const isAtRest = [...runs].every(([run, id]) => {
    const failure = PROVIDER_FAILURES.find((one) => one.id === id);
    const now = history.get(run);
    return failure === undefined || now === undefined || goesOn(failure) || rests(now, failure);
  });
  return isAtRest ? true : undefined;
}

function rests({ status, steps }: RunOfHistory, { end }: ProviderFailure): boolean {
  if (end.as === "answered") return status === "completed";
  if (end.as === "failed") return status === "failed";
  return steps.some((step) => step.call === "main" && step.status === "failed");
}

function over(
  history: History,
  runs: ReadonlyMap<string, string>,
  except: readonly ProviderFailure[],
  noIncidents = false,
): History | undefined {
  const isOver = [...runs].every(([run, id]) => {
    const status = history.get(run)?.status ?? "";
    const failure = PROVIDER_FAILURES.find((one) => one.id === id);
    if (except.some((one) => one.id === id)) return true;
    if (failure?.end.as === "incident" && !noIncidents) return status === "waiting" && history.get(run)?.held === false;
    return ["completed", "failed"].includes(status);
  });
  return isOver ? history : undefined;
}

function endOf({ end }: ProviderFailure): { readonly status: string; readonly code: string | undefined } {
  if (end.as === "incident") return { status: "waiting", code: end.code };
  return end.as === "failed" ? { status: "failed", code: end.code } : { status: "completed", code: undefined };
}

/** Once in each of the two acts in which it was killed, and besides once each. */
function callsOf(failure: ProviderFailure): number {
  const bad = badReplies(failure);
  const good = failure.end.as === "retried" || failure.end.as === "repaired" ? 1 : 0;
  return 1 + (goesOn(failure) ? 1 : 0) + bad + good;
}

async function codesOf(world: World, runs: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, string>> {
  const rows = await world.rows<{ run: string; code: string }>(`
    select id as run, error->>'code' as code from holdfast.runs where error is not null
    union all select run, error->>'code' from holdfast.incidents where status = 'open'`);
  return new Map(rows.filter(({ run }) => runs.has(run)).map(({ run, code }) => [run, code]));
}

/** No process keeps a run that waits for its provider. */
function allFree(history: History, runs: ReadonlyMap<string, string>): true | undefined {
  const later = [...runs].filter(([, id]) => LATER.some((failure) => failure.id === id));
  return later.length === LATER.length && later.every(([run]) => history.get(run)?.held === false) ? true : undefined;
}

/** What the provider asked for is what was recorded; a date has no more than seconds, and time went on. */
async function expectWaits(world: World, runs: ReadonlyMap<string, string>): Promise<void> {
  const rows = await world.rows<{ run: string; wait: number }>(`
    select run, (error->>'retryAfter')::float8 as wait from holdfast.steps where call = 'main' and attempt = 1`);
  const waits = new Map(rows.map(({ run, wait }) => [runs.get(run), wait]));
  const asked = LATER.map(({ id, end }) => [id, end.as === "retried" ? end.afterMs : undefined] as const);
  const dated = "rate_limit_date";
  const exact = asked.filter(([id]) => id !== dated);
  expect(exact.map(([id]) => [id, waits.get(id)])).toEqual(exact);
  expect(waits.get(dated)).toBeGreaterThan(0);
  expect(waits.get(dated)).toBeLessThanOrEqual(Number(new Map(asked).get(dated)));
}

/** Whose provider tells nothing. */
const GUESSED: ReadonlySet<string> = new Set(
  PROVIDER_FAILURES.filter(({ counts }) => counts === "guess").map(({ id }) => id),
);

/** Every request is in the books; those that ended with what the provider told of them. */
async function expectBooks(world: World, runs: ReadonlyMap<string, string>, stage: Stage): Promise<void> {
  const rows = await world.rows<{ run: string; calls: number; input: number; output: number }>(`
    select run, count(*)::int as calls,
      coalesce(sum(input_tokens) filter (where status in ('settled', 'failed')), 0)::int as input,
      coalesce(sum(output_tokens) filter (where status in ('settled', 'failed')), 0)::int as output
    from holdfast.model_calls group by run`);
  expect(new Map(rows.map(({ run, calls }) => [runs.get(run), calls]))).toEqual(stage.asked);
  const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
  const told = rows.filter(({ run }) => !GUESSED.has(runs.get(run) ?? ""));
  expect({ input: sum(told.map(({ input }) => input)), output: sum(told.map(({ output }) => output)) }).toEqual({
    input: sum(world.told.map(({ input }) => input)),
    output: sum(world.told.map(({ output }) => output)),
  });
}

async function resolveAll(world: World, runs: ReadonlyMap<string, string>, host: RunningHost): Promise<void> {
  const open = await world.rows<{ id: string; run: string }>(
    "select id, run from holdfast.incidents where status = 'open'",
  );
  for (const { id, run } of open) {
    const output = byHand(runs.get(run));
    await host.services.resolveIncident(CLIENT, { incident: id, action: "complete", output });
  }
}

function byHand(id: string | undefined): JsonObject {
  const asks = PROVIDER_FAILURES.find((failure) => failure.id === id)?.asks;
  if (asks === "agent") return { answer: "By hand.", turns: 0, toolCalls: [] };
  return asks === "object" ? VERDICT : { text: "By hand." };
}
