/** What a run's end is told from memory with, beside what reading it tells: the same, to the byte. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Json } from "@holdfast/dsl";
import { findRun } from "../src/read/runs.ts";
import type { Caller } from "../src/services/services.ts";
import { edges, failure, HostFixture, value } from "./support/host-fixture.ts";

const CALLER: Caller = {
  workspace: 1,
  actor: { kind: "key", id: "k1" },
  person: { id: "p1", name: "Ada", email: "ada@example.com", roles: [], groups: [] },
  door: "api",
};

let holdfast: HostFixture;

beforeAll(async () => {
  holdfast = await HostFixture.create();
  await holdfast.start();
  await holdfast.publish({
    id: "ends",
    nodes: {
      only: { type: "probe.repeatable", params: {}, retry: { maxAttempts: 1 } },
      done: { type: "end", params: { output: "{{ nodes.only }}" } },
    },
    edges: edges("start>only", "only>done"),
  });
  await holdfast.publish({ id: "plain", nodes: { only: probe() }, edges: edges("start>only", "only>end") });
});
afterAll(() => holdfast[Symbol.asyncDispose]());

const probe = () => ({ type: "probe.repeatable", params: {} });

const STRANGE: Json = { b: 1, 2: -0, 10: 'é \u2028 \\ "', a: [null, 1e21, 0.1, { "": {} }], $payload: "not one" };

async function startAndRead(flow: string, input: Json, idempotencyKey?: string) {
  const start = { flow, input, ...(idempotencyKey === undefined ? {} : { idempotencyKey }) };
  const told = await holdfast.services.startAndAwait(CALLER, start, 30_000);
  return { told: told.run, read: await findRun(holdfast.host.database, 1, told.runId) };
}

test.each([
  ["without an output", "plain", value(null), undefined],
  ["with an output", "ends", value(STRANGE), "key-1"],
  ["that failed", "ends", { ...failure("broken", "fatal") }, undefined],
])("a run %s", async (_, flow, outcome, key) => {
  holdfast.behaviors.set("only", () => outcome);
  const { told, read } = await startAndRead(flow, STRANGE, key);
  expect(told).toBeDefined();
  expect(JSON.stringify(told)).toBe(JSON.stringify(read));
});

test("one that a person canceled", async () => {
  holdfast.behaviors.set("only", ({ run, signal }) => {
    void holdfast.services.cancelRun(CALLER, run.id, "cancel");
    return new Promise((resolve) => {
      signal.addEventListener("abort", () => resolve(failure("aborted")), { once: true });
    });
  });
  const { told, read } = await startAndRead("plain", {});
  expect(told?.status).toBe("canceled");
  expect(JSON.stringify(told)).toBe(JSON.stringify(read));
});

test("one whose output is large has to be read, and one that was there before too", async () => {
  holdfast.behaviors.set("only", () => value("x".repeat(70_000)));
  const large = await startAndRead("ends", {});
  expect(large.told).toBeUndefined();
  expect(large.read?.output).toHaveLength(70_000);
  holdfast.behaviors.set("only", () => value(1));
  await startAndRead("plain", {}, "key-2");
  expect((await startAndRead("plain", {}, "key-2")).told).toBeUndefined();
});
