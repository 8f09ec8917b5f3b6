/** Calls of models whose process is killed: what they took is counted, whether somebody can still say it or not. */
import type { Reply } from "@holdfast/testkit/openai/server";
import { expect, test } from "vitest";
import { doorOf } from "./support/door.ts";
import { edges } from "./support/flows.ts";
import { until } from "./support/until.ts";
import { World } from "./support/world.ts";

const TIMEOUT = { timeout: 120_000 };

const answer: Reply = { kind: "text", text: "Yes.", usage: { input: 100, output: 20 } };

const flow = {
  id: "asks",
  nodes: {
    ask: {
      type: "ai.text",
      params: { prompt: "Yes?", model: "gpt-5-mini", maxOutputTokens: 50, budget: { run: { tokens: 100_000 } } },
    },
  },
  edges: edges("start>ask", "ask>end"),
};

interface Call {
  readonly status: string;
  readonly used: number;
  readonly most: number;
}

const callsOf = (world: World): Promise<readonly Call[]> =>
  world.rows<Call & { readonly [column: string]: unknown }>(
    `select status, (input_tokens + output_tokens)::int as used, (reserved_input + reserved_output)::int as most
       from holdfast.model_calls order by id`,
  );

/** What the run's budget counts. */
async function spent(world: World): Promise<object | undefined> {
  const [row] = await world.rows(
    "select spent_tokens::int as spent, reserved_tokens::int as reserved from holdfast.model_budgets where scope = 'run'",
  );
  return row;
}

async function goesOn(world: World): Promise<void> {
  const host = await world.host();
  const run = await doorOf(host).start("asks", {}, "once");
  await until("the run to end", async () => {
    const [found] = await world.rows<{ status: string }>("select status from holdfast.runs where id = $1", [run]);
    return found?.status === "completed" ? true : undefined;
  });
}

test("killed while the model answers, it counts as the most that it can have taken", TIMEOUT, async () => {
  await using world = await World.create();
  await world.publish(flow);
  const victim = await world.process();
  let asked = 0;
  world.model.reply = (): Reply => {
    asked += 1;
    if (asked > 1) return answer;
    victim.kill("SIGKILL");
    return { kind: "slow", until: victim.ended(), reply: answer };
  };
  const begun = victim.start("asks", {}, "once").catch(() => undefined);
  await victim.killed();
  await begun;
  expect(await callsOf(world)).toEqual([{ status: "reserved", used: null, most: expect.any(Number) }]);
  await goesOn(world);
  expect(asked).toBe(2);
  const [lost, settled] = await callsOf(world);
  expect(lost).toMatchObject({ status: "lost", used: lost?.most });
  expect(settled).toMatchObject({ status: "settled", used: 120 });
  expect(await spent(world)).toEqual({ spent: (lost?.most ?? 0) + 120, reserved: 0 });
});

test("killed between the answer and its checkpoint, both answers are paid for and counted", TIMEOUT, async () => {
  await using world = await World.create();
  await world.publish(flow);
  world.model.reply = () => answer;
  const victim = await world.process({ failpoint: "substep.before@ai.text" });
  const begun = victim.start("asks", {}, "once").catch(() => undefined);
  await victim.killed();
  await begun;
  await goesOn(world);
  expect(await callsOf(world)).toMatchObject([
    { status: "settled", used: 120 },
    { status: "settled", used: 120 },
  ]);
  expect(await spent(world)).toEqual({ spent: 240, reserved: 0 });
});

test("killed with nobody to go on, it is lost all the same", TIMEOUT, async () => {
  await using world = await World.create();
  await world.publish(flow);
  const victim = await world.process();
  world.model.reply = (): Reply => {
    victim.kill("SIGKILL");
    return { kind: "slow", until: victim.ended(), reply: answer };
  };
  const begun = victim.start("asks", {}, "once").catch(() => undefined);
  await victim.killed();
  await begun;
  // Canceled before anybody takes it up again, the step does not come back to its call.
  await world.rows("update holdfast.runs set cancel_mode = 'terminate', wake_seq = wake_seq + 1");
  await world.host();
  const lost = await until("the call to be lost", async () => {
    const [call] = await callsOf(world);
    return call?.status === "lost" ? call : undefined;
  });
  expect(lost.used).toBe(lost.most);
  expect(await spent(world)).toEqual({ spent: lost.most, reserved: 0 });
});
