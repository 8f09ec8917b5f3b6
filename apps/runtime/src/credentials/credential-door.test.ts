import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import { createFetch, Credential } from "@holdfast/nodes/executors";
import { afterEach, expect, test } from "vitest";
import { CredentialDoor } from "./credential-door.ts";

const SECRET = "token-of-payments";

interface Host {
  readonly name: string;
  readonly heard: { readonly headers: IncomingHttpHeaders; readonly body: string }[];
}

const servers: Server[] = [];
afterEach(() => servers.splice(0).forEach((server) => server.close()));

/** A server that answers, or sends whoever asks elsewhere. */
async function listen(location?: string): Promise<Host> {
  const heard: { headers: IncomingHttpHeaders; body: string }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      heard.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      response.writeHead(location === undefined ? 200 : 307, location === undefined ? {} : { location }).end("ok");
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return { name: `127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`, heard };
}

/** Of an attempt that has its credential. */
async function doorTo(...hosts: readonly string[]): Promise<CredentialDoor> {
  const credential = new Credential({ type: "bearer", token: SECRET });
  const door = new CredentialDoor(createFetch({ allow: ["127.0.0.1"] }), async () => ({
    name: "payments",
    credential,
    hosts,
  }));
  await door.credential();
  return door;
}

test("a redirect takes no header with the secret to another host, whatever the node said of it", async () => {
  const other = await listen();
  const first = await listen(`http://${other.name}/`);
  const door = await doorTo(first.name);
  await door.fetch(`http://${first.name}/`, { headers: { "x-token": `is ${SECRET}`, "x-plain": "p" } });
  expect(first.heard[0]?.headers).toMatchObject({ "x-token": `is ${SECRET}` });
  expect(other.heard[0]?.headers).toMatchObject({ "x-plain": "p" });
  expect(other.heard[0]?.headers).not.toHaveProperty("x-token");
});

test.each([
  ["a body", "/", { method: "POST", body: `token=${SECRET}` }],
  ["bytes", "/", { method: "POST", body: Buffer.from(`{"token":"${SECRET}"}`) }],
  ["an address", `/?token=${SECRET}`, {}],
])("a redirect that would take the secret along in %s is refused before it is followed", async (_, path, request) => {
  const other = await listen();
  const first = await listen(`http://${other.name}${path}`);
  const door = await doorTo(first.name);
  await expect(door.fetch(`http://${first.name}${path}`, request)).rejects.toMatchObject({
    code: "credential_not_granted",
    message: expect.stringContaining(`may not be sent to ${other.name}`),
  });
  expect([first.heard.length, other.heard.length]).toEqual([1, 0]);
  expect(door.settle({ type: "output", port: "out", value: null })).toMatchObject({
    error: { code: "credential_not_granted" },
  });
});

test("a value that was replaced in the middle of the attempt is as secret as the new one", async () => {
  const values = ["token-of-yesterday", "token-of-today"];
  const door = new CredentialDoor(createFetch(), async () => ({
    name: "payments",
    credential: new Credential({ type: "bearer", token: values.shift() ?? "" }),
    hosts: undefined,
  }));
  await door.credential();
  await door.credential();
  const value = ["token-of-yesterday", { "token-of-today": 1 }];
  expect(door.settle({ type: "output", port: "out", value })).toMatchObject({ value: ["[secret]", { "[secret]": 1 }] });
});

test("a token is known as long as the credential is that which it was got with", async () => {
  const door = await doorTo("127.0.0.1");
  (await door.credential())?.derive("token-that-was-got");
  await door.credential();
  expect(door.redactText("token-that-was-got, token-of-payments")).toBe("[secret], [secret]");
});

test("a redirect to a host that it is granted to takes it along in the body", async () => {
  const other = await listen();
  const first = await listen(`http://${other.name}/`);
  const door = await doorTo(first.name, other.name);
  await door.fetch(`http://${first.name}/`, { method: "POST", body: SECRET });
  expect(other.heard).toMatchObject([{ body: SECRET }]);
});
