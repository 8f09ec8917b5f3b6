import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { expect, it } from "vitest";
import { portOf } from "../../test/http-server.ts";
import { openOutbound } from "./guarded-fetch.ts";

async function listen(): Promise<AsyncDisposable & { readonly port: number; readonly sockets: Socket[] }> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => void sockets.push(socket.on("error", () => {})));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: portOf(server.address()),
    sockets,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

it("opens a connection to an address that is allowed", async () => {
  await using server = await listen();
  const { fetch } = openOutbound({ allow: ["127.0.0.1"] });
  const socket = await fetch.connect({ host: "127.0.0.1", port: server.port });
  expect(socket.remotePort).toBe(server.port);
  socket.destroy();
});

it.each([["127.0.0.1"], ["::1"], ["::ffff:10.0.0.1"], ["fd00::1"], ["169.254.169.254"], ["inside.example"]])(
  "refuses %s",
  async (host) => {
    const { fetch } = openOutbound({ lookup: () => Promise.resolve(["192.168.0.1"]) });
    await expect(fetch.connect({ host, port: 25 })).rejects.toMatchObject({ code: "address_refused", sent: false });
  },
);

it("takes the next address of a name where one does not answer", async () => {
  await using server = await listen();
  const { fetch } = openOutbound({
    allow: ["two.internal"],
    // Nobody listens at the first.
    lookup: () => Promise.resolve(["127.0.0.2", "127.0.0.1"]),
  });
  const socket = await fetch.connect({ host: "two.internal", port: server.port });
  expect(socket.remoteAddress).toBe("127.0.0.1");
  socket.destroy();
});

it("is not led by an alias, which is for HTTP", async () => {
  await using server = await listen();
  const { fetch } = openOutbound({
    hostAliases: new Map([["shop.localhost", { host: "127.0.0.1", port: server.port }]]),
    lookup: () => Promise.resolve(["127.0.0.1"]),
  });
  await expect(fetch.connect({ host: "shop.localhost", port: 80 })).rejects.toMatchObject({ code: "address_refused" });
});

it("ends with its signal, and what was opened lives on after it", async () => {
  await using server = await listen();
  const { fetch } = openOutbound({ allow: ["127.0.0.1"] });
  const target = { host: "127.0.0.1", port: server.port };
  await expect(fetch.connect({ ...target, signal: AbortSignal.abort() })).rejects.toMatchObject({ code: "aborted" });
  const controller = new AbortController();
  const opening = fetch.connect({ ...target, signal: controller.signal });
  // The address is looked at without leaving this turn of the loop, so that the connection is under way, and not yet there.
  for (let step = 0; step < 20; step += 1) await Promise.resolve();
  controller.abort();
  await expect(opening).rejects.toMatchObject({ code: "aborted", sent: false });
  const later = new AbortController();
  const socket = await fetch.connect({ ...target, signal: later.signal });
  later.abort();
  expect(socket.destroyed).toBe(false);
  socket.destroy();
});
