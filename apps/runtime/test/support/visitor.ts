/** A browser, as far as the procedures can tell: it keeps cookies and says where its calls come from. */
import { setTimeout } from "node:timers/promises";
import { z } from "zod";
import type { ApiFixture } from "./api-fixture.ts";

const told = z.looseObject({ message: z.string(), data: z.looseObject({ problem: z.looseObject({}) }) });
const answer = z.union([z.object({ result: z.object({ data: z.unknown() }) }), z.object({ error: told })]);

/** Milliseconds without a word after which a subscription is taken for open. */
const LISTENING_MS = 300;

export interface Answered {
  readonly status: number;
  readonly data: unknown;
  /** What went wrong. */
  readonly problem: { readonly [name: string]: unknown } | undefined;
  readonly response: Response;
}

export interface Sent {
  /** In addition, or instead; empty: without it. */
  readonly headers?: { readonly [name: string]: string };
  /** Instead of `http://localhost:4400`. */
  readonly origin?: string;
}

export class Visitor {
  readonly #fixture: Pick<ApiFixture, "app">;
  readonly #cookies = new Map<string, string>();

  constructor(fixture: Pick<ApiFixture, "app">) {
    this.#fixture = fixture;
  }

  get cookies(): ReadonlyMap<string, string> {
    return this.#cookies;
  }

  setCookie(name: string, value: string): void {
    this.#cookies.set(name, value);
  }

  query(path: string, input?: unknown, sent: Sent = {}): Promise<Answered> {
    const search = input === undefined ? "" : `?input=${encodeURIComponent(JSON.stringify(input))}`;
    return this.#send(`${path}${search}`, { method: "GET" }, sent);
  }

  mutate(path: string, input?: unknown, sent: Sent = {}): Promise<Answered> {
    return this.#send(path, { method: "POST", body: JSON.stringify(input ?? {}) }, sent);
  }

  /** Goes to an address, as a link or a redirect from another site leads there. */
  async visit(address: string, headers: { readonly [name: string]: string } = {}): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await this.#fixture.app.request(`http://localhost:4400${address}`, {
      headers: { accept: "text/html", "sec-fetch-site": "cross-site", cookie, ...headers },
    });
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    return response;
  }

  /** Reads until it is told an error, or that it may listen. */
  async subscribe(path: string, input: unknown): Promise<Answered> {
    const search = `?input=${encodeURIComponent(JSON.stringify(input))}`;
    const response = await this.#request(
      `${path}${search}`,
      { method: "GET" },
      { headers: { accept: "text/event-stream" } },
    );
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    for (;;) {
      const next = await Promise.race([reader?.read(), setTimeout(LISTENING_MS)]);
      if (next === undefined || next.done) break;
      text += next.value;
      const [, data] = /event: serialized-error\ndata: (.*)\n/.exec(text) ?? [];
      if (data === undefined) continue;
      const { problem } = told.parse(JSON.parse(data)).data;
      return { status: response.status, data: undefined, problem, response };
    }
    await reader?.cancel();
    return { status: response.status, data: undefined, problem: undefined, response };
  }

  async #send(path: string, init: { method: string; body?: string }, sent: Sent): Promise<Answered> {
    const response = await this.#request(path, init, sent);
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    const body: unknown = await response.clone().json();
    const given = answer.safeParse(body).data;
    if (given !== undefined && "result" in given) {
      return { status: response.status, data: given.result.data, problem: undefined, response };
    }
    const problem = given?.error.data.problem ?? z.looseObject({}).parse(body);
    return { status: response.status, data: undefined, problem, response };
  }

  async #request(path: string, init: { method: string; body?: string }, sent: Sent): Promise<Response> {
    const headers = {
      "content-type": "application/json",
      "sec-fetch-site": "same-origin",
      cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; "),
      ...sent.headers,
    };
    return this.#fixture.app.request(`${sent.origin ?? "http://localhost:4400"}/rpc/${path}`, {
      ...init,
      headers: Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== "")),
    });
  }

  #keep(line: string): void {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (/; max-age=0(;|$)/i.test(line)) this.#cookies.delete(name);
    else this.#cookies.set(name, value);
  }
}
