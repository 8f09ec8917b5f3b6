import { expect, it } from "vitest";
import { sendJson, startServer } from "../../test/http-server.ts";
import type { HostAlias } from "./aliases.ts";
import { openOutbound } from "./guarded-fetch.ts";

function shopAt(port: number): ReadonlyMap<string, HostAlias> {
  return new Map([["shop.localhost", { host: "127.0.0.1", port }]]);
}

it("leads a name to the address that the operator gave it, although that is private", async () => {
  await using server = await startServer((_, response) => sendJson(response, 200, "shop"));
  const { fetch } = openOutbound({ hostAliases: shopAt(server.port) });
  const response = await fetch("http://Shop.localhost/orders/ORD-1001?a=1");
  expect(await response.json()).toBe("shop");
  expect(server.requests).toMatchObject([{ path: "/orders/ORD-1001?a=1", headers: { host: "shop.localhost" } }]);
});

it("opens nothing but that name", async () => {
  await using server = await startServer((_, response) => sendJson(response, 200, "shop"));
  const address = `127.0.0.1:${server.port}`;
  const { fetch } = openOutbound({
    hostAliases: shopAt(server.port),
    lookup: () => Promise.resolve(["127.0.0.1"]),
  });
  const refused = { code: "address_refused" };
  await expect(fetch(`http://${address}/`)).rejects.toMatchObject(refused);
  await expect(fetch(`http://shop.localhost:${server.port}/`)).rejects.toMatchObject(refused);
  await expect(fetch("http://x.shop.localhost/")).rejects.toMatchObject(refused);
  await expect(fetch("https://shop.localhost/")).rejects.toMatchObject(refused);
  expect(server.requests).toEqual([]);
});

it("does not let a redirect through an alias reach a private address", async () => {
  await using inner = await startServer((_, response) => sendJson(response, 200, "inner"));
  await using server = await startServer((_, response) => void response.writeHead(302, { location: inner.url }).end());
  const { fetch } = openOutbound({ hostAliases: shopAt(server.port) });
  await expect(fetch("http://shop.localhost/")).rejects.toMatchObject({ code: "address_refused" });
  expect(inner.requests).toEqual([]);
});
