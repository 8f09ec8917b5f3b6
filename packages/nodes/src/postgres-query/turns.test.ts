import { expect, it } from "vitest";
import { turnAt } from "./turns.ts";

const never = new AbortController().signal;

it("lets ten through at a time, the others one by one in their order, and each database for itself", async () => {
  const leave = await Promise.all(Array.from({ length: 10 }, () => turnAt("a", never)));
  const order: number[] = [];
  const late = [11, 12].map((n) =>
    turnAt("a", never).then((done) => {
      order.push(n);
      return done;
    }),
  );
  (await turnAt("b", never))();
  expect(order).toEqual([]);
  leave[3]?.();
  leave[3]?.();
  const eleventh = await late[0];
  expect(order).toEqual([11]);
  eleventh?.();
  (await late[1])?.();
  for (const done of leave) done();
  expect(order).toEqual([11, 12]);
});

it("lets nobody wait whose attempt is over, and gives their place to the next", async () => {
  const leave = await Promise.all(Array.from({ length: 10 }, () => turnAt("c", never)));
  const canceled = new AbortController();
  const gone = turnAt("c", canceled.signal);
  const next = turnAt("c", never);
  canceled.abort();
  await expect(gone).rejects.toMatchObject({ name: "AbortError" });
  await expect(turnAt("c", canceled.signal)).rejects.toMatchObject({ name: "AbortError" });
  leave[0]?.();
  (await next)();
  for (const done of leave) done();
});
