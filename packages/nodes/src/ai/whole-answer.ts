/**
 * Servers that can't stream. Most that can't ignore the wish and answer whole: that answer is taken, not asked for
 * again. One that refuses the wish is asked again without it, and from then on at once.
 */
import { APICallError } from "ai";
import type { Lens } from "./provider.ts";

/** Servers that refused to stream, for as long as this process lives. */
const refusing = new Set<string>();

export function refusesToStream(server: string): boolean {
  return refusing.has(server);
}

/** Whether the failure is that of a server that can't stream, which is remembered. */
export function learnsOfRefusal(server: string, error: unknown): boolean {
  if (!APICallError.isInstance(error) || ![400, 404, 405, 422, 501].includes(error.statusCode ?? 0)) return false;
  if (!/\bstream/i.test(`${error.message} ${error.responseBody ?? ""}`)) return false;
  refusing.add(server);
  return true;
}

/** Looks at the answer to a request for a stream. */
export class WholeAnswer {
  #response: Response | undefined;

  /** The answer, if it came whole. */
  get response(): Response | undefined {
    return this.#response;
  }

  /** For the request of a stream: refuses what is none. */
  readonly lens: Lens = (send) => async (input, init) => {
    const response = await send(input, init);
    if (!response.ok || isEventStream(response)) return response;
    const peeked = await peek(response);
    if (!peeked.isWhole) return peeked.response;
    this.#response = peeked.response;
    throw new TypeError("The server answered whole.");
  };

  /** For a second look at the same answer. */
  readonly again: Lens = () => () =>
    this.#response === undefined ? Promise.reject(new TypeError("Nothing came.")) : Promise.resolve(this.#response);
}

function isEventStream(response: Response): boolean {
  return response.headers.get("content-type")?.includes("text/event-stream") === true;
}

/** As much of a stream's reader as is used here: the platforms' types of it differ. */
interface Reader {
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
  cancel(reason?: unknown): Promise<void>;
}

/** By its first character, since what calls itself otherwise may still be a stream. */
async function peek(response: Response): Promise<{ readonly response: Response; readonly isWhole: boolean }> {
  const reader: Reader | undefined = response.body?.getReader();
  const seen: Uint8Array[] = [];
  let text = "";
  while (reader !== undefined && text.trim() === "") {
    const { done, value } = await reader.read();
    if (done || value === undefined) break;
    seen.push(value);
    text += new TextDecoder().decode(value);
  }
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => seen.forEach((chunk) => controller.enqueue(chunk)),
    async pull(controller) {
      const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
      if (done || value === undefined) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader?.cancel(reason),
  });
  const { status, statusText, headers } = response;
  return {
    response: new Response(body, { status, statusText, headers }),
    isWhole: !/^\s*(data|event|id|retry)?:/.test(text),
  };
}
