import { once } from "node:events";
import { connect, createServer } from "node:net";
import { expect, test } from "vitest";
import { readyForQuery, startTcpProxy } from "./tcp-proxy.ts";

async function echo(): Promise<{ port: number; heard: string[]; close: () => void }> {
  const heard: string[] = [];
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.on("data", (bytes) => {
      heard.push(bytes.toString());
      socket.write(bytes);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return { port: address.port, heard, close: () => server.close() };
}

test("passes bytes on, until an answer is to be cut: then the server has heard it and the client gets a reset", async () => {
  const server = await echo();
  await using proxy = await startTcpProxy(server.port);
  const client = connect(proxy.port, "127.0.0.1");
  client.write("one");
  const [answer] = await once(client, "data");
  expect(String(answer)).toBe("one");
  proxy.cutAnswers({ matches: (bytes) => bytes.includes("two"), whole: () => true, times: 1, everyNth: 1 });
  client.write("two");
  const [error] = await once(client, "error");
  expect(error).toMatchObject({ code: "ECONNRESET" });
  expect(server.heard).toEqual(["one", "two"]);
  expect(proxy.cuts).toBe(1);
  server.close();
});

test("knows the end of an answer of Postgres", () => {
  const complete = Buffer.from([0x43, 0, 0, 0, 5, 0]);
  const ready = Buffer.from([0x5a, 0, 0, 0, 5, 0x49]);
  expect(readyForQuery(complete)).toBe(false);
  expect(readyForQuery(Buffer.concat([complete, ready.subarray(0, 5)]))).toBe(false);
  expect(readyForQuery(Buffer.concat([complete, ready]))).toBe(true);
});
