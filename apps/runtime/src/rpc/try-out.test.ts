import { afterAll, beforeAll, expect, test } from "vitest";
import { RpcFixture } from "../../test/support/rpc-fixture.ts";

let fixture: RpcFixture;

beforeAll(async () => {
  fixture = await RpcFixture.create();
});

afterAll(async () => {
  await fixture[Symbol.asyncDispose]();
});

test("an AI node answers outside of a run", async () => {
  const ann = await fixture.as("Ann", ["analyst"]);
  const answer = await ann.nodeTypes.tryOut({ type: "ai.text", params: { prompt: "Write {{ nothing }} to Olena." } });
  expect(answer).toMatchObject({ type: "output", port: "out", value: { offline: true } });
});

test("what reaches the world outside, or makes no sense, is refused", async () => {
  const ann = await fixture.as("Ann", ["analyst"]);
  const params = { method: "GET", url: "https://example.com" };
  await expect(ann.nodeTypes.tryOut({ type: "http.request", params })).rejects.toThrow("Only AI nodes");
  await expect(ann.nodeTypes.tryOut({ type: "gone", params: {} })).rejects.toThrow("Only AI nodes");
  await expect(ann.nodeTypes.tryOut({ type: "ai.text", params: { prompt: 1 } })).rejects.toMatchObject({
    code: "UNPROCESSABLE_CONTENT",
  });
});

test("only whoever edits drafts may", async () => {
  const mia = await fixture.as("Mia", ["manager"]);
  await expect(mia.nodeTypes.tryOut({ type: "ai.text", params: { prompt: "x" } })).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
});
