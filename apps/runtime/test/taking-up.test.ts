/** A failed run that can't be taken up again says so, and stays what it is. */
import type { JsonObject } from "@holdfast/dsl";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DAY, edges, failure, HostFixture, SYSTEM_CALLER } from "./support/host-fixture.ts";

let holdfast: HostFixture;

beforeAll(async () => {
  holdfast = await HostFixture.create();
  await holdfast.start();
});
afterAll(() => holdfast[Symbol.asyncDispose]());

const late = { settings: { timeouts: { finish: "1d" } } };
const nap = { type: "sleep", params: { for: "30d" } };
const undone = { type: "probe.keyed", params: {}, compensate: { type: "probe.keyed", params: {} } };
const calls = (id: string, flow: string): JsonObject & { readonly id: string } => ({
  id,
  nodes: { child: { type: "invoke", params: { flow } } },
  edges: edges("start>child", "child>end"),
});

async function failed(id: string): Promise<void> {
  expect(await holdfast.ended(id)).toMatchObject({ status: "failed" });
}

async function timedOut(flow: string): Promise<string> {
  const id = await holdfast.begin(flow);
  await holdfast.settled(id, "waiting");
  await holdfast.until(async () => {
    const { rows } = await holdfast.host.database.query(
      "select from holdfast.timers t join holdfast.runs r on r.id = t.run where r.id = $1 or r.parent = $1",
      [id],
    );
    return rows.length > 0 ? true : undefined;
  }, "its timer");
  await holdfast.advance(DAY);
  await failed(id);
  return id;
}

const retry = (id: string): Promise<void> => holdfast.services.retryRun(SYSTEM_CALLER, id);

describe("a run that", () => {
  test("took too long has no failed step to go on at", async () => {
    await holdfast.publish({ id: "late", nodes: { nap }, edges: edges("start>nap", "nap>end"), ...late });
    const id = await timedOut("late");
    await expect(retry(id)).rejects.toMatchObject({ status: 409, code: "run_not_retryable" });
    expect(await holdfast.view(id)).toMatchObject({ status: "failed", error: { code: "finish_timeout" } });
  });

  test("has run one that took too long hasn't either", async () => {
    await holdfast.publish({ id: "late-child", nodes: { nap }, edges: edges("start>nap", "nap>end"), ...late });
    await holdfast.publish(calls("of-late", "late-child"));
    await expect(retry(await timedOut("of-late"))).rejects.toMatchObject({ status: 409, code: "run_not_retryable" });
  });

  test("has run one that undid what it did can't be taken up, either", async () => {
    await holdfast.publish({
      id: "undone-child",
      nodes: { undone, breaks: { type: "probe.keyed", params: {} } },
      edges: edges("start>undone", "undone>breaks", "breaks>end"),
    });
    await holdfast.publish(calls("of-undone", "undone-child"));
    holdfast.behaviors.set("breaks", () => failure("wrong", "fatal"));
    const id = await holdfast.begin("of-undone");
    await failed(id);
    await expect(retry(id)).rejects.toMatchObject({ status: 409, code: "run_compensated" });
    expect(await holdfast.view(id)).toMatchObject({ status: "failed" });
  });

  test("was terminated while it undid what it did is over", async () => {
    await holdfast.publish({
      id: "terminated",
      nodes: { sticks: undone, breaks: { type: "probe.keyed", params: {} } },
      edges: edges("start>sticks", "sticks>breaks", "breaks>end"),
    });
    holdfast.behaviors.set("sticks", (_, call) =>
      call === 1 ? { type: "output", port: "out", value: 1 } : failure("still", "fatal"),
    );
    holdfast.behaviors.set("breaks", () => failure("wrong", "fatal"));
    const id = await holdfast.begin("terminated");
    await holdfast.settled(id, "waiting");
    await holdfast.services.cancelRun(SYSTEM_CALLER, id, "terminate");
    await failed(id);
    await expect(retry(id)).rejects.toMatchObject({ status: 409 });
    expect(await holdfast.view(id)).toMatchObject({ status: "failed" });
  });
});
