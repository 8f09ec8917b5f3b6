import { createServer } from "node:net";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { portOf, sendJson, startServer } from "../../test/http-server.ts";
import { OutboundError } from "./error.ts";
import { openOutbound } from "./guarded-fetch.ts";

const { fetch } = openOutbound({ allow: ["127.0.0.1"] });

async function failureOf(call: Promise<unknown>): Promise<OutboundError> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof OutboundError)) throw new TypeError(`Not an outbound failure: ${String(error)}`);
  return error;
}

it("sends what it is told and gives the answer", async () => {
  await using server = await startServer((_, response) => sendJson(response, 201, { ok: true }, { "x-a": "b" }));
  const response = await fetch(`${server.url}/p?q=1`, { method: "POST", headers: { "x-k": "v" }, body: "text" });
  expect([response.status, response.headers.get("x-a"), await response.json()]).toEqual([201, "b", { ok: true }]);
  expect(server.requests).toMatchObject([{ method: "POST", path: "/p?q=1", body: "text", headers: { "x-k": "v" } }]);
});

it("follows redirects of its own origin with the credential", async () => {
  await using server = await startServer((request, response) =>
    request.path === "/a" ? void response.writeHead(302, { location: "/b" }).end() : sendJson(response, 200, "b"),
  );
  const response = await fetch(`${server.url}/a`, {
    headers: { authorization: "Bearer t", "x-key": "k" },
    secretHeaders: ["x-key"],
  });
  expect(await response.json()).toBe("b");
  expect(server.requests[1]?.headers).toMatchObject({ authorization: "Bearer t", "x-key": "k" });
});

it("leaves credentials behind when it is sent to another origin", async () => {
  await using other = await startServer((_, response) => sendJson(response, 200, "other"));
  await using server = await startServer(
    (_, response) => void response.writeHead(307, { location: `${other.url}/x` }).end(),
  );
  await fetch(server.url, {
    method: "POST",
    body: "b",
    headers: { authorization: "Bearer t", cookie: "c=1", "x-key": "k", "x-plain": "p" },
    secretHeaders: ["x-key"],
  });
  expect(other.requests).toMatchObject([{ method: "POST", body: "b", headers: { "x-plain": "p" } }]);
  expect(Object.keys(other.requests[0]?.headers ?? {})).not.toEqual(expect.arrayContaining(["authorization"]));
  expect(other.requests[0]?.headers).not.toHaveProperty("cookie");
  expect(other.requests[0]?.headers).not.toHaveProperty("x-key");
});

it.each([
  [301, "POST", "GET"],
  [302, "POST", "GET"],
  [303, "PUT", "GET"],
  [307, "POST", "POST"],
  [308, "PUT", "PUT"],
  [302, "PUT", "PUT"],
  [303, "HEAD", "HEAD"],
])("after %i a %s becomes %s", async (status, method, then) => {
  await using server = await startServer((request, response) =>
    request.path === "/" ? void response.writeHead(status, { location: "/next" }).end() : void response.end(),
  );
  await fetch(`${server.url}/`, { method, ...(method !== "HEAD" && { body: "data" }) });
  expect(server.requests[1]).toMatchObject({ method: then, body: then === method && method !== "HEAD" ? "data" : "" });
});

it("does not run in circles", async () => {
  await using server = await startServer((_, response) => void response.writeHead(302, { location: "/again" }).end());
  expect(await failureOf(fetch(server.url))).toMatchObject({ code: "too_many_redirects", sent: true });
  expect(server.requests).toHaveLength(6);
});

it.each([
  ["a long answer", (size: number) => Buffer.alloc(size), {}],
  [
    "a small answer that unpacks to a long one",
    (size: number) => gzipSync(Buffer.alloc(size)),
    { "content-encoding": "gzip" },
  ],
])("cuts off %s", async (_, make, headers) => {
  const body = make(200_000);
  await using server = await startServer((__, response) => void response.writeHead(200, headers).end(body));
  const response = await fetch(server.url, { maxResponseBytes: 100_000 });
  expect(await failureOf(response.arrayBuffer())).toMatchObject({ code: "response_too_large", sent: true });
});

it("knows that nothing was sent where nobody listens", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const port = portOf(server.address());
  await new Promise((resolve) => server.close(resolve));
  expect(await failureOf(fetch(`http://127.0.0.1:${port}/`))).toMatchObject({ code: "connect_failed", sent: false });
});

it("knows that nothing was sent where the name leads nowhere", async () => {
  const nowhere = openOutbound({ lookup: () => Promise.reject(new Error("ENOTFOUND")) });
  expect(await failureOf(nowhere.fetch("http://nowhere.example/"))).toMatchObject({
    code: "name_not_found",
    sent: false,
  });
});

it("knows that nothing was sent where TLS fails", async () => {
  await using server = await startServer((_, response) => void response.end());
  expect(await failureOf(fetch(server.url.replace("http:", "https:")))).toMatchObject({
    code: "tls_failed",
    sent: false,
  });
  expect(server.requests).toHaveLength(0);
});

it("knows that something was sent where the connection breaks", async () => {
  await using server = await startServer((_, response) => void response.socket?.resetAndDestroy());
  expect(await failureOf(fetch(server.url, { method: "POST", body: "x" }))).toMatchObject({
    code: "connection_lost",
    sent: true,
  });
});

it("tells an answer that is cut", async () => {
  await using server = await startServer((_, response) => {
    response.writeHead(200, { "content-length": "1000" }).write("half");
    setImmediate(() => response.socket?.resetAndDestroy());
  });
  const call = async (): Promise<unknown> => (await fetch(server.url)).text();
  expect(await failureOf(call())).toMatchObject({ code: "connection_lost", sent: true });
});

it("ends with its signal", async () => {
  const arrived = Promise.withResolvers<void>();
  await using server = await startServer(() => arrived.resolve());
  const controller = new AbortController();
  const call = failureOf(fetch(server.url, { signal: controller.signal }));
  await arrived.promise;
  controller.abort(new Error("too long"));
  expect(await call).toMatchObject({ code: "aborted", sent: true });
});

it("ends with its signal in the middle of an answer, too", async () => {
  await using server = await startServer((_, response) => {
    response.writeHead(200, { "content-length": "1000" }).write("half");
  });
  const controller = new AbortController();
  const response = await fetch(server.url, { signal: controller.signal });
  const text = failureOf(response.text());
  controller.abort();
  expect(await text).toMatchObject({ code: "aborted", sent: true });
});

it("has sent nothing if its signal was over before", async () => {
  await using server = await startServer((_, response) => void response.end());
  expect(await failureOf(fetch(server.url, { signal: AbortSignal.abort() }))).toMatchObject({
    code: "aborted",
    sent: false,
  });
  expect(server.requests).toHaveLength(0);
});

it("uses a connection of its own where it is told to", async () => {
  const ports = new Set<number | undefined>();
  await using server = await startServer((_, response) => {
    ports.add(response.socket?.remotePort);
    response.end("ok");
  });
  for (let call = 0; call < 3; call += 1) await (await fetch(server.url, { freshConnection: true })).text();
  expect(ports.size).toBe(3);
});
