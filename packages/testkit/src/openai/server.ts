/** A model provider on this machine: real HTTP, the OpenAI protocol, scripted answers and failures. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { envelope } from "./envelope.ts";
import { ledgerEntry, type LedgerEntry, type Protocol } from "./ledger.ts";
import type { Reply } from "./reply.ts";

export type { LedgerEntry, Protocol } from "./ledger.ts";
export type { Reply, ReplyUsage } from "./reply.ts";

/** What the server does when no scripted reply is left. */
export type Otherwise = (request: LedgerEntry) => Reply;

/** A running provider. */
export interface FakeOpenAi extends AsyncDisposable {
  /** To be used as base URL; ends in `/v1`. */
  readonly url: string;
  /** Every request so far, refused ones included. */
  readonly requests: readonly LedgerEntry[];
  /** Adds replies, to be given in this order. */
  script(...replies: Reply[]): void;
}

/** The only key the server takes. */
export const FAKE_KEY = "sk-fake-0123456789abcdef";

const PATHS: ReadonlyMap<string, Protocol> = new Map([
  ["/v1/responses", "responses"],
  ["/v1/chat/completions", "chat"],
]);

const UNSCRIPTED: Reply = { kind: "error", status: 500, message: "No reply is scripted." };

/**
 * Starts a provider.
 * @param otherwise answers when the script is at its end; default: status 500
 */
export async function startOpenAi(otherwise: Otherwise = () => UNSCRIPTED): Promise<FakeOpenAi> {
  const requests: LedgerEntry[] = [];
  const replies: Reply[] = [];
  const server = createServer((request, response) => {
    void answer(request, response).catch((error: unknown) =>
      response.destroy(error instanceof Error ? error : undefined),
    );
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const protocol = PATHS.get(request.url ?? "");
    if (!protocol || request.method !== "POST") {
      problem(response, { status: 404, message: "Not found." });
      return;
    }
    const { authorization } = request.headers;
    const entry = ledgerEntry(protocol, authorization, await readJson(request));
    requests.push(entry);
    if (authorization !== `Bearer ${FAKE_KEY}`) {
      // The real one repeats a part of the key as well.
      problem(response, {
        status: 401,
        message: `Incorrect API key provided: ${authorization?.slice(7)}.`,
        code: "invalid_api_key",
      });
      return;
    }
    if (entry.body["stream"] === true) {
      problem(response, { status: 400, message: "This provider answers whole; it does not stream." });
      return;
    }
    await give(response, replies.shift() ?? otherwise(entry), entry, requests.length);
  }

  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new TypeError("The server has no port.");
  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    requests,
    script: (...more) => void replies.push(...more),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function give(response: ServerResponse, reply: Reply, entry: LedgerEntry, number: number): Promise<void> {
  switch (reply.kind) {
    case "text":
    case "json":
    case "refusal":
      send(response, 200, JSON.stringify(envelope(entry.protocol, reply, entry.model, number)));
      break;
    case "error":
      problem(response, reply);
      break;
    case "raw":
      send(response, reply.status ?? 200, reply.body, { "content-type": reply.contentType ?? "application/json" });
      break;
    case "reset":
      await reset(
        response,
        reply.at,
        JSON.stringify(envelope(entry.protocol, { kind: "text", text: "cut" }, entry.model, number)),
      );
      break;
    case "slow":
      await reply.until;
      await give(response, reply.reply, entry, number);
      break;
  }
}

async function reset(response: ServerResponse, at: "start" | "middle", body: string): Promise<void> {
  if (at === "middle") {
    response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(body) });
    // Only what has left this process can be cut off after it.
    await new Promise((resolve) => response.write(body.slice(0, body.length / 2), resolve));
  }
  response.socket?.destroy();
}

/** An error in the protocol's own form. */
function problem(response: ServerResponse, error: Omit<Extract<Reply, { kind: "error" }>, "kind">): void {
  const { status, message = `Status ${status}.`, code = null, headers = {} } = error;
  send(response, status, JSON.stringify({ error: { message, type: "fake", param: null, code } }), headers);
}

function send(
  response: ServerResponse,
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(body);
}

async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const body: unknown = JSON.parse(Buffer.concat(chunks).toString());
  return typeof body === "object" && body !== null ? { ...body } : {};
}
