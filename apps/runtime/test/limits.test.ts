/** What is too large, or can't be stored, fails the step that made it, with a code; nothing else, and nothing for ever. */
import type { Json, JsonObject } from "@holdfast/dsl";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadRuns } from "../src/store/load-run.ts";
import { DAY, edges, HostFixture, value } from "./support/host-fixture.ts";

let holdfast: HostFixture;

beforeAll(async () => {
  holdfast = await HostFixture.create();
  await holdfast.start();
});
afterAll(() => holdfast[Symbol.asyncDispose]());

const MIB = 1024 * 1024;
const large = "x".repeat(MIB - 10);
/** More than 8 MiB, of what an expression may give. */
const tooLarge = Array.from({ length: 9 }, () => "{{ input.text }}");
/** CEL writes U+0000 by an escape, so that no document has to hold it. */
const bad = String.raw`{{ "a\u0000b" }}`;

/** A flow of one node, whose error is caught and told. */
function caught(id: string, node: JsonObject) {
  return {
    id,
    nodes: {
      node,
      ok: { type: "end", params: { output: "went on" } },
      told: { type: "end", params: { output: "{{ errors.node }}" } },
    },
    edges: edges("start>node", "node>ok", "node.error>told"),
  };
}

const body = (output: Json): JsonObject => ({
  nodes: { inner: { type: "end", params: { output } } },
  edges: edges("start>inner"),
});

describe("a control node", () => {
  test.for<[string, string, JsonObject]>([
    ["event-data", "value_too_large", { type: "event.send", params: { event: "a/b", data: tooLarge } }],
    ["event-text", "invalid_text", { type: "event.send", params: { event: "a/b", data: { text: bad } } }],
    ["event-name", "params_invalid", { type: "event.send", params: { event: bad } }],
    ["invoke-input", "value_too_large", { type: "invoke", params: { flow: "any", input: tooLarge } }],
    ["invoke-text", "invalid_text", { type: "invoke", params: { flow: "any", input: { text: bad } } }],
    ["item-text", "invalid_text", { type: "forEach", params: { items: [1, bad], body: body(1) } }],
    ["item", "value_too_large", { type: "forEach", params: { items: [1, tooLarge], body: body(1) } }],
    ["values", "value_too_large", { type: "data.set", params: { values: { tooLarge } } }],
    ["values-text", "invalid_text", { type: "data.set", params: { values: { bad } } }],
  ])("that makes what can't be kept fails: %s (%s)", async ([id, code, node]) => {
    await holdfast.publish({ id: "any", nodes: {}, edges: edges("start>end") });
    await holdfast.publish(caught(id, node));
    expect(await holdfast.run(id, { text: large })).toMatchObject({
      status: "completed",
      output: { kind: "fatal", code },
    });
  });

  test.for<[string, string, JsonObject]>([
    ["match", "invalid_text", { outcomes: [{ port: "out", event: "a/b", match: { id: bad } }] }],
    [
      "title",
      "invalid_text",
      { outcomes: [{ port: "out", event: "a/b" }], inbox: { title: bad, assignTo: { roles: ["manager"] } } },
    ],
    [
      "facts",
      "value_too_large",
      { outcomes: [{ port: "out", event: "a/b" }], inbox: { title: "?", context: { tooLarge } } },
    ],
  ])("that waits for what can't be kept fails: %s (%s)", async ([id, code, params]) => {
    const flow = caught(id, { type: "wait.event", params });
    const [first, second, third] = flow.edges;
    await holdfast.publish({ ...flow, edges: [first ?? {}, { ...second, port: "out" }, third ?? {}] });
    expect(await holdfast.run(id, { text: large })).toMatchObject({
      status: "completed",
      output: { kind: "fatal", code },
    });
  });

  test("that fails with what can't be kept fails all the same", async () => {
    await holdfast.publish({
      id: "failing",
      nodes: { no: { type: "fail", params: { message: bad } } },
      edges: edges("start>no"),
    });
    expect(await holdfast.run("failing")).toMatchObject({ status: "failed", error: { message: "a\uFFFDb" } });
  });
});

describe("an error", () => {
  test.for([
    ["cut in the middle of a pair", `${"x".repeat(1_999)}😀${"y".repeat(100)}`],
    ["with U+0000", "Not\u0000so"],
    ["with half a pair", "Not \uD83D so"],
  ] as const)("%s is kept", async ([name, message]) => {
    const id = `error-${name.replaceAll(/[^a-z]+/gi, "-").toLowerCase()}`;
    await holdfast.publish(caught(id, { type: "probe.keyed", params: {} }));
    const details = { text: message };
    holdfast.behaviors.set("node", () => ({ type: "fail", error: { kind: "fatal", code: "no", message, details } }));
    const run = await holdfast.run(id);
    holdfast.behaviors.delete("node");
    expect(run).toMatchObject({ status: "completed", output: { code: "no" } });
  });

  test.for([150, 50_000])("about an output nested %d deep is told", async (depth) => {
    await holdfast.publish(caught(`deep-${depth}`, { type: "probe.keyed", params: {} }));
    let deep: Json = 1;
    for (let level = 0; level < depth; level++) deep = [deep];
    holdfast.behaviors.set("node", () => value(deep));
    const run = await holdfast.run(`deep-${depth}`);
    holdfast.behaviors.delete("node");
    expect(run).toMatchObject({ status: "completed", output: depth < 200 ? "went on" : { code: "output_invalid" } });
  });

  test("what a node tells besides can't stop its run", async () => {
    await holdfast.publish(caught("meta", { type: "probe.keyed", params: {} }));
    holdfast.behaviors.set("node", () => ({ type: "output", port: "out", value: 1, meta: { note: "a\u0000b" } }));
    const run = await holdfast.run("meta");
    holdfast.behaviors.delete("node");
    expect(run).toMatchObject({ status: "completed", output: "went on" });
  });
});

describe("data that looks like a reference to a large value", () => {
  const looks = { $payload: "nothing" };

  test("is read back as it is", async () => {
    await holdfast.publish({
      id: "looks",
      nodes: {
        set: { type: "data.set", params: { values: looks } },
        nap: { type: "sleep", params: { for: "1d" } },
        done: { type: "end", params: { output: "{{ nodes.set }}" } },
      },
      edges: edges("start>set", "set>nap", "nap>done"),
    });
    const id = await holdfast.begin("looks");
    await holdfast.settled(id, "waiting");
    await holdfast.advance(DAY);
    expect(await holdfast.ended(id)).toMatchObject({ status: "completed", output: looks });
  });

  test("is what an iteration may give", async () => {
    await holdfast.publish({
      id: "looks-inside",
      nodes: {
        each: { type: "forEach", params: { items: [1, 2], body: body(looks) } },
        done: { type: "end", params: { output: "{{ nodes.each.results }}" } },
      },
      edges: edges("start>each", "each>done"),
    });
    expect(await holdfast.run("looks-inside")).toMatchObject({ status: "completed", output: [looks, looks] });
  });

  test("never leads to a value of another run", async () => {
    holdfast.behaviors.set("work", () => value("secret ".repeat(20_000)));
    await holdfast.publish({
      id: "has-secret",
      nodes: { work: { type: "probe.keyed", params: {} } },
      edges: edges("start>work", "work>end"),
    });
    const run = await holdfast.run("has-secret");
    const { rows } = await holdfast.host.database.query<{ id: string }>(
      "select id from holdfast.payloads where run = $1",
      [run.id],
    );
    const $payload = rows[0]?.id ?? "";
    await holdfast.publish({
      id: "looks-given",
      nodes: {
        set: { type: "data.set", params: { values: { $payload: "{{ input.id }}" } } },
        nap: { type: "sleep", params: { for: "1d" } },
        done: { type: "end", params: { output: "{{ nodes.set }}" } },
      },
      edges: edges("start>set", "set>nap", "nap>done"),
    });
    const id = await holdfast.begin("looks-given", { id: $payload });
    await holdfast.settled(id, "waiting");
    await holdfast.advance(DAY);
    expect(await holdfast.ended(id)).toMatchObject({ status: "completed", output: { $payload } });
  });
});

describe("a run", () => {
  test("counts its outputs on after it has waited, large ones too", async () => {
    holdfast.behaviors.set("counted", () => value("x".repeat(MIB)));
    await holdfast.publish({
      id: "counted",
      nodes: { counted: { type: "probe.keyed", params: {} }, nap: { type: "sleep", params: { for: "1d" } } },
      edges: edges("start>counted", "counted>nap", "nap>end"),
    });
    const id = await holdfast.begin("counted");
    await holdfast.settled(id, "waiting");
    const [loaded] = await loadRuns(holdfast.host.database, [id]);
    expect(loaded?.outputBytes).toBeGreaterThan(10_000);
  });

  test("has outputs of 256 MiB in all", async () => {
    const names = Array.from({ length: 33 }, (_, index) => `work${index}`);
    const text = "x".repeat(8 * MIB - 100);
    for (const name of names) holdfast.behaviors.set(name, () => value(text));
    await holdfast.publish({
      id: "much",
      nodes: Object.fromEntries(names.map((name) => [name, { type: "probe.keyed", params: {} }])),
      edges: edges(`start>work0`, ...names.map((name, index) => `${name}>${names[index + 1] ?? "end"}`)),
    });
    expect(await holdfast.run("much")).toMatchObject({ status: "failed", error: { code: "outputs_too_large" } });
  });

  test("whose state outgrows its limit fails, and undoes what it did", async () => {
    const names = Array.from({ length: 50 }, (_, index) => `try${index}`);
    const error = { kind: "fatal", code: "no", message: "No. ".repeat(400), details: "x".repeat(3_990) } as const;
    for (const name of names) holdfast.behaviors.set(name, () => ({ type: "fail", error }));
    await holdfast.publish({
      id: "long",
      nodes: {
        work: { type: "probe.keyed", params: {}, compensate: { type: "probe.keyed", params: { undo: true } } },
        ...Object.fromEntries(names.map((name) => [name, { type: "probe.keyed", params: {} }])),
        nap: { type: "sleep", params: { for: "1d" } },
      },
      edges: edges(
        "start>work",
        "work>try0",
        ...names.map((name, index) => `${name}.error>${names[index + 1] ?? "nap"}`),
        ...names.map((name) => `${name}>end`),
        "nap>end",
      ),
    });
    const run = await holdfast.run("long");
    expect(run).toMatchObject({ status: "failed", error: { code: "state_too_large" } });
    const { rows } = await holdfast.host.database.query<{ status: string }>(
      "select status from holdfast.waits where run = $1",
      [run.id],
    );
    expect(rows).toEqual([{ status: "canceled" }]);
    expect((await holdfast.steps(run.id)).filter(({ call }) => call === "undo")).toMatchObject([
      { node: "work", status: "completed" },
    ]);
  });
});
