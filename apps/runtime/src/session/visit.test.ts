import { Hono } from "hono";
import { expect, test } from "vitest";
import type { ApiEnvironment } from "../api/environment.ts";
import { visitOf, type Visit } from "./visit.ts";

const PUBLIC = new URL("https://holdfast.example.com");

async function visit(remoteAddress: string, told: { publicUrl?: URL; url?: string; forwarded?: string } = {}) {
  let seen: Visit | undefined;
  const app = new Hono<ApiEnvironment>();
  app.get("*", (context) => {
    seen = visitOf(context, told.publicUrl, () => undefined);
    return context.text("");
  });
  const headers = told.forwarded === undefined ? {} : { "x-forwarded-for": told.forwarded };
  await app.request(told.url ?? "http://localhost:4400/", { headers }, { incoming: { socket: { remoteAddress } } });
  if (seen === undefined) throw new Error("nobody came");
  return seen;
}

test.each([
  ["127.0.0.1", "127.0.0.1"],
  ["::ffff:203.0.113.5", "203.0.113.5"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
  ["2001:DB8::6", "2001:db8:0:0"],
  ["::1", "0:0:0:0"],
])("tries from %s are counted for %s", async (remote, expected) => {
  expect((await visit(remote)).address).toBe(expected);
});

test("who comes through a proxy is told by the proxy, and only where there is one", async () => {
  const forwarded = "1.1.1.1, 203.0.113.5";
  expect((await visit("10.0.0.1", { forwarded })).address).toBe("10.0.0.1");
  expect((await visit("10.0.0.1", { forwarded, publicUrl: PUBLIC })).address).toBe("203.0.113.5");
});

test("only who is on this computer and means it is local", async () => {
  expect((await visit("127.0.0.1")).local).toBe(true);
  expect((await visit("::1", { url: "http://[::1]:4400/" })).local).toBe(true);
  expect((await visit("10.0.0.7")).local).toBe(false);
  expect((await visit("127.0.0.1", { url: "http://evil.example/" })).local).toBe(false);
  expect((await visit("127.0.0.1", { forwarded: "127.0.0.1" })).local).toBe(false);
  expect((await visit("127.0.0.1", { publicUrl: PUBLIC })).local).toBe(false);
});
