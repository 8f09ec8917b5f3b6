/** A model provider on this machine: real HTTP, the OpenAI protocol, scripted answers and failures. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { give, problem } from "./give.ts";
import { ledgerEntry, type LedgerEntry, type Protocol } from "./ledger.ts";
import type { Reply, ReplyUsage } from "./reply.ts";

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
  /** What it said about tokens, answer by answer: what is paid for. */
  readonly told: readonly ReplyUsage[];
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

export interface FakeOptions {
  /**
   * What happens to the wish for a stream. `ignores`: the answer comes whole; `refuses`: status 400.
   * Default: `grants`.
   */
  readonly streams?: "grants" | "ignores" | "refuses";
}

/**
 * Starts a provider.
 * @param otherwise answers when the script is at its end; default: status 500
 */
export async function startOpenAi(
  otherwise: Otherwise = () => UNSCRIPTED,
  { streams = "grants" }: FakeOptions = {},
): Promise<FakeOpenAi> {
  const requests: LedgerEntry[] = [];
  const told: ReplyUsage[] = [];
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
    const wished = entry.body["stream"] === true;
    if (wished && streams === "refuses") {
      problem(response, { status: 400, message: "This provider answers whole; it does not stream." });
      return;
    }
    const sender = { protocol, model: entry.model, number: requests.length };
    const tell = (usage: ReplyUsage): void => void told.push(usage);
    await give(
      { response, sender, tell, streams: wished && streams === "grants" },
      replies.shift() ?? otherwise(entry),
    );
  }

  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new TypeError("The server has no port.");
  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    requests,
    told,
    script: (...more) => void replies.push(...more),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const body: unknown = JSON.parse(Buffer.concat(chunks).toString());
  return typeof body === "object" && body !== null ? { ...body } : {};
}
