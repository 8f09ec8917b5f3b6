import type { ServerResponse } from "node:http";
import { inspect } from "node:util";
import type { JsonObject } from "@holdfast/dsl";
import { describe, expect, it } from "vitest";
import { actionContext, logged, type ContextOptions } from "../../test/action-context.ts";
import { NOON } from "../../test/control-context.ts";
import { sendJson, startServer, type SeenRequest } from "../../test/http-server.ts";
import { httpRequest } from "./execute.ts";

const call = (params: JsonObject, options?: ContextOptions) => httpRequest.execute(actionContext(params, options));

/** Params by effect. */
const BY_EFFECT: Readonly<Record<"repeatable" | "keyed" | "once", JsonObject>> = {
  repeatable: { method: "GET" },
  keyed: { method: "POST", idempotencyHeader: "Idempotency-Key", body: {} },
  once: { method: "POST", body: {} },
};
const EFFECTS = ["repeatable", "keyed", "once"] as const;

describe("what it sends", () => {
  const echo = (request: SeenRequest, response: ServerResponse): void =>
    sendJson(response, 200, { seen: request.body });

  it("adds the query and the headers, and sends JSON", async () => {
    await using server = await startServer(echo);
    await call({
      method: "POST",
      url: `${server.url}/orders?a=1`,
      query: { b: "x y", c: [1, true], d: null },
      headers: { "X-Trace": "t" },
      body: { orderId: "ORD-1" },
    });
    expect(server.requests).toMatchObject([
      {
        method: "POST",
        path: "/orders?a=1&b=x+y&c=1&c=true",
        headers: { "x-trace": "t", "content-type": "application/json" },
        body: '{"orderId":"ORD-1"}',
      },
    ]);
  });

  it("reads where it says nothing else", async () => {
    await using server = await startServer(echo);
    await call({ url: server.url });
    expect(server.requests).toMatchObject([{ method: "GET", body: "" }]);
  });

  it.each([
    ["text/plain", "a\nb", "a\nb"],
    ["application/x-www-form-urlencoded", { a: "1 2", b: 3 }, "a=1+2&b=3"],
    ["application/merge-patch+json", { a: 1 }, '{"a":1}'],
    ["application/json", "text", '"text"'],
  ])("sends %s as that", async (type, body, sent) => {
    await using server = await startServer(echo);
    await call({ method: "POST", url: server.url, headers: { "Content-Type": type }, body });
    expect(server.requests[0]).toMatchObject({ body: sent, headers: { "content-type": type } });
  });

  it("carries the key, the same in every attempt", async () => {
    await using server = await startServer(echo);
    const params = { method: "POST", url: server.url, idempotencyHeader: "Idempotency-Key", body: {} };
    await call(params, { attempt: 1 });
    await call(params, { attempt: 2 });
    expect(server.requests.map(({ headers }) => headers["idempotency-key"])).toEqual([
      "run-1:refund:0:main",
      "run-1:refund:0:main",
    ]);
  });

  it.each([
    [{ type: "bearer", token: "tok-123456" }, { authorization: "Bearer tok-123456" }],
    [
      { type: "basic", username: "u", password: "pässword" },
      { authorization: `Basic ${Buffer.from("u:pässword").toString("base64")}` },
    ],
    [{ type: "header", name: "X-Api-Key", value: "key-123456" }, { "x-api-key": "key-123456" }],
  ] as const)("uses a credential of type $type", async (credential, headers) => {
    await using server = await startServer(echo);
    await call({ url: server.url }, { credential });
    expect(server.requests[0]?.headers).toMatchObject(headers);
  });

  it("says that a credential fits in no header, and nothing of it", async () => {
    const outcome = await call(
      { url: "http://127.0.0.1:9/" },
      { credential: { type: "bearer", token: "tоken-123456" } },
    );
    expect(outcome).toEqual({
      type: "fail",
      error: {
        kind: "fatal",
        code: "params_invalid",
        message: "The credential holds a character that headers can't carry.",
        pointer: "/credential",
      },
    });
  });

  it("adds a key that stands in the address", async () => {
    await using server = await startServer(echo);
    await call({ url: `${server.url}/a?b=1` }, { credential: { type: "query", name: "api_key", value: "k/ey 1&2" } });
    expect(server.requests[0]?.path).toBe("/a?b=1&api_key=k%2Fey+1%262");
  });

  it.each([
    ["json", "text", "application/json", '"text"'],
    ["text", "a\nb", "text/plain; charset=utf-8", "a\nb"],
    ["text", { a: 1 }, "text/plain; charset=utf-8", '{"a":1}'],
    [
      "form",
      { a: "1 2", b: [3, "x"], c: { d: 4 } },
      "application/x-www-form-urlencoded",
      "a=1+2&b=3&b=x&c=%7B%22d%22%3A4%7D",
    ],
  ])("sends a body as %s: %j", async (bodyAs, body, type, sent) => {
    await using server = await startServer(echo);
    await call({ method: "POST", url: server.url, bodyAs, body });
    expect(server.requests[0]).toMatchObject({ body: sent, headers: { "content-type": type } });
  });

  it("keeps the content type that the headers name", async () => {
    await using server = await startServer(echo);
    const headers = { "Content-Type": "application/xml" };
    await call({ method: "POST", url: server.url, headers, bodyAs: "text", body: "<a/>" });
    expect(server.requests[0]).toMatchObject({ body: "<a/>", headers: { "content-type": "application/xml" } });
  });

  it.each([[{ method: "GET", body: {} }], [{ method: "POST", bodyAs: "form", body: "a=b" }]])(
    "refuses a body that can't be sent: %j",
    async (params) => {
      expect(await call({ url: "http://127.0.0.1:1/", ...params })).toMatchObject({
        error: { kind: "fatal", code: "params_invalid", pointer: "/params/body" },
      });
    },
  );

  it.each([["a\r\nX-Admin: 1"], ["a\nb"], ["a\0b"]])("refuses the header value %j", async (value) => {
    const outcome = await call({ url: "http://127.0.0.1:1/", headers: { "X-A": value } });
    expect(outcome).toMatchObject({
      type: "fail",
      error: { kind: "fatal", code: "params_invalid", pointer: "/params/headers" },
    });
    expect(JSON.stringify(outcome)).not.toContain("X-Admin");
  });
});

describe("what it gives", () => {
  it.each([
    ["application/json", '{"a":1}', { a: 1 }],
    ["application/problem+json; charset=utf-8", "[1]", [1]],
    ["text/html; charset=iso-8859-1", Buffer.from([0xe4]), "ä"],
    ["application/pdf", Buffer.from([1, 2, 255]), "AQL/"],
    ["application/json", "", null],
  ])("%s", async (type, sent, body) => {
    await using server = await startServer(
      (_, response) => void response.writeHead(200, { "content-type": type }).end(sent),
    );
    expect(await call({ url: server.url })).toMatchObject({
      type: "output",
      port: "out",
      value: { status: 200, body },
    });
  });

  it.each([
    ["text/plain", "json", '{"a":1}', { a: 1 }],
    ["application/json", "text", '{"a":1}', '{"a":1}'],
    ["text/csv", "base64", "a,b", "YSxi"],
  ])("reads %s as %s where that is asked for", async (type, responseAs, sent, body) => {
    await using server = await startServer(
      (_, response) => void response.writeHead(200, { "content-type": type }).end(sent),
    );
    expect(await call({ url: server.url, responseAs })).toMatchObject({ value: { body } });
  });

  it("takes no file that its output could not hold", async () => {
    const file = Buffer.alloc(5 * 1024 * 1024 + 1);
    await using server = await startServer(
      (_, response) => void response.writeHead(200, { "content-type": "application/pdf" }).end(file),
    );
    expect(await call({ url: server.url })).toMatchObject({
      error: { kind: "fatal", code: "response_too_large" },
    });
    expect(await call({ method: "POST", url: server.url })).toMatchObject({ error: { kind: "unknown" } });
  });

  it("leaves the server's cookies out", async () => {
    await using server = await startServer((_, response) =>
      sendJson(response, 200, {}, { "Set-Cookie": "sid=1", "X-A": "b" }),
    );
    const outcome = await call({ url: server.url });
    expect(outcome).toMatchObject({ value: { headers: { "x-a": "b" } } });
    expect(JSON.stringify(outcome)).not.toContain("sid=1");
  });

  it("takes an expected status, whatever it is, and no other", async () => {
    await using server = await startServer((_, response) => sendJson(response, 404, { none: true }));
    expect(await call({ url: server.url, expect: [200, 404] })).toMatchObject({
      type: "output",
      value: { status: 404 },
    });
    expect(await call({ url: server.url, expect: [201] })).toMatchObject({
      type: "fail",
      error: { kind: "fatal", code: "http_404" },
    });
  });

  it("checks the answer, and says where it does not fit", async () => {
    await using server = await startServer((_, response) => sendJson(response, 200, { order: { total: "12" } }));
    const schema = {
      type: "object",
      properties: { order: { type: "object", properties: { total: { type: "number" } } } },
    };
    expect(await call({ url: server.url, responseSchema: schema })).toMatchObject({
      type: "fail",
      error: { kind: "fatal", code: "response_invalid", pointer: "/order/total" },
    });
  });

  it("refuses JSON that is none", async () => {
    await using server = await startServer(
      (_, response) => void response.writeHead(200, { "content-type": "application/json" }).end("{"),
    );
    expect(await call({ url: server.url })).toMatchObject({
      type: "fail",
      error: { kind: "fatal", code: "response_invalid" },
    });
  });
});

describe.each(EFFECTS)("a failure of a %s call", (effect) => {
  const params = BY_EFFECT[effect];
  const perhaps = effect === "once" ? "unknown" : "error";

  it.each([
    [400, "fatal"],
    [401, "fatal"],
    [404, "fatal"],
    [409, "fatal"],
    [422, "fatal"],
    [408, "error"],
    [425, "error"],
    [429, "error"],
    [500, perhaps],
    [502, perhaps],
    [503, perhaps],
  ])("%i is %s", async (status, kind) => {
    await using server = await startServer((_, response) =>
      sendJson(response, status, { why: "told" }, { "Retry-After": "7" }),
    );
    expect(await call({ ...params, url: server.url })).toMatchObject({
      type: "fail",
      error: { kind, code: `http_${status}`, retryAfter: 7_000, details: { status, body: '{"why":"told"}' } },
    });
  });

  it.each([
    ["the server's clock", { Date: "Sun, 22 Nov 2026 12:00:00 GMT", "Retry-After": "Sun, 22 Nov 2026 12:02:00 GMT" }],
    ["our own", { Date: "", "Retry-After": new Date(NOON + 120_000).toUTCString() }],
  ])("waits until the date in Retry-After, by %s", async (_, headers) => {
    await using server = await startServer((__, response) => sendJson(response, 429, {}, headers));
    expect(await call({ ...params, url: server.url })).toMatchObject({ error: { kind: "error", retryAfter: 120_000 } });
  });

  it("is retryable when nobody listens", async () => {
    let port: number;
    {
      await using server = await startServer(() => {});
      port = server.port;
    }
    expect(await call({ ...params, url: `http://127.0.0.1:${port}/` })).toMatchObject({
      error: { kind: "error", code: "connect_failed" },
    });
  });

  it("is retryable when TLS fails", async () => {
    await using server = await startServer(() => {});
    expect(await call({ ...params, url: `https://127.0.0.1:${server.port}/` })).toMatchObject({
      error: { kind: "error", code: "tls_failed" },
    });
  });

  it(`is ${perhaps} when the connection breaks`, async () => {
    await using server = await startServer((_, response) => void response.socket?.resetAndDestroy());
    expect(await call({ ...params, url: server.url })).toMatchObject({
      error: { kind: perhaps, code: "connection_lost" },
    });
  });

  it(`is ${perhaps} when the answer is cut`, async () => {
    await using server = await startServer((_, response) => {
      response.writeHead(200, { "content-type": "application/json", "content-length": "50" }).write('{"half');
      setImmediate(() => response.socket?.destroy());
    });
    expect(await call({ ...params, url: server.url })).toMatchObject({
      error: { kind: perhaps, code: "connection_lost" },
    });
  });

  it("is a time-out, or unknown, when the attempt's time is over", async () => {
    const arrived = Promise.withResolvers<void>();
    await using server = await startServer(() => arrived.resolve());
    const controller = new AbortController();
    const outcome = call({ ...params, url: server.url }, { signal: controller.signal });
    await arrived.promise;
    controller.abort();
    expect(await outcome).toMatchObject({
      error: { kind: effect === "once" ? "unknown" : "timeout", code: "timeout" },
    });
  });

  it("is final for a private address", async () => {
    expect(await call({ ...params, url: "http://169.254.169.254/" })).toMatchObject({
      error: { kind: "fatal", code: "address_refused" },
    });
  });

  it(`is ${effect === "once" ? "unknown" : "fatal"} when the answer is too long`, async () => {
    const chunk = Buffer.alloc(1024 * 1024);
    await using server = await startServer((_, response) => {
      for (let size = 0; size < 9; size += 1) response.write(chunk);
      response.end();
    });
    expect(await call({ ...params, url: server.url })).toMatchObject({
      error: { kind: effect === "once" ? "unknown" : "fatal", code: "response_too_large" },
    });
  });
});

describe("secrets", () => {
  const SECRET = "canary-5d1f9a7e";
  const credentials = [
    { type: "bearer", token: SECRET },
    { type: "basic", username: "u", password: SECRET },
    { type: "header", name: "X-Api-Key", value: SECRET },
    { type: "query", name: "key", value: SECRET },
  ] as const;

  it.each(credentials)(
    "of type $type never come back, not even from a server that repeats them",
    async (credential) => {
      await using server = await startServer((request, response) => {
        const status = Number(request.path.slice(1, 4));
        sendJson(
          response,
          status,
          { headers: request.headers, path: request.path },
          { "x-echo": request.path + String(request.headers.authorization ?? request.headers["x-api-key"]) },
        );
      });
      const forms = [SECRET, Buffer.from(`u:${SECRET}`).toString("base64")];
      for (const status of [200, 400, 401, 500]) {
        const outcome = await call({ url: `${server.url}/${status}` }, { credential });
        const broken = await call({ url: "http://127.0.0.1:1/" }, { credential });
        const everything = JSON.stringify(outcome) + JSON.stringify(broken) + inspect(outcome) + logged.join();
        for (const form of forms) expect(everything).not.toContain(form);
      }
      expect(server.requests).toHaveLength(4);
    },
  );
});
