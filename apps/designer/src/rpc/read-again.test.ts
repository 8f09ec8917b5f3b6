import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { expect, test } from "vitest";
import { readAgain } from "./read-again.ts";

/** A query whose answers a test gives when it likes; the number is how many times it was asked. */
function asked(client: QueryClient, name: string) {
  const asks: PromiseWithResolvers<string>[] = [];
  const observer = new QueryObserver(client, {
    queryKey: [name],
    retry: false,
    queryFn: () => {
      const ask = Promise.withResolvers<string>();
      asks.push(ask);
      return ask.promise;
    },
  });
  return {
    asks,
    stop: observer.subscribe(() => undefined),
    answer: async (text: string): Promise<void> => {
      asks.at(-1)?.resolve(text);
      await Promise.resolve(asks.at(-1)?.promise);
      await new Promise((resolve) => setImmediate(resolve));
    },
    shown: () => client.getQueryData([name]),
  };
}

test("a change while it is being read is read once more, however many there were", async () => {
  const client = new QueryClient();
  const run = asked(client, "run");
  for (let change = 0; change < 3; change++) readAgain(client, { queryKey: ["run"] });
  expect(run.asks).toHaveLength(1);
  await run.answer("old");
  expect(run.shown()).toBe("old");
  expect(run.asks).toHaveLength(2);
  await run.answer("new");
  expect(run.shown()).toBe("new");
  expect(run.asks).toHaveLength(2);
  run.stop();
});

test("each is read when it can be, and none waits for another", async () => {
  const client = new QueryClient();
  const slow = asked(client, "slow");
  const fast = asked(client, "fast");
  await fast.answer("old");
  readAgain(client, {});
  expect([slow.asks.length, fast.asks.length]).toEqual([1, 2]);
  await fast.answer("new");
  expect(fast.shown()).toBe("new");
  slow.stop();
  fast.stop();
});

test("one that failed meanwhile is read again as well, and one that is gone is not", async () => {
  const client = new QueryClient();
  const run = asked(client, "run");
  const gone = asked(client, "gone");
  readAgain(client, {});
  gone.stop();
  client.removeQueries({ queryKey: ["gone"] });
  run.asks[0]?.reject(new Error("away"));
  await run.answer("late").catch(() => undefined);
  await new Promise((resolve) => setImmediate(resolve));
  expect([run.asks.length, gone.asks.length]).toEqual([2, 1]);
  await run.answer("new");
  expect(run.shown()).toBe("new");
  run.stop();
});
