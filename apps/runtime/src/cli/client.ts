/** Calls of the API, whose problems become one clear line. */
import { z } from "zod";
import { CliError } from "./cli-error.ts";
import type { Connection } from "./connection.ts";

export interface ApiCall {
  readonly method?: "GET" | "POST" | "PUT" | "DELETE";
  readonly query?: { readonly [name: string]: string | undefined };
  readonly body?: unknown;
}

const problem = z.looseObject({
  code: z.string(),
  title: z.string(),
  hint: z.string().optional(),
  pointer: z.string().optional(),
  issues: z
    .array(z.object({ code: z.string(), pointer: z.string(), message: z.string(), hint: z.string().optional() }))
    .optional(),
});

export class ApiClient {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /**
   * @param path Below `/api/v1`; build it with `at`.
   * @returns The answer as the schema reads it.
   * @throws CliError with the problem's code, or `unreachable`.
   */
  async call<T>(schema: z.ZodType<T>, path: string, call: ApiCall = {}): Promise<T> {
    const url = new URL(`${this.#connection.url}/api/v1${path}`);
    for (const [name, value] of Object.entries(call.query ?? {})) {
      if (value !== undefined) url.searchParams.set(name, value);
    }
    const response = await this.#send(url, call);
    const text = await response.text();
    const answer = text === "" ? {} : parse(text);
    if (!response.ok) throw errorFrom(response.status, answer);
    const parsed = schema.safeParse(answer);
    if (parsed.success) return parsed.data;
    throw new CliError("not_holdfast", `${this.#connection.url} answers, but not as a Holdfast server of this version`);
  }

  /** What the API gives as a file. @throws CliError */
  async download(path: string): Promise<Buffer> {
    const response = await this.#send(new URL(`${this.#connection.url}/api/v1${path}`), {});
    if (!response.ok) throw errorFrom(response.status, parse(await response.text()));
    return Buffer.from(await response.arrayBuffer());
  }

  async #send(url: URL, call: ApiCall): Promise<Response> {
    try {
      return await fetch(url, {
        method: call.method ?? "GET",
        headers: {
          authorization: `Bearer ${this.#connection.key}`,
          ...(call.body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      });
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      const reason = cause instanceof Error && cause.message !== "" ? cause.message : "no answer";
      throw new CliError("unreachable", `no Holdfast answers at ${this.#connection.url}: ${reason}`);
    }
  }
}

/** A path with every value in it encoded: a value can't lead anywhere else. */
export const at = (parts: TemplateStringsArray, ...values: readonly (string | number)[]): string =>
  String.raw({ raw: parts }, ...values.map((value) => encodeURIComponent(value)));

function errorFrom(status: number, answer: unknown): CliError {
  const parsed = problem.safeParse(answer);
  if (!parsed.success) return new CliError("not_holdfast", `the server answered with status ${status}`);
  const { code, title, hint, issues = [] } = parsed.data;
  const list = issues.map(({ hint: itsHint, ...issue }) =>
    itsHint === undefined ? issue : { ...issue, hint: itsHint },
  );
  return new CliError(code, hint === undefined ? title : `${title} (${hint})`, list);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
