import { describe, expect, test } from "vitest";
import { HonoRequest } from "hono/request";
import { API_LIMITS } from "./limits.ts";
import { parseJson, readJson } from "./read-json.ts";

const JSON_TYPE = { "content-type": "application/json" };

const request = (body: string | ReadableStream | null, headers: Record<string, string> = JSON_TYPE) =>
  new HonoRequest(new Request("http://localhost/", { method: "POST", body, headers, duplex: "half" }));

test("reads JSON, with and without a length", async () => {
  await expect(readJson(request('{"a":1}'))).resolves.toEqual({ a: 1 });
  const stream = new Blob(['{"a":', "2}"]).stream();
  await expect(readJson(request(stream))).resolves.toEqual({ a: 2 });
  await expect(readJson(request(null, {}))).resolves.toBeUndefined();
});

describe("refuses", () => {
  test.each(["{", '{"a":1,}', "nul", '{"a":1}}', "'a'", "\u0000", '{"a":\n\t}'])("broken JSON %j", (text) => {
    expect(() => parseJson(text)).toThrow(expect.objectContaining({ status: 400, code: "broken_json" }));
  });

  test("other types", async () => {
    await expect(
      readJson(request("a=1", { "content-type": "application/x-www-form-urlencoded" })),
    ).rejects.toMatchObject({
      status: 415,
      code: "not_json",
    });
  });

  test("a body that is too large, told or streamed", async () => {
    const told = { "content-type": "application/json", "content-length": "1000000" };
    await expect(readJson(request("{}", told), { limit: 10 })).rejects.toMatchObject({
      status: 413,
      code: "body_too_large",
    });
    const stream = new Blob(["[", " ".repeat(100), "]"]).stream();
    await expect(readJson(request(stream), { limit: 10 })).rejects.toMatchObject({ code: "body_too_large" });
  });

  test("nesting that would exhaust a stack", () => {
    const deep = "[".repeat(100_000) + "]".repeat(100_000);
    expect(() => parseJson(deep)).toThrow(expect.objectContaining({ code: "too_deep" }));
    expect(parseJson("[".repeat(API_LIMITS.depth) + "]".repeat(API_LIMITS.depth))).toBeDefined();
    expect(parseJson(JSON.stringify({ text: "[".repeat(1_000) + '\\"{'.repeat(100) }))).toBeDefined();
  });

  test.each([
    ['{"__proto__":{"admin":true}}', "/__proto__"],
    ['{"a":[{"\\u005f_proto__":1}]}', "/a/0/__proto__"],
  ])("keys that could reach a prototype: %s", (text, pointer) => {
    expect(() => parseJson(text)).toThrow(expect.objectContaining({ code: "forbidden_key", pointer }));
    expect(Object.hasOwn(Object.prototype, "admin")).toBe(false);
  });
});

test("the word alone is text like any other", () => {
  expect(parseJson('{"a":"__proto__","constructor":"x"}')).toEqual({ a: "__proto__", constructor: "x" });
});
