/** One cell of the matrix: a process is killed, another goes on, and everything is as if nothing had happened. */
import { expect } from "vitest";
import type { Failpoint } from "../../../src/host/failpoint.ts";
import type { RunningHost } from "../../../src/host/start-host.ts";
import type { Combination } from "../matrix.ts";
import { CLIENT, type Door, doorOf } from "./door.ts";
import { type History, historyOf, type RunOfHistory } from "./history.ts";
import type { HostProcess } from "./host-process.ts";
import { expectSound } from "./invariants.ts";
import { flowOf, type Scenario, SCENARIOS } from "./scenarios.ts";
import { until } from "./until.ts";
import { World } from "./world.ts";

/** @param failpoints Where processes are killed, one after the other; default: as the combination says. */
export async function expectRecovery(
  combination: Combination,
  failpoints: readonly (string | undefined)[] = killsFor(combination),
): Promise<void> {
  await using world = await World.create();
  const scenario = await prepare(world, combination);
  const before: History[] = [];
  for (const failpoint of failpoints) {
    const victim = await world.process(failpoint === undefined ? {} : { failpoint });
    if (failpoint === undefined) await killWhenSent(world, victim, scenario);
    // It may die before it answers: then the client comes again.
    const asked = drive(victim, scenario).catch(() => undefined);
    await victim.killed();
    await asked;
    before.push(await historyOf(world));
  }
  const host = await world.host();
  const run = await drive(doorOf(host), scenario);
  const history = await untilOver(world, host, scenario.runs ?? 1);
  await expectOutcome(world, { history, run }, combination, scenario);
  await expectSound(world, before);
}

/** A reason not to be killed has to be true: armed, a process carries the run to its end. */
export async function expectNoKill(combination: Combination): Promise<void> {
  const { point, type } = combination;
  await using world = await World.create();
  const scenario = await prepare(world, combination);
  const process = await world.process({ failpoint: `${point}@${type}` });
  const run = await drive(process, scenario);
  const history = await until("the run to be over", async () => {
    const now = await historyOf(world);
    return now.size === (scenario.runs ?? 1) && [...now.values()].every(isOver) ? now : undefined;
  });
  expect(history.get(run)).toMatchObject({ status: scenario.status ?? "completed" });
  expect(process.dead).toBe(false);
}

async function prepare(world: World, { point, type }: Combination): Promise<Scenario> {
  const make = SCENARIOS.get(type);
  if (make === undefined) throw new Error(`no scenario has a ${type}`);
  const scenario = make(world, point);
  await scenario.prepare?.();
  for (const other of scenario.others ?? []) await world.publish(other);
  await world.publish(flowOf(world, scenario, isLast(point)));
  return scenario;
}

/** For a point at the end of the run, the node is the last one. */
const isLast = (point: Failpoint): boolean => point.startsWith("completion.");

/**
 * Where the processes of a cell are killed; undefined: by the target of the effect. A lease is taken, and a run loaded,
 * of a run that another process left: so that one is killed first, in the middle of the node.
 */
function killsFor({ point, type }: Combination): readonly (string | undefined)[] {
  if (point.startsWith("lease.") || point.startsWith("load.")) return [`checkpoint.before@${type}`, point];
  return point === "effect.sent" ? [undefined] : [`${point}@${type}`];
}

/** The client: starts the run and does its part, with keys that make it harmless to come again. */
async function drive(door: Door, scenario: Scenario): Promise<string> {
  const run = await door.start("kill", { n: 1 }, "start-1");
  await scenario.drive?.(door, run);
  return run;
}

/** When a target has the first request it kills, and does not answer. */
async function killWhenSent(world: World, victim: HostProcess, { whenSent }: Scenario): Promise<void> {
  await whenSent?.(() => victim.kill("SIGKILL"));
  let first = true;
  const judge = (): "silence" | "answer" => {
    if (!first) return "answer";
    first = false;
    victim.kill("SIGKILL");
    return "silence";
  };
  world.ledger.judge("/tested", judge);
  world.web.judge = judge;
  world.mail.judge(() => (judge() === "silence" ? "silence" : "accept"));
  const { reply } = world.model;
  world.model.reply = (request) =>
    judge() === "silence"
      ? { kind: "slow", until: new Promise(() => undefined), reply: reply(request) }
      : reply(request);
}

const isOver = ({ status }: RunOfHistory): boolean => ["completed", "failed", "canceled"].includes(status);

/** Until all runs that there are to be are over. An incident is answered as a person would who finds nothing was sent. */
async function untilOver(world: World, host: RunningHost, runs: number): Promise<History> {
  return until(`${runs} runs to be over`, async () => {
    const open = await world.rows<{ id: string }>("select id from holdfast.incidents where status = 'open'");
    for (const { id } of open) await host.services.resolveIncident(CLIENT, { incident: id, action: "retry" });
    const history = await historyOf(world);
    return history.size >= runs && [...history.values()].every(isOver) ? history : undefined;
  });
}

async function expectOutcome(
  world: World,
  { history, run }: { readonly history: History; readonly run: string },
  { point, type }: Combination,
  scenario: Scenario,
): Promise<void> {
  const { status = "completed", output, effects = {}, mails = 0, runs = 1, alone, port } = scenario;
  expect(history.size).toBe(runs);
  expect(history.get(run)).toMatchObject({ status });
  if (output !== undefined) expect(JSON.parse(history.get(run)?.output ?? "null")).toEqual(output);
  const after = port !== null && !isLast(point) && alone !== true;
  const expected = { ...(alone === true ? {} : { "/before": 1 }), ...(after ? { "/after": 1 } : {}), ...effects };
  const applied = Map.groupBy(
    world.ledger.sends.filter((send) => send.applied),
    (send) => send.path,
  );
  expect(Object.fromEntries([...applied].map(([path, sends]) => [path, sends.length]))).toEqual(expected);
  expect(new Set(world.mail.sends.map((mail) => mail.messageId)).size).toBe(mails);
  const [incidents] = await world.rows<{ count: number }>("select count(*) from holdfast.incidents");
  // Announced and not known to be sent: only a person may say what became of it.
  const isInDoubt =
    point === "intent.after" && ["http.request", "slack.message", "teams.message", "kill.durable"].includes(type);
  expect(incidents?.count).toBe(isInDoubt ? 1 : 0);
  await scenario.expect?.();
}
