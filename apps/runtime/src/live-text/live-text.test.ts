/** Texts that are being written, from a node in one process to people who look on in another. */
import { type ActionNode, defineNode, type LiveText } from "@holdfast/nodes";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { edges } from "../../test/support/host-fixture.ts";
import { type RpcCaller, RpcFixture } from "../../test/support/rpc-fixture.ts";
import { uuid7 } from "../ids/uuid7.ts";
import { LiveTexts } from "./live-texts.ts";
import { forgetLiveTexts, type LivePiece, readLivePieces } from "./stored-texts.ts";

/** What a run of the flow is doing: it writes when the test says so. */
interface Writer {
  readonly texts: ReadonlyMap<string, LiveText>;
  readonly answer: () => void;
}

let rpc: RpcFixture;
let mia: RpcCaller;
const writers = new Map<string, PromiseWithResolvers<Writer>>();

const writerOf = (run: string): PromiseWithResolvers<Writer> => {
  const known = writers.get(run) ?? Promise.withResolvers<Writer>();
  writers.set(run, known);
  return known;
};

const writer: ActionNode = defineNode({
  type: "test.writer",
  version: 1,
  title: "Writer",
  description: "Writes what the test says.",
  icon: "pen",
  category: "ai",
  effect: "repeatable",
  params: z.strictObject({ calls: z.array(z.string()).default(["ask"]) }),
  output: z.string(),
  sentence: "Write",
  examples: [],
  execute: async ({ params, ai, run }) => {
    const texts = new Map(params.calls.map((call) => [call, ai.live(call)]));
    const answered = Promise.withResolvers<string>();
    writerOf(run.id).resolve({ texts, answer: () => answered.resolve("done") });
    return answered.promise;
  },
});

beforeAll(async () => {
  // The first serves, the second moves the runs.
  rpc = await RpcFixture.create({ role: "server", nodeTypes: [writer] });
  await rpc.hosts.start({ nodeTypes: [writer] });
  mia = await rpc.as("Mia", ["viewer"]);
  await rpc.hosts.publish({
    id: "writes",
    nodes: { write: { type: "test.writer", params: { calls: "{{ input.calls }}" } } },
    edges: edges("start>write", "write>end"),
  });
});
afterAll(() => rpc[Symbol.asyncDispose]());

async function begin(...calls: string[]): Promise<{ run: string; text: LiveText; writer: Writer }> {
  const run = await rpc.hosts.begin("writes", { calls });
  const writing = await writerOf(run).promise;
  const text = writing.texts.get(calls[0] ?? "");
  if (text === undefined) throw new Error("there is no such call");
  return { run, text, writer: writing };
}

const told = z.tuple([z.string(), z.object({ pieces: z.array(z.custom<LivePiece>()) })]).rest(z.unknown());

/** Reads on until `enough`, then hangs up. */
async function look(
  run: string,
  { after, enough }: { after?: string | undefined; enough: (pieces: readonly LivePiece[]) => boolean },
): Promise<{ pieces: readonly LivePiece[]; last: string | undefined }> {
  const stop = new AbortController();
  const watcher = await rpc.as("Mia", undefined, stop.signal);
  const pieces: LivePiece[] = [];
  let last = after;
  for await (const item of await watcher.runs.liveText({
    run,
    ...(after === undefined ? {} : { lastEventId: after }),
  })) {
    const [id, news] = told.parse(item);
    last = id;
    pieces.push(...news.pieces);
    if (enough(pieces)) stop.abort();
  }
  return { pieces, last };
}

const textOf = (pieces: readonly LivePiece[]): string => pieces.map(({ text }) => text).join("");
const hasEnded = (pieces: readonly LivePiece[]): boolean => pieces.some(({ ended }) => ended !== null);

test("who looks on in another process sees a text grow, and its end", async () => {
  const { run, text, writer: writing } = await begin("ask");
  text.write("Dear ");
  const first = await look(run, { enough: (pieces) => textOf(pieces) === "Dear " });
  expect(first.pieces).toMatchObject([{ node: "write", attempt: 1, call: "ask", start: 0, ended: null }]);
  text.write("Ann");
  text.end("answered");
  const rest = await look(run, { after: first.last, enough: hasEnded });
  expect(rest.pieces).toMatchObject([{ start: 5, text: "Ann", ended: "answered" }]);
  writing.answer();
  expect(await rpc.hosts.ended(run)).toMatchObject({ status: "completed", output: null });
  expect(rpc.hosts.host.live.viewers).toBe(0);
});

test("who loses the connection anywhere and comes back gets every token once and in order", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ minLength: 1, maxLength: 5, unit: "grapheme" }), { minLength: 1, maxLength: 12 }),
      fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 4 }),
      fc.nat(12),
      async (tokens, cuts, before) => {
        const { run, text, writer: writing } = await begin("ask");
        // A part of it is there before anybody looks, the rest comes while the connection is lost and made again.
        for (const token of tokens.slice(0, before)) text.write(token);
        const rest = tokens.slice(before);
        const whole = tokens.join("");
        const seen: LivePiece[] = [];
        let last: string | undefined;
        for (const cut of cuts) {
          const token = rest.shift();
          if (token === undefined) break;
          text.write(token);
          const known = textOf(seen).length;
          const wanted = Math.min(known + cut, whole.length - rest.join("").length);
          if (wanted <= known) continue;
          const part = await look(run, {
            after: last,
            enough: (pieces) => known + textOf(pieces).length >= wanted,
          });
          seen.push(...part.pieces);
          last = part.last;
        }
        for (const token of rest) text.write(token);
        text.end("answered");
        if (!hasEnded(seen)) seen.push(...(await look(run, { after: last, enough: hasEnded })).pieces);
        expect(textOf(seen)).toBe(whole);
        expect(seen.map(({ start }) => start)).toEqual(seen.map((_, index) => textOf(seen.slice(0, index)).length));
        // A page that is loaded anew begins at the beginning.
        expect(textOf((await look(run, { enough: hasEnded })).pieces)).toBe(whole);
        writing.answer();
        await rpc.hosts.ended(run);
      },
    ),
    { numRuns: 12 },
  );
});

test("texts that are written side by side are told apart; one that fails says so", async () => {
  const { run, writer: writing } = await begin("first", "second");
  for (const letter of "abc") for (const [call, text] of writing.texts) text.write(call[0] + letter);
  writing.texts.get("first")?.end("failed");
  writing.texts.get("second")?.end("answered");
  const { pieces } = await look(run, { enough: (all) => all.filter(({ ended }) => ended !== null).length === 2 });
  expect(textOf(pieces.filter(({ call }) => call === "first"))).toBe("fafbfc");
  expect(textOf(pieces.filter(({ call }) => call === "second"))).toBe("sasbsc");
  expect(pieces.find(({ ended }) => ended === "failed")).toMatchObject({ call: "first" });
  writing.answer();
  await rpc.hosts.ended(run);
});

test("a megabyte comes whole, in pieces", async () => {
  const { run, text, writer: writing } = await begin("ask");
  const line = `${"0123456789".repeat(10)}\n`;
  for (let index = 0; index < 10_000; index += 1) text.write(line);
  text.end("answered");
  const { pieces } = await look(run, { enough: hasEnded });
  expect(textOf(pieces)).toBe(line.repeat(10_000));
  writing.answer();
  await rpc.hosts.ended(run);
});

test("what another workspace is writing, or nobody, is not found", async () => {
  const watching = await mia.runs.liveText({ run: uuid7() });
  await expect(watching[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: "run_not_found" });
});

const count = async (): Promise<number> =>
  (await rpc.hosts.host.database.query("select from holdfast.live_texts")).rowCount ?? 0;

test("goes when it ended a while ago", async () => {
  const { database } = rpc.hosts.host;
  const { run, text, writer: writing } = await begin("ask");
  text.write("Dear Ann");
  text.end("answered");
  await look(run, { enough: hasEnded });
  await forgetLiveTexts(database);
  expect(await count()).toBeGreaterThan(0);
  await database.query("update holdfast.live_texts set at = at - interval '2 minutes'");
  await forgetLiveTexts(database);
  expect(await count()).toBe(0);
  writing.answer();
  await rpc.hosts.ended(run);
});

test("one that has not ended is kept for longer: it may go on", async () => {
  const { database } = rpc.hosts.host;
  const { run, text, writer: writing } = await begin("ask");
  text.write("Dear");
  await look(run, { enough: (pieces) => textOf(pieces) === "Dear" });
  await database.query("update holdfast.live_texts set at = at - interval '2 minutes'");
  await forgetLiveTexts(database);
  expect(await count()).toBe(1);
  await database.query("update holdfast.live_texts set at = at - interval '20 minutes'");
  await forgetLiveTexts(database);
  expect(await count()).toBe(0);
  writing.answer();
  await rpc.hosts.ended(run);
});

test("what was sent and never answered is sent again, and is there once", async () => {
  const { database } = rpc.hosts.host;
  const run = uuid7();
  const sent = Promise.withResolvers<void>();
  let calls = 0;
  const lossy = {
    // The first answer is lost on the way.
    query: async (query: { readonly name: string; readonly text: string; readonly values: unknown[] }) => {
      await database.query(query);
      if (calls++ === 0) throw new Error("the connection was lost");
    },
  };
  const texts = new LiveTexts({ database: lossy, told: () => sent.resolve(), onError: () => undefined });
  const text = texts.open({ run, node: "n", attempt: 1, call: "ask" }, { secrets: () => [], redactText: (all) => all });
  text.write("once");
  text.end("answered");
  await sent.promise;
  expect((await readLivePieces(database, run, 0)).pieces).toMatchObject([{ text: "once", ended: "answered" }]);
  texts.close();
});
