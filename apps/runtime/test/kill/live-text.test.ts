/** A process is killed while a model writes: who looks on sees what is written anew, and not the rest of the first text. */
import { expect, test } from "vitest";
import { type LivePiece, readLivePieces } from "../../src/live-text/stored-texts.ts";
import { edges } from "./support/flows.ts";
import { expectSound } from "./support/invariants.ts";
import { until, untilTrue } from "./support/until.ts";
import { World } from "./support/world.ts";
import { historyOf } from "./support/history.ts";

const TIMEOUT = { timeout: 300_000 };

test("what was cut off by a kill is replaced by the text of who goes on", TIMEOUT, async () => {
  await using world = await World.create();
  await world.publish({
    id: "writes",
    nodes: {
      write: { type: "kill.writing", params: { url: `${world.ledger.url}/half` } },
      done: { type: "end", params: { output: "{{ nodes.write }}" } },
    },
    edges: edges("start>write", "write>done"),
  });
  // The first is held up in mid-answer for good.
  let asked = 0;
  world.ledger.judge("/half", () => (asked++ === 0 ? new Promise<"answer">(() => undefined) : "answer"));
  const first = await world.process();
  const run = await first.start("writes", {}, "start");
  const pieces = async (): Promise<readonly LivePiece[]> => (await readLivePieces(world.pool, run, 0)).pieces;
  await untilTrue("the first half", async () => (await pieces()).length > 0);
  await world.ledger.arrived("/half");
  first.kill("SIGKILL");
  await world.host();
  await untilTrue("its end", async () => (await historyOf(world)).get(run)?.status === "completed");

  const all = await until("the end of the text", async () => {
    const told = await pieces();
    return told.some(({ ended }) => ended !== null) ? told : undefined;
  });
  const [cutOff, ...anew] = all;
  expect(cutOff).toMatchObject({ node: "write", attempt: 1, call: "ask", start: 0, ended: null });
  const again = `Process ${process.pid} begins and ends.`;
  expect(anew[0]).toMatchObject({ node: "write", attempt: 1, call: "ask", start: 0 });
  expect(anew.map(({ text }) => text).join("")).toBe(again);
  expect(new Set(anew.map(({ writing }) => writing)).size).toBe(1);
  expect(anew[0]?.writing).not.toBe(cutOff?.writing);
  const [row] = await world.rows<{ output: string }>("select output from holdfast.runs where id = $1", [run]);
  expect(row?.output).toBe(again);
  await expectSound(world, []);
});
