import { builtinManifests } from "@holdfast/nodes/manifests";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { checkHere, createChecker, type Order } from "./checker.ts";
import { example } from "./flow.fixture.ts";
import { createFlowStore } from "./flow-store.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const question = { flow: example("refund"), manifests: builtinManifests };

class FakeThread {
  readonly orders: Order[] = [];
  readonly #target = new EventTarget();
  isEnded = false;

  addEventListener = this.#target.addEventListener.bind(this.#target);

  postMessage(order: Order): void {
    this.orders.push(order);
  }

  terminate(): void {
    this.isEnded = true;
  }

  answer(number: number): void {
    this.#target.dispatchEvent(new MessageEvent("message", { data: { number, issues: [] } }));
  }

  fail(): void {
    this.#target.dispatchEvent(new Event("error"));
  }
}

test("one thread answers, is told the manifests once, and is ended when nobody asks any more", async () => {
  const threads: FakeThread[] = [];
  const checker = createChecker(() => {
    const thread = new FakeThread();
    threads.push(thread);
    return thread;
  });
  const [first, second] = [checker.check(question), checker.check(question)];
  const [thread] = threads;
  expect(thread?.orders.map(({ manifests }) => manifests !== undefined)).toEqual([true, false]);
  thread?.answer(2);
  thread?.answer(1);
  expect(await Promise.all([first, second])).toEqual([[], []]);
  vi.advanceTimersByTime(60_000);
  expect(thread?.isEnded).toBe(true);
  void checker.check(question);
  expect(threads).toHaveLength(2);
  expect(threads[1]?.orders[0]?.manifests).toBe(builtinManifests);
});

test("what a broken thread was asked is answered here, as is everything without threads", async () => {
  const broken = { ...question, flow: { ...question.flow, edges: [] } };
  const thread = new FakeThread();
  const checker = createChecker(() => thread);
  const asked = checker.check(broken);
  thread.fail();
  expect(await asked).toEqual(checkHere(broken));
  expect(await asked).not.toEqual([]);
  expect(await checker.check(broken)).toEqual(checkHere(broken));
  expect(thread.orders).toHaveLength(1);
  const refused = createChecker(() => {
    throw new Error("not here");
  });
  expect(await refused.check(broken)).toEqual(checkHere(broken));
  expect(await createChecker(undefined).check(broken)).toEqual(checkHere(broken));
});

test("the store asks about large documents one at a time, and takes only what is said of the document it has", async () => {
  const nodes = Object.fromEntries(
    Array.from({ length: 50 }, (_, index) => [`wait${index}`, { type: "sleep", params: { for: "1d" } }]),
  );
  const answers: ((issues: []) => void)[] = [];
  const checker = { check: vi.fn(() => new Promise<[]>((resolve) => answers.push(resolve))) };
  const flow = { ...question.flow, nodes };
  const store = createFlowStore({ flow, manifests: builtinManifests, checker });
  await vi.advanceTimersByTimeAsync(0);
  store.getState().run("Name", (before) => ({ ...before, name: "Other" }));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(checker.check).toHaveBeenCalledTimes(1);
  answers[0]?.([]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(store.getState().checked).toBe(false);
  expect(checker.check).toHaveBeenLastCalledWith({ flow: store.getState().flow, manifests: builtinManifests });
  answers[1]?.([]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(store.getState().checked).toBe(true);
  expect(checker.check).toHaveBeenCalledTimes(2);
});
