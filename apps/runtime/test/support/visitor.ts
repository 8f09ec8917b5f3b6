/** A browser, as far as the procedures can tell: it keeps cookies and says where its calls come from. */
import { z } from "zod";
import type { ApiFixture } from "./api-fixture.ts";

const answer = z.union([
  z.object({ result: z.object({ data: z.unknown() }) }),
  z.object({ error: z.looseObject({ message: z.string(), data: z.looseObject({ problem: z.looseObject({}) }) }) }),
]);

export interface Answered {
  readonly status: number;
  readonly data: unknown;
  /** What went wrong. */
  readonly problem: { readonly [name: string]: unknown } | undefined;
  readonly response: Response;
}

export interface Sent {
  readonly headers?: { readonly [name: string]: string };
  /** Instead of `http://localhost:4400`. */
  readonly origin?: string;
}

export class Visitor {
  readonly #fixture: ApiFixture;
  readonly #cookies = new Map<string, string>();

  constructor(fixture: ApiFixture) {
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

  async #send(path: string, init: { method: string; body?: string }, sent: Sent): Promise<Answered> {
    const response = await this.#fixture.app.request(`${sent.origin ?? "http://localhost:4400"}/rpc/${path}`, {
      ...init,
      headers: {
        "content-type": "application/json",
        "sec-fetch-site": "same-origin",
        cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; "),
        ...sent.headers,
      },
    });
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    const body: unknown = await response.clone().json();
    const told = answer.safeParse(body).data;
    if (told !== undefined && "result" in told) {
      return { status: response.status, data: told.result.data, problem: undefined, response };
    }
    const problem = told?.error.data.problem ?? z.looseObject({}).parse(body);
    return { status: response.status, data: undefined, problem, response };
  }

  #keep(line: string): void {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (/; max-age=0(;|$)/i.test(line)) this.#cookies.delete(name);
    else this.#cookies.set(name, value);
  }
}
