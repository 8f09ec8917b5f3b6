/**
 * The target of effects, which keeps book: a small HTTP server that outlives every process under test. It does what a
 * careful payment service does: the first request with a key is applied, a repeated one is answered alike and changes
 * nothing. Without a key every request is applied.
 */
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/** One request, as it came. */
export interface Send {
  readonly path: string;
  /** Header `idempotency-key`. */
  readonly key: string | undefined;
  /** Hex SHA-256 of the body. */
  readonly bodyHash: string;
  readonly body: unknown;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Whether it took effect, or was known by its key. */
  readonly applied: boolean;
}

/** What becomes of a request that has arrived. */
export type Verdict =
  /** Applied, and answered 201 with `{ number, body }`. */
  | "answer"
  /** Applied, and never answered. */
  | "silence"
  /** Not applied, and answered with this status. */
  | { readonly refuse: number };

/** Judges a request. Until it has settled, nothing is answered; what is refused is refused at once. */
export type Judge = (send: Omit<Send, "applied">) => Verdict | Promise<Exclude<Verdict, object>>;

export interface Ledger extends AsyncDisposable {
  /** Without a slash at the end. Every path is an account of its own. */
  readonly url: string;
  readonly port: number;
  /** Everything that arrived whole, refusals included, in order. */
  readonly sends: readonly Send[];
  /** Of a path: those that took effect. */
  applied(path: string): readonly Send[];
  /** Resolves when a path has got its `count`-th request. */
  arrived(path: string, count?: number): Promise<void>;
  /** From now on asks `judge` about the path's requests. Default: all are answered. */
  judge(path: string, judge: Judge): void;
}

export async function startLedger(): Promise<Ledger> {
  const sends: Send[] = [];
  const answers = new Map<string, { readonly number: number; readonly body: unknown }>();
  const judges = new Map<string, Judge>();
  const waiting = new Set<() => void>();

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await bodyText(request);
    const path = request.url ?? "/";
    const header = request.headers["idempotency-key"];
    const key = typeof header === "string" ? header : undefined;
    const bodyHash = createHash("sha256").update(text).digest("hex");
    const send = { path, key, bodyHash, body: jsonBody(text), at: Date.now() };
    const verdict = judges.get(path)?.(send) ?? "answer";
    // The book is written when the request has arrived, whatever the judge is still waiting for.
    const refused = typeof verdict === "object" && "refuse" in verdict;
    const account = key === undefined ? undefined : `${path} ${key}`;
    const known = account === undefined ? undefined : answers.get(account);
    const answer = known ?? {
      number: sends.filter((sent) => sent.path === path && sent.applied).length + 1,
      body: send.body,
    };
    if (!refused && account !== undefined) answers.set(account, answer);
    sends.push({ ...send, applied: !refused && known === undefined });
    for (const look of waiting) look();
    const settled = await verdict;
    if (settled === "silence") return;
    const status = settled === "answer" ? 201 : settled.refuse;
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(answer));
  }

  const server = createServer((request, response) => {
    // A client that was killed in the middle of its request has sent nothing.
    take(request, response).catch(() => response.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new TypeError("The ledger has no port.");
  const { port } = address;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    sends,
    applied: (path) => sends.filter((send) => send.path === path && send.applied),
    arrived: (path, count = 1) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (sends.filter((send) => send.path === path).length < count) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    judge: (path, judge) => void judges.set(path, judge),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function bodyText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}

/** As data, if it is JSON. */
function jsonBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
