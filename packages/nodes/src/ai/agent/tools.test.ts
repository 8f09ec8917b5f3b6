/** What a tool may be given, before anything is done. */
import { type JsonObject, validateFlow } from "@holdfast/dsl";
import { describe, expect, it } from "vitest";
import { builtinManifests } from "../../manifests.ts";
import { httpCallParams } from "./http-call.ts";
import { argumentProblem, resolvedTool } from "./resolved-tool.ts";
import { toolsParam, type ToolParams } from "./tool-params.ts";

const tool = (kind: object): ToolParams => {
  const [parsed] = toolsParam.parse([{ name: "tool", description: "Does it.", ...kind }]);
  if (parsed === undefined) throw new TypeError("No tool.");
  return parsed;
};
const object = (properties: JsonObject, required: string[] = []): JsonObject => ({
  type: "object",
  properties,
  required,
});
const text = { type: "string" };

describe("a call of a service", () => {
  const http = (url: string, method = "GET") => {
    const { http: found } = tool({ http: { url, method } });
    if (found === undefined) throw new TypeError("No call.");
    return found;
  };

  it("has its places filled in, and the rest in the query or the body", () => {
    const values = { id: "A/1 ä", part: "x&y=z", page: 2 };
    expect(httpCallParams(http("https://shop.example/orders/{id}?part={part}"), values)).toEqual({
      method: "GET",
      url: "https://shop.example/orders/A%2F1%20%C3%A4?part=x%26y%3Dz",
      query: { page: 2 },
    });
    expect(httpCallParams(http("https://shop.example/orders/{id}", "POST"), values)).toEqual({
      method: "POST",
      url: "https://shop.example/orders/A%2F1%20%C3%A4",
      body: { part: "x&y=z", page: 2 },
    });
  });

  const address = (id: string): unknown =>
    httpCallParams(http("https://shop.example/orders/{id}/items"), { id })["url"];

  it.each(["../../admin", "a/../..", "https://evil.example", "@evil.example", "\\..\\", "%2e%2e", "?a=b#c"])(
    "stays within its path: %s",
    (id) => expect(address(id)).toBe(`https://shop.example/orders/${encodeURIComponent(id)}/items`),
  );

  it.each(["..", "."])("leads nowhere up: %s", (id) => {
    expect(() => address(id)).toThrow(/no path/);
  });

  it("puts no two values together to a way up", () => {
    expect(() => httpCallParams(http("https://shop.example/{a}{b}/x"), { a: ".", b: "." })).toThrow(/no path/);
  });

  it.each([[""], [null], [["a"]], [{ a: 1 }]])("needs a text or a number in its place, not %j", (id) => {
    expect(() => httpCallParams(http("https://shop.example/{id}"), { id })).toThrow(/“id” stands in the address/);
  });

  it("refuses what a query can't hold", () => {
    expect(() => httpCallParams(http("https://shop.example/"), { filter: { a: 1 } })).toThrow(/“filter”/);
    expect(httpCallParams(http("https://shop.example/"), { tags: ["a", "b"] })["query"]).toEqual({ tags: ["a", "b"] });
  });

  it.each(["https://{host}/", "https://shop.{zone}/", "{url}", "ftp://shop.example/", "https://shop.example{path}"])(
    "never lets an argument choose the host: %s",
    (url) => expect(() => http(url)).toThrow(/must be a web address/),
  );
});

describe("arguments", () => {
  it("fit what is open, and nothing else", () => {
    const resolved = resolvedTool(
      tool({
        node: {
          type: "http.request",
          params: { url: "https://a.example" },
          arguments: object({ body: text }, ["body"]),
        },
      }),
      undefined,
    );
    expect(argumentProblem(resolved, { body: "x" })).toBeUndefined();
    expect(argumentProblem(resolved, {})).toMatch(/do not fit/);
    expect(argumentProblem(resolved, { body: 7 })).toMatch(/\/body/);
    expect(argumentProblem(resolved, { body: "x", method: "DELETE" })).toMatch(/do not fit/);
    expect(argumentProblem(resolved, { body: "x", url: "https://evil.example" })).toMatch(/“url” is fixed/);
    expect(argumentProblem(resolved, ["x"])).toMatch(/must be an object/);
  });

  it("are those of the flow, without what is fixed, where the tool does not say", () => {
    const params = tool({ flow: { flow: "check", fixed: { customer: "C-1" } } });
    const taken = object({ customer: text, limit: { type: "number" } }, ["customer", "limit"]);
    const resolved = resolvedTool(params, taken);
    expect(resolved.input).toEqual(object({ limit: { type: "number" } }, ["limit"]));
    expect(argumentProblem(resolved, { limit: 5, customer: "C-2" })).toMatch(/“customer” is fixed/);
    expect(argumentProblem(resolvedTool(params, true), { anything: 1 })).toBeUndefined();
    expect(argumentProblem(resolvedTool(params, true), { customer: "C-2" })).toMatch(/“customer” is fixed/);
  });

  it("are none where nothing is left open", () => {
    const resolved = resolvedTool(tool({ http: { url: "https://a.example/" } }), undefined);
    expect(argumentProblem(resolved, {})).toBeUndefined();
    expect(argumentProblem(resolved, { a: 1 })).toMatch(/do not fit/);
  });
});

describe("a list of tools", () => {
  it("with one name twice can't be published", () => {
    const named = (name: string): JsonObject => ({ name, description: "Looks.", http: { url: "https://a.example/" } });
    const flow = (...tools: readonly JsonObject[]): unknown => ({
      dsl: 1,
      id: "x",
      name: "X",
      triggers: [{ type: "call" }],
      nodes: { a: { type: "ai.agent", params: { prompt: "Do it.", tools: [...tools] } } },
      edges: [
        { from: "start", to: "a" },
        { from: "a", to: "end" },
      ],
    });
    expect(validateFlow(flow(named("look"), named("see"), named("look")), builtinManifests).issues).toMatchObject([
      {
        severity: "error",
        pointer: "/nodes/a/params/tools/2/name",
        message: "“tools/2/name” must differ from the others.",
      },
    ]);
    expect(validateFlow(flow(named("look"), named("see")), builtinManifests).issues).toEqual([]);
  });

  it("has one kind each, and names that differ", () => {
    const one = { name: "a", description: "b", http: { url: "https://a.example/" } };
    expect(toolsParam.safeParse([one, { ...one, name: "c" }]).success).toBe(true);
    expect(toolsParam.safeParse([one, one]).success).toBe(false);
    expect(toolsParam.safeParse([{ name: "a", description: "b" }]).success).toBe(false);
    expect(toolsParam.safeParse([{ ...one, flow: { flow: "x" } }]).success).toBe(false);
  });
});
