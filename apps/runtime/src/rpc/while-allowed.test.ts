import { expect, test } from "vitest";
import { whileAllowed } from "./while-allowed.ts";

let left = 0;

async function* counting(): AsyncGenerator {
  try {
    for (let number = 1; number <= 5; number += 1) yield number;
  } finally {
    left += 1;
  }
}

/** What is told until it ends, and why it ended. */
async function toldOf(given: AsyncIterable<unknown>): Promise<readonly unknown[]> {
  const told: unknown[] = [];
  try {
    for await (const item of given) told.push(item);
  } catch (error) {
    told.push(error instanceof Error ? error.message : "");
  }
  return told;
}

test("what is given after the right has ended is told to nobody, and whoever gives it is let go", async () => {
  let asked = 0;
  const check = async (): Promise<void> => {
    asked += 1;
    if (asked === 3) throw new Error("not any more");
  };
  left = 0;
  expect(await toldOf(whileAllowed(counting(), check, 0))).toEqual([1, 2, "not any more"]);
  expect(left).toBe(1);
});

test("an answer is good for a while", async () => {
  const check = (): Promise<void> => Promise.reject(new Error("was asked"));
  expect(await toldOf(whileAllowed(counting(), check, 60_000))).toEqual([1, 2, 3, 4, 5]);
});
