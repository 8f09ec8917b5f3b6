/** A stand-in for everything that a node reaches over the network: it answers by a function, and remembers. */
import { OutboundError, type GuardedFetch, type OutboundRequest } from "@holdfast/nodes/executors";

/** What a node sent. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  /** By lower-case name. */
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
}

/** What the target answers. `silence`: nothing, ever. `reset`: the connection breaks after the request arrived. */
export type Answer =
  | { readonly status?: number; readonly headers?: { readonly [name: string]: string }; readonly body?: unknown }
  | "silence"
  | "reset";

export type Target = (request: SeenRequest) => Answer | Promise<Answer>;

/** A door to `target` in place of the network; what goes through is written to `requests`. */
export function fetchOf(target: Target, requests: SeenRequest[]): GuardedFetch {
  const call = async (
    url: string | URL,
    { method = "GET", headers, body, signal }: OutboundRequest = {},
  ): Promise<Response> => {
    if (signal?.aborted === true) throw new OutboundError("aborted", "The call was given up.", { sent: false });
    const request: SeenRequest = {
      method,
      url: String(url),
      headers: Object.fromEntries(new Headers(headers)),
      body: typeof body === "string" ? body : new TextDecoder().decode(body),
    };
    requests.push(request);
    const answer = await target(request);
    if (answer === "reset") throw new OutboundError("connection_lost", "The connection was reset.", { sent: true });
    if (answer === "silence") return untilAborted(signal ?? undefined);
    const { status = 200, headers: more = {}, body: content } = answer;
    const text = typeof content === "string" ? content : JSON.stringify(content ?? null);
    const type = typeof content === "string" ? "text/plain" : "application/json";
    return new Response(status === 204 ? null : text, { status, headers: { "content-type": type, ...more } });
  };
  const connect = (): Promise<never> =>
    Promise.reject(new OutboundError("connect_failed", "A test's target speaks HTTP alone.", { sent: false }));
  return Object.assign(call, { connect });
}

function untilAborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener("abort", () =>
      reject(new OutboundError("aborted", "The call was given up.", { sent: true })),
    );
  });
}
