import { expect, test } from "vitest";
import { readOptions } from "./options.ts";

const NAMES = ["five-steps", "waiting"];

test("without arguments everything is measured in full", () => {
  expect(readOptions([], NAMES)).toEqual({ json: false, quick: false, database: undefined, only: [] });
});

test("scenarios can be chosen by name", () => {
  expect(readOptions(["--json", "--quick", "--only", "waiting,five-steps"], NAMES)).toMatchObject({
    json: true,
    quick: true,
    only: ["waiting", "five-steps"],
  });
});

test.each([[["--only", "waitng"]], [["--fast"]]])("%s is refused", (args) => {
  expect(() => readOptions(args, NAMES)).toThrow(TypeError);
});
