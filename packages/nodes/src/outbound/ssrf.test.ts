/** The door against requests that are meant for the inside: every form that has got through somewhere before. */
import { expect, it } from "vitest";
import { sendJson, startServer } from "../../test/http-server.ts";
import { OutboundError } from "./error.ts";
import { openOutbound } from "./guarded-fetch.ts";

async function codeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return "passed";
  } catch (error) {
    return error instanceof OutboundError ? `${error.code}${error.sent ? " after sending" : ""}` : String(error);
  }
}

it.each([
  ["http://127.0.0.1/"],
  ["http://127.1/"],
  ["http://127.255.255.254/"],
  ["http://localhost/"],
  ["http://LOCALHOST/"],
  ["http://0/"],
  ["http://0.0.0.0/"],
  ["http://2130706433/"],
  ["http://0x7f000001/"],
  ["http://0x7f.1/"],
  ["http://0177.0.0.1/"],
  ["http://017700000001/"],
  ["http://127。0。0。1/"],
  ["http://①②⑦.⓪.⓪.①/"],
  ["http://10.0.0.1/"],
  ["http://10.255.255.255/"],
  ["http://172.16.0.1/"],
  ["http://172.31.255.255/"],
  ["http://192.168.1.1/"],
  ["http://169.254.169.254/latest/meta-data/"],
  ["http://0xa9fea9fe/"],
  ["http://100.64.0.1/"],
  ["http://192.0.0.1/"],
  ["http://192.0.2.1/"],
  ["http://198.18.0.1/"],
  ["http://198.51.100.1/"],
  ["http://203.0.113.1/"],
  ["http://224.0.0.1/"],
  ["http://240.0.0.1/"],
  ["http://255.255.255.255/"],
  ["http://[::]/"],
  ["http://[::1]/"],
  ["http://[0:0:0:0:0:0:0:1]/"],
  ["http://[::ffff:127.0.0.1]/"],
  ["http://[::ffff:7f00:1]/"],
  ["http://[::ffff:a9fe:a9fe]/"],
  ["http://[::127.0.0.1]/"],
  ["http://[64:ff9b::127.0.0.1]/"],
  ["http://[64:ff9b::a9fe:a9fe]/"],
  ["http://[64:ff9b:1::7f00:1]/"],
  ["http://[2002:7f00:1::]/"],
  ["http://[2001:0:7f00:1::]/"],
  ["http://[fe80::1]/"],
  ["http://[fec0::1]/"],
  ["http://[fc00::1]/"],
  ["http://[fd00:ec2::254]/"],
  ["http://[ff02::1]/"],
  ["http://[100::1]/"],
  ["http://[2001:db8::1]/"],
  ["https://127.0.0.1/"],
])("refuses %s", async (url) => {
  const { fetch } = openOutbound();
  expect(await codeOf(fetch(url))).toBe("address_refused");
});

it.each([
  ["file:///etc/passwd"],
  ["ftp://example.com/"],
  ["gopher://example.com/"],
  ["data:text/plain,x"],
  ["not a url"],
  ["http://user:pw@example.com/"],
])("refuses %s", async (url) => {
  const { fetch } = openOutbound();
  expect(await codeOf(fetch(url))).toBe("url_invalid");
});

it.each([
  ["a private address", ["10.0.0.7"]],
  ["the metadata address", ["169.254.169.254"]],
  ["a mapped loopback", ["::ffff:127.0.0.1"]],
  ["a public and a private address", ["93.184.216.34", "127.0.0.1"]],
])("refuses a name that leads to %s", async (_, addresses) => {
  const { fetch } = openOutbound({ lookup: () => Promise.resolve(addresses) });
  expect(await codeOf(fetch("http://innocent.example/"))).toBe("address_refused");
});

it("connects to the address it looked at, though the name says another the next moment", async () => {
  await using server = await startServer((_, response) => sendJson(response, 200, "inside"));
  const answers = [["127.0.0.1"], ["10.0.0.1"]];
  let lookups = 0;
  const { fetch } = openOutbound({
    allow: [`127.0.0.1:${server.port}`],
    lookup: () => Promise.resolve(answers[Math.min(lookups++, 1)] ?? []),
  });
  const response = await fetch(`http://rebinding.example:${server.port}/`);
  expect(await response.json()).toBe("inside");
  expect(lookups).toBe(1);
  expect(server.requests[0]?.headers.host).toBe(`rebinding.example:${server.port}`);
});

it.each([
  ["http://169.254.169.254/latest/meta-data/", "address_refused after sending"],
  ["http://[::1]/", "address_refused after sending"],
  ["file:///etc/passwd", "url_invalid after sending"],
])("refuses to be redirected to %s", async (location, code) => {
  await using server = await startServer((_, response) => void response.writeHead(302, { location }).end());
  const { fetch } = openOutbound({ allow: [`127.0.0.1:${server.port}`] });
  expect(await codeOf(fetch(server.url))).toBe(code);
});

it.each([
  [["127.0.0.1"], true],
  [["127.0.0.1:*"], true],
  [["127.0.0.0/8"], true],
  [["LOCALHOST"], false],
  [["10.0.0.0/8"], false],
  [["127.0.0.1:1"], false],
  [["[::ffff:127.0.0.1]"], true],
])("with %j allowed, the address 127.0.0.1 passes: %s", async (allow, passes) => {
  await using server = await startServer((_, response) => sendJson(response, 200, "ok"));
  const { fetch } = openOutbound({ allow });
  expect(await codeOf(fetch(server.url))).toBe(passes ? "passed" : "address_refused");
});

it.each([
  ["shop.internal", "shop.internal", true],
  ["*.internal", "shop.internal", true],
  ["*.internal", "internal", false],
  ["*.internal", "shop.internal.evil.example", false],
  ["shop.internal", "xshop.internal", false],
])("with %s allowed, %s passes: %s", async (pattern, host, passes) => {
  await using server = await startServer((_, response) => sendJson(response, 200, "ok"));
  const { fetch } = openOutbound({
    allow: [`${pattern}:${server.port}`],
    lookup: () => Promise.resolve(["127.0.0.1"]),
  });
  expect(await codeOf(fetch(`http://${host}:${server.port}/`))).toBe(passes ? "passed" : "address_refused");
});

it.each([[""], ["a b"], ["host:port"], ["http://host/"], ["10.0.0.0/99"]])(
  "does not take %j for a pattern",
  (pattern) => {
    expect(() => openOutbound({ allow: [pattern] })).toThrow("is not host, host:port");
  },
);
