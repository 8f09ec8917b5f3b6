import pg from "pg";
import { expect, test } from "vitest";
import { createLogger } from "../log/logger.ts";
import { Scrubber } from "../log/scrubber.ts";
import { Looks } from "./looks.ts";

const MINUTE = 60_000;

test("however long a commit takes, what it commits counts as not looked at until its look has ended", () => {
  let now = 10 * MINUTE;
  const looks = new Looks({
    // Nothing is asked of it here.
    database: new pg.Pool(),
    clock: { now: () => now },
    log: createLogger({ level: "silent", scrubber: new Scrubber() }),
    holder: { workerId: 1, leaseMs: 1 },
    hooks: {
      start: () => Promise.resolve(undefined),
      decide: () => Promise.resolve("decided"),
      woken: () => undefined,
      hasRoom: () => false,
    },
  });
  const end = looks.begin();
  now += 5 * MINUTE;
  expect(looks.oldest()).toBeLessThanOrEqual(10 * MINUTE);
  const endOther = looks.begin();
  end();
  now += MINUTE;
  expect(looks.oldest()).toBeGreaterThan(10 * MINUTE);
  expect(looks.oldest()).toBeLessThanOrEqual(15 * MINUTE);
  endOther();
  expect(looks.oldest()).toBeGreaterThan(15 * MINUTE);
});
