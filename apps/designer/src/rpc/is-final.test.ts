import { expect, it } from "vitest";
import { isFinal } from "./is-final.ts";

const failed = (code: string, status: number) => ({ data: { problem: { code, status } } });

it.each([
  ["a refusal", failed("link_of_another", 403), true],
  ["what is not there", failed("task_not_found", 404), true],
  ["a database that is away", failed("database_unavailable", 503), false],
  ["what nobody foresaw", failed("internal_error", 500), false],
  ["a network that is away", new TypeError("Failed to fetch"), false],
])("%s is final or not", (_, error, final) => {
  expect(isFinal(error)).toBe(final);
});
