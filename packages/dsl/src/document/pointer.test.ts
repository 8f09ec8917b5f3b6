import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { joinPointer, pointerParts, toPointer, valueAt, valuesAt } from "./pointer.ts";

const data = { cases: [{ port: "yes" }, { port: "no" }, {}], "a/b": { "~": 1 }, nothing: null };

describe("valueAt", () => {
  it("finds values, escaped names and null", () => {
    expect(valueAt(data, "/cases/1/port")).toBe("no");
    expect(valueAt(data, "/a~1b/~0")).toBe(1);
    expect(valueAt(data, "/nothing")).toBe(null);
    expect(valueAt(data, "")).toBe(data);
  });

  it("sees own properties only, and lists by number only", () => {
    for (const pointer of ["/constructor", "/__proto__", "/cases/length", "/cases/01", "/cases/9", "/nothing/x"]) {
      expect(valueAt(data, pointer)).toBe(undefined);
    }
  });
});

describe("valuesAt", () => {
  it("follows * through every element that has the rest", () => {
    expect(valuesAt(data, "/cases/*/port")).toEqual([
      { pointer: "/cases/0/port", value: "yes" },
      { pointer: "/cases/1/port", value: "no" },
    ]);
  });
});

it("takes any name there and back", () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (path) => {
      expect(pointerParts(toPointer(path))).toEqual(path);
    }),
  );
  expect(joinPointer("/a", 0, "b/c")).toBe("/a/0/b~1c");
});
