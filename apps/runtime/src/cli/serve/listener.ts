/**
 * The HTTP server. It takes its port before anything slow begins, so that a port in use shows at once, and answers
 * `starting` until the app is there.
 */
import { createServer, type RequestListener, type Server } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { isLoopbackAddress } from "../../api/loopback.ts";
import { CliError } from "../cli-error.ts";

export interface Listener {
  /** Where it is reached from this computer. */
  readonly url: string;
  readonly port: number;
  /** From now on requests go to the app. */
  serve(app: { fetch: Parameters<typeof getRequestListener>[0] }): void;
  /** Takes no new connections, lets requests end, and cuts them after the time told. Milliseconds. */
  close(patience: number): Promise<void>;
}

const starting: RequestListener = (request, response) => {
  const alive = request.url === "/healthz";
  response.writeHead(alive ? 200 : 503, { "Content-Type": "application/problem+json", "Retry-After": "1" });
  response.end(
    alive
      ? '{"status":"alive"}'
      : '{"type":"urn:holdfast:problem:starting","title":"Holdfast is starting","status":503,"code":"starting"}',
  );
};

/** @throws CliError `port_in_use`, `port_denied` or `no_address`. */
export async function listen(host: string, port: number): Promise<Listener> {
  let handle = starting;
  const server = createServer((request, response) => handle(request, response));
  // A request that is never sent completely holds nothing for long.
  server.headersTimeout = 20_000;
  server.requestTimeout = 120_000;
  server.keepAliveTimeout = 65_000;
  await bound(server, host, port);
  const address = server.address();
  const actual = typeof address === "object" && address !== null ? address.port : port;
  const name = isLoopbackAddress(host) ? host : "localhost";
  return {
    url: `http://${name.includes(":") && !name.startsWith("[") ? `[${name}]` : name}:${actual}`,
    port: actual,
    serve: (app) => {
      const listener = getRequestListener(app.fetch);
      handle = (request, response) => void listener(request, response);
    },
    close: async (patience) => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const cut = setTimeout(() => server.closeAllConnections(), patience);
      await closed;
      clearTimeout(cut);
    },
  };
}

function bound(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(explain(error, host, port)));
    server.listen({ host: host.replaceAll(/[[\]]/g, ""), port }, () => {
      server.removeAllListeners("error");
      resolve();
    });
  });
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): Error {
  switch (error.code) {
    case "EADDRINUSE":
      return new CliError("port_in_use", `port ${port} is in use; choose another with --port, or 0 for any free one`);
    case "EACCES":
      return new CliError("port_denied", `port ${port} needs rights that this account has not; choose one above 1023`);
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return new CliError("no_address", `this computer has not the address ${host}`);
    default:
      return error;
  }
}
