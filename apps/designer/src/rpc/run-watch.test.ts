// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { RunWatch } from "./run-watch.ts";

type Subscribe = ConstructorParameters<typeof RunWatch>[0];

/** What was asked for, the newest last, and how it is told. */
function server() {
  const asked: { input: unknown; open: boolean; begin: () => void; tell: (runs: readonly string[]) => void }[] = [];
  const subscribe: Subscribe = (input, on) => {
    const one = {
      input,
      open: true,
      begin: () => on.onStarted?.({ context: undefined }),
      tell: (runs: readonly string[]) => on.onData?.({ id: "1", data: { type: "changed", runs } }),
    };
    asked.push(one);
    return {
      unsubscribe: () => {
        one.open = false;
      },
    };
  };
  return { asked, watch: new RunWatch(subscribe) };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test("all parts of a page share one connection, and each hears what is about its runs", async () => {
  const { asked, watch } = server();
  const heard: string[] = [];
  watch.watch({}, () => heard.push("all"));
  const leave = watch.watch({ ids: ["a"] }, () => heard.push("a"));
  watch.watch({ ids: ["b"] }, () => heard.push("b"));
  watch.watch({ flow: "f" }, () => heard.push("flow"));
  await settled();
  expect(asked.map(({ input }) => input)).toEqual([{ all: true, ids: ["a", "b"], flows: ["f"] }]);
  asked[0]?.begin();
  asked[0]?.tell([]);
  expect(heard.splice(0)).toEqual(["all", "a", "b", "flow"]);
  asked[0]?.tell(["a"]);
  expect(heard.splice(0)).toEqual(["all", "a", "flow"]);
  // Nobody is told of what was left, and the others keep their connection.
  leave();
  await settled();
  asked[0]?.tell(["a"]);
  expect(heard.splice(0)).toEqual(["all", "flow"]);
  expect(asked).toHaveLength(1);
});

test("what is not told of yet needs a new connection, and only one is open", async () => {
  const { asked, watch } = server();
  watch.watch({}, () => undefined);
  await settled();
  watch.watch({ ids: ["a"] }, () => undefined);
  await settled();
  expect(asked.map(({ open }) => open)).toEqual([false, true]);
});

test("who comes to an open connection reads once more: it was told before what it could not hear", async () => {
  const { asked, watch } = server();
  const heard: string[] = [];
  watch.watch({}, () => heard.push("first"));
  await settled();
  asked[0]?.begin();
  expect(watch.live.getState()).toBe(true);
  watch.watch({}, () => heard.push("second"));
  await settled();
  expect(asked).toHaveLength(1);
  expect(heard).toEqual(["second"]);
});

test("nobody who watches, no connection", async () => {
  const { asked, watch } = server();
  const leave = watch.watch({}, () => undefined);
  await settled();
  asked[0]?.begin();
  leave();
  await settled();
  expect([asked[0]?.open, watch.live.getState()]).toEqual([false, false]);
});
