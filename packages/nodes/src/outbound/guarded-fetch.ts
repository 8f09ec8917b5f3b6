/** The one door through which nodes call out. */
import { Agent, fetch as undiciFetch, type Dispatcher } from "undici";
import { limitBody } from "./body-limit.ts";
import { guardedConnector, systemLookup, type Lookup } from "./connector.ts";
import { OutboundError } from "./error.ts";
import { guardedConnect, type GuardedConnect } from "./guarded-socket.ts";
import { compilePolicy, type OutboundPolicy } from "./policy.ts";
import { nextHop, type Hop } from "./redirect.ts";

/** A request, told plainly. */
export interface OutboundRequest {
  readonly method?: string;
  readonly headers?: Headers | Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Names of headers that carry a credential; not sent to another origin. `authorization` and `cookie` never are. */
  readonly secretHeaders?: readonly string[];
  /** Bytes, after decompression. Default: 8 MiB. */
  readonly maxResponseBytes?: number;
  /** Default: 5. */
  readonly maxRedirects?: number;
  /**
   * Use a connection of its own. A kept one may have been closed by the server a moment ago, and then nobody knows
   * whether the request arrived; for a call that can't be repeated that doubt is worth a handshake.
   */
  readonly freshConnection?: boolean;
  /**
   * Is shown each request before it is sent, that of each redirect too, and throws to refuse it.
   */
  readonly look?: ((request: Pick<Hop, "url" | "headers" | "body">) => void) | undefined;
}

/**
 * Calls out. The answer's body may still fail while it is read, with an `OutboundError` as well.
 * @throws OutboundError
 */
export interface GuardedFetch {
  (url: string | URL, request?: OutboundRequest): Promise<Response>;
  /** The same door for what does not speak HTTP. */
  readonly connect: GuardedConnect;
}

/** The door, and the connections it keeps. */
export interface Outbound {
  readonly fetch: GuardedFetch;
  /** What is under way is broken off. */
  close(): Promise<void>;
}

/** How a door is made. */
export interface OutboundOptions extends OutboundPolicy {
  /** For tests. Default: the system's resolver. */
  readonly lookup?: Lookup;
}

/** 8 MiB, the limit of a step's output. */
const MAX_RESPONSE_BYTES = 8 * 1024 * 1024;

const MAX_REDIRECTS = 5;

const NO_BODY: ReadonlySet<number> = new Set([101, 103, 204, 205, 304]);

/** Opens a door with the installation's policy. */
export function openOutbound(options: OutboundOptions = {}): Outbound {
  const { lookup = systemLookup, hostAliases = new Map() } = options;
  const allows = compilePolicy(options);
  const connect = guardedConnector(allows, lookup, hostAliases);
  // The attempt's signal limits the time; a second clock here would only make long calls fail early.
  const settings: Agent.Options = { connect, headersTimeout: 0, bodyTimeout: 0, allowH2: false };
  const shared = new Agent(settings);
  const fetch = (url: string | URL, request: OutboundRequest = {}): Promise<Response> =>
    request.freshConnection === true
      ? throughOwnAgent(new Agent(settings), url, request)
      : follow(shared, url, request);
  return {
    fetch: Object.assign(fetch, { connect: guardedConnect(allows, lookup) }),
    close: () => shared.destroy(),
  };
}

/** A door whose connections live as long as the process. */
export function createFetch(options: OutboundOptions = {}): GuardedFetch {
  return openOutbound(options).fetch;
}

async function throughOwnAgent(agent: Agent, url: string | URL, request: OutboundRequest): Promise<Response> {
  try {
    return await follow(agent, url, request);
  } finally {
    // Lets the answer be read to its end, and then closes the connection.
    void agent.close();
  }
}

async function follow(agent: Dispatcher, url: string | URL, request: OutboundRequest): Promise<Response> {
  const maxRedirects = request.maxRedirects ?? MAX_REDIRECTS;
  const headers = new Headers(request.headers);
  let hop: Hop = { url: checkUrl(url, false), method: request.method ?? "GET", headers, body: request.body };
  request.look?.(hop);
  for (let redirects = 0; ; redirects += 1) {
    const response = await send(agent, hop, request, redirects > 0);
    const next = nextHop(hop, response.status, response.headers.get("location"), request.secretHeaders ?? []);
    if (!next) return limited(response, request);
    await response.body?.cancel();
    if (redirects === maxRedirects) {
      throw new OutboundError("too_many_redirects", `${hop.url.host} redirects more than ${maxRedirects} times.`, {
        sent: true,
      });
    }
    checkUrl(next.url, true);
    request.look?.(next);
    hop = next;
  }
}

function checkUrl(input: string | URL, sent: boolean): URL {
  if (!URL.canParse(String(input))) throw new OutboundError("url_invalid", "The address is not a URL.", { sent });
  const url = new URL(input);
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw new OutboundError("url_invalid", `${url.protocol} is not http or https.`, { sent });
  }
  if (url.username !== "" || url.password !== "") {
    throw new OutboundError("url_invalid", "The address carries a user name or password; use a credential.", { sent });
  }
  return url;
}

type RawResponse = Awaited<ReturnType<typeof undiciFetch>>;

async function send(agent: Dispatcher, hop: Hop, request: OutboundRequest, sentBefore: boolean): Promise<RawResponse> {
  const passage = { sent: sentBefore };
  try {
    return await undiciFetch(hop.url, {
      method: hop.method,
      headers: Object.fromEntries(hop.headers),
      body: hop.body ?? null,
      redirect: "manual",
      signal: request.signal ?? null,
      dispatcher: watched(agent, passage),
    });
  } catch (error) {
    throw asOutboundError(error, hop.url, passage.sent, request.signal);
  }
}

/** Notices the moment in which a request is handed to a connection; before it nothing can have happened. */
function watched(agent: Dispatcher, passage: { sent: boolean }): Dispatcher {
  return agent.compose(
    (dispatch) => (options, handler) =>
      dispatch(options, {
        onRequestStart(controller, context) {
          passage.sent = true;
          handler.onRequestStart?.(controller, context);
        },
        onRequestUpgrade: (controller, status, headers, socket) =>
          handler.onRequestUpgrade?.(controller, status, headers, socket),
        onResponseStart: (controller, status, headers, text) =>
          handler.onResponseStart?.(controller, status, headers, text),
        onResponseData: (controller, chunk) => handler.onResponseData?.(controller, chunk),
        onResponseEnd: (controller, trailers) => handler.onResponseEnd?.(controller, trailers),
        onResponseError: (controller, error) => handler.onResponseError?.(controller, error),
      }),
  );
}

function limited(response: RawResponse, request: OutboundRequest): Response {
  const limit = request.maxResponseBytes ?? MAX_RESPONSE_BYTES;
  const hasBody = response.body !== null && !NO_BODY.has(response.status);
  const body = hasBody ? limitBody(telling(response.body, response.url, request.signal), limit) : null;
  return new Response(body, {
    status: response.status,
    statusText: response.statusText,
    headers: [...response.headers],
  });
}

/** A body to read, whichever platform's types describe it: Node's and the browser's differ in what they add. */
interface Bytes {
  getReader(): {
    read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
    cancel(reason?: unknown): Promise<void>;
  };
}

/** The same bytes; a cut is told as an `OutboundError`. */
function telling(body: Bytes, url: string, signal: AbortSignal | undefined): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (done || value === undefined) controller.close();
        else controller.enqueue(value);
      } catch (cause) {
        controller.error(asOutboundError(cause, new URL(url), true, signal));
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

function asOutboundError(error: unknown, url: URL, sent: boolean, signal: AbortSignal | undefined): OutboundError {
  if (signal?.aborted === true) {
    return new OutboundError("aborted", `The call to ${url.host} was broken off.`, { sent, cause: error });
  }
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof OutboundError) {
      return sent === cause.sent ? cause : new OutboundError(cause.code, cause.message, { sent, cause });
    }
  }
  return sent
    ? new OutboundError("connection_lost", `${url.host} broke the connection off.`, { sent, cause: error })
    : new OutboundError("connect_failed", `No connection to ${url.host}.`, { sent, cause: error });
}
