import { describe, expect, it } from "vitest";
import { listText, readList, readScalar } from "./value-text.ts";

const text = { kind: "text", values: [] } as const;
const any = { kind: "any", values: [] } as const;

describe("values as they are typed", () => {
  it("are lists with commas between", () => {
    expect(readList('shop,  web , "a, b"', text)).toEqual(["shop", "web", "a, b"]);
    expect(listText(["shop", "a, b", 3])).toBe('shop, "a, b", 3');
    expect(readList("1, 2.5", { kind: "number", values: [] })).toEqual([1, 2.5]);
    expect(readList("1, 2", text)).toEqual(["1", "2"]);
    expect(readList(" , ", text)).toEqual([]);
  });

  it("are numbers where nothing says otherwise", () => {
    expect(readScalar("12", any, undefined)).toBe(12);
    expect(readScalar("12", any, "1")).toBe("12");
    expect(readScalar("12", text, undefined)).toBe("12");
    expect(readScalar("true", any, undefined)).toBe(true);
  });
});
