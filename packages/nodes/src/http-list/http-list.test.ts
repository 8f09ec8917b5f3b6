import type { ServerResponse } from "node:http";
import { isJsonObject, type Json, type JsonObject } from "@holdfast/dsl";
import { describe, expect, it } from "vitest";
import { durableStep } from "../../test/durable.ts";
import type { ContextOptions } from "../../test/action-context.ts";
import { sendJson, startServer, type SeenRequest, type TestServer } from "../../test/http-server.ts";
import { clientOf, startOauth } from "../../test/oauth-server.ts";
import { createFetch } from "../outbound/guarded-fetch.ts";
import { httpList } from "./execute.ts";
import { at } from "./next-page.ts";

const read = (params: JsonObject, options?: ContextOptions) => durableStep(httpList).attempt(params, options);

/** Five items, two on a page, in each of the ways in which services give pages. */
function shop(request: SeenRequest, response: ServerResponse): void {
  const url = new URL(request.path, "http://x");
  const { searchParams: query, pathname } = url;
  const items = [1, 2, 3, 4, 5].map((id) => ({ id }));
  const from =
    {
      "/offset": Number(query.get("offset") ?? 0),
      "/page": (Number(query.get("page")) - 1) * 2,
      "/zero": Number(query.get("p")) * 2,
      "/cursor": query.has("after") ? items.findIndex(({ id }) => `c${id}` === query.get("after")) + 1 : 0,
    }[pathname] ?? Number(query.get("at") ?? 0);
  const page = items.slice(from, from + 2);
  const isLast = from + 2 >= items.length;
  const link = `${pathname}?at=${from + 2}`;
  const more = `</link?at=0>; rel=first, <${link}>; title="x, y"; rel="next"`;
  const bodies: Readonly<Record<string, unknown>> = {
    "/link": page,
    "/body": { value: page, "@odata.nextLink": isLast ? undefined : link },
    "/cursor": { data: { items: page }, meta: { next: isLast ? "" : `c${page[1]?.id}` } },
  };
  const headers = { Link: isLast ? '</link?at=0>; rel="first"' : more };
  sendJson(response, 200, bodies[pathname] ?? { data: page }, pathname === "/link" ? headers : {});
}

const ALL = { items: [1, 2, 3, 4, 5].map((id) => ({ id })), more: false };

const paths = ({ requests }: TestServer): readonly string[] => requests.map(({ path }) => path);

it.each([
  [{ next: "link" }, "/link", 3],
  [{ next: "body", itemsPath: "value", nextPath: "@odata.nextLink" }, "/body", 3],
  [{ next: "cursor", itemsPath: "data.items", nextPath: "meta.next", param: "after" }, "/cursor", 3],
  [{ next: "page", itemsPath: "data", param: "page" }, "/page", 4],
  [{ next: "page", itemsPath: "data", param: "p", first: 0 }, "/zero", 4],
  [{ next: "offset", itemsPath: "data", param: "offset" }, "/offset", 4],
])("reads to the end: %j", async (params, path, pages) => {
  await using server = await startServer(shop);
  const outcome = await read({ url: server.url + path, query: { status: "open" }, ...params });
  expect(outcome).toEqual({ type: "output", port: "out", value: { ...ALL, pages } });
  expect(paths(server)).toHaveLength(pages);
  expect(paths(server)[0]).toContain("status=open");
});

it("reads so many pages, and says that there are more", async () => {
  await using server = await startServer(shop);
  expect(await read({ url: `${server.url}/link`, maxPages: 2 })).toMatchObject({
    value: { items: [{ id: 1 }, { id: 2 }, { id: 3 }, { id: 4 }], pages: 2, more: true },
  });
});

it("goes on at the page where it was", async () => {
  let busy = true;
  await using server = await startServer((request, response) => {
    if (busy && request.path.endsWith("at=2")) sendJson(response, 429, {}, { "Retry-After": "120" });
    else shop(request, response);
  });
  const step = durableStep(httpList);
  const params = { url: `${server.url}/link` };
  expect(await step.attempt(params)).toMatchObject({
    type: "fail",
    error: { kind: "error", code: "http_429", retryAfter: 120_000 },
  });
  busy = false;
  expect(await step.attempt(params)).toMatchObject({ value: { ...ALL, pages: 3 } });
  expect(paths(server)).toEqual(["/link", "/link?at=2", "/link?at=2", "/link?at=4"]);
  expect([...step.kept.records.keys()]).toEqual(["page-1", "page-2", "page-3"]);
});

describe("what it refuses", () => {
  const answering = (answer: (request: SeenRequest) => { readonly body: unknown; readonly link?: string }) =>
    startServer((request, response) => {
      const { body, link } = answer(request);
      sendJson(response, 200, body, link === undefined ? {} : { Link: `<${link}>; rel="next"` });
    });

  it("a page that leads back", async () => {
    await using server = await answering(() => ({ body: [1], link: "/" }));
    expect(await read({ url: server.url })).toMatchObject({ error: { kind: "fatal", code: "pages_repeat" } });
    expect(server.requests).toHaveLength(1);
  });

  it("a page on another host, to which it would take the credential", async () => {
    await using server = await answering(() => ({ body: [1], link: "http://127.0.0.1:1/steal" }));
    const credential = { type: "bearer", token: "canary-123" } as const;
    expect(await read({ url: server.url }, { credential })).toMatchObject({
      error: { kind: "fatal", code: "next_page_elsewhere" },
    });
  });

  it.each<[JsonObject, Json]>([
    [{}, { items: [] }],
    [{ itemsPath: "data.itms" }, { data: { items: [] } }],
    [{ itemsPath: "data" }, { data: { 0: "a" } }],
  ])("an answer without the list: %j of %j", async (params, body) => {
    await using server = await answering(() => ({ body }));
    expect(await read({ url: server.url, ...params })).toMatchObject({
      error: { kind: "fatal", code: "response_invalid" },
    });
  });

  it("what is no JSON", async () => {
    await using server = await startServer((_, response) => void response.end("<html>"));
    expect(await read({ url: server.url })).toMatchObject({ error: { kind: "fatal", code: "response_invalid" } });
  });

  it("an item that does not fit, and says which", async () => {
    await using server = await answering(({ path }) =>
      path === "/" ? { body: [{ id: 1 }], link: "/2" } : { body: [{ id: 2 }, { id: "x" }] },
    );
    const itemSchema = { type: "object", properties: { id: { type: "number" } } };
    expect(await read({ url: server.url, itemSchema })).toMatchObject({
      error: { kind: "fatal", code: "response_invalid", pointer: "/2/id", message: expect.stringContaining("Item 3") },
    });
  });

  it("more than an output may hold", async () => {
    const text = "x".repeat(3 * 1024 * 1024);
    await using server = await answering(({ path }) => ({ body: [text], link: `/${path.length}` }));
    expect(await read({ url: server.url })).toMatchObject({ error: { kind: "fatal", code: "list_too_long" } });
    expect(server.requests).toHaveLength(3);
  });

  it("private addresses", async () => {
    await using server = await startServer(shop);
    expect(await read({ url: server.url }, { fetch: createFetch() })).toMatchObject({
      error: { kind: "fatal", code: "address_refused" },
    });
  });

  it.each([
    [{ next: "cursor", param: "after" }, "/params/nextPath"],
    [{ next: "page" }, "/params/param"],
  ])("a way that is told by half: %j", async (params, pointer) => {
    expect(await read({ url: "http://127.0.0.1:1/", ...params })).toMatchObject({
      error: { code: "params_invalid", pointer },
    });
  });
});

it.each([
  [{ type: "query", name: "key", value: "canary-123456" }, "key=canary-123456"],
  [{ type: "bearer", token: "canary-123456" }, "Bearer canary-123456"],
] as const)("proves itself on every page, and keeps nothing of that: $0.type", async (credential, proof) => {
  // The service repeats the key in its links.
  await using server = await startServer((request, response) => {
    const url = new URL(request.path, "http://x");
    const page = Number(url.searchParams.get("at") ?? 0);
    url.searchParams.set("at", String(page + 1));
    sendJson(response, 200, [page], page < 2 ? { Link: `<${url.pathname}${url.search}>; rel="next"` } : {});
  });
  const step = durableStep(httpList);
  expect(await step.attempt({ url: server.url }, { credential })).toMatchObject({ value: { items: [0, 1, 2] } });
  for (const { path, headers } of server.requests) expect(`${path} ${headers.authorization ?? ""}`).toContain(proof);
  expect(JSON.stringify([...step.kept.records.values()])).not.toContain("canary");
});

it("gets another token when one is withdrawn between two pages", async () => {
  await using oauth = await startOauth();
  let page = 0;
  await using server = await startServer((request, response) => {
    const token = request.headers.authorization?.slice("Bearer ".length);
    if (token !== oauth.given.at(-1) || (page === 1 && oauth.given.length === 1)) sendJson(response, 401, {});
    else sendJson(response, 200, [page++], page < 3 ? { Link: `</${page}>; rel="next"` } : {});
  });
  expect(await read({ url: server.url }, { credential: clientOf(oauth) })).toMatchObject({
    value: { items: [0, 1, 2] },
  });
  expect(oauth.given).toHaveLength(2);
});

it.each<[Json, string, Json | undefined]>([
  [{ a: { b: [1, { c: 2 }] } }, "a.b.1.c", 2],
  [{ "a.b": { c: 1 } }, "a.b.c", 1],
  [{ a: 1 }, "a.b", undefined],
  [{ a: 1 }, "toString", undefined],
  [[1], "0", 1],
  [{ a: 1 }, "", { a: 1 }],
])("finds in %j at %j: %j", (value, path, found) => {
  expect(at(value, path)).toEqual(found);
  expect(isJsonObject(value) || Array.isArray(value)).toBe(true);
});
