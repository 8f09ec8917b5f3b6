import { expect, test } from "vitest";
import { Lifetime } from "./lifetime.ts";

/** A lifetime with a log of what was stopped. */
function setUp() {
  const lifetime = new Lifetime();
  const log: string[] = [];
  const add = (name: string): Promise<void> =>
    lifetime.add(async () => {
      log.push(`${name} stopped`);
    });
  return { lifetime, log, add, onStop: () => void log.push("stopping") };
}

test("what was started is stopped in reverse order", async () => {
  const { lifetime, log, add, onStop } = setUp();
  const run = lifetime.run(async () => {
    await add("database");
    await add("host");
    process.emit("SIGTERM");
  }, onStop);
  await run;
  expect(log).toEqual(["stopping", "host stopped", "database stopped"]);
});

test("a start that fails stops what it had started, and tells why", async () => {
  const { lifetime, log, add, onStop } = setUp();
  const run = lifetime.run(async () => {
    await add("database");
    throw new Error("no host");
  }, onStop);
  await expect(run).rejects.toThrow("no host");
  expect(log).toEqual(["database stopped"]);
});

test("told to end while starting, it starts nothing more and leaves nothing behind", async () => {
  const { lifetime, log, add, onStop } = setUp();
  const slow = Promise.withResolvers<void>();
  const run = lifetime.run(async () => {
    await add("listener");
    await slow.promise;
    await add("database");
    log.push("never reached");
  }, onStop);
  process.emit("SIGINT");
  slow.resolve();
  await run;
  expect(log).toEqual(["stopping", "database stopped", "listener stopped"]);
});

test("the same signal on several ways is one", async () => {
  const { lifetime, log, add, onStop } = setUp();
  const run = lifetime.run(async () => {
    await add("database");
    for (const signal of ["SIGTERM", "SIGTERM", "SIGINT"] as const) process.emit(signal);
  }, onStop);
  await run;
  expect(log).toEqual(["stopping", "database stopped"]);
});

test("one that can't be stopped keeps no other from being stopped", async () => {
  const { lifetime, log, add, onStop } = setUp();
  const run = lifetime.run(async () => {
    await add("database");
    await lifetime.add(() => Promise.reject(new Error("stuck")));
    lifetime.fail(new Error("broken"));
  }, onStop);
  await expect(run).rejects.toThrow("broken");
  expect(log).toEqual(["database stopped"]);
});
