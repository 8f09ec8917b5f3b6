import { describe, expect, it } from "vitest";
import { setAt } from "./set-at.ts";

describe("a changed copy", () => {
  it("shares what did not change", () => {
    const root = { a: { b: 1 }, c: [1, 2] };
    const next = setAt(root, "/a/b", 2);
    expect(next).toEqual({ a: { b: 2 }, c: [1, 2] });
    expect(next).toMatchObject({ c: root.c });
    expect(root.a.b).toBe(1);
  });

  it("adds, removes, grows", () => {
    expect(setAt({}, "/a/b", 1)).toEqual({ a: { b: 1 } });
    expect(setAt({ a: 1, b: 2 }, "/a", undefined)).toEqual({ b: 2 });
    expect(setAt({ a: [1] }, "/a/1", 2)).toEqual({ a: [1, 2] });
    expect(setAt({ a: [1, 2, 3] }, "/a/1", undefined)).toEqual({ a: [1, 3] });
    expect(setAt({ a: 1 }, "", 2)).toBe(2);
  });
});
