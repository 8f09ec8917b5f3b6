/**
 * The JSON of a request's body: limited in size and depth, and without keys that could reach a prototype.
 */
import { toPointer } from "@holdfast/dsl";
import { Problem } from "../problem/problem.ts";
import { API_LIMITS } from "./limits.ts";

/** What reading needs of a request. */
export interface BodySource {
  readonly raw: Request;
  header(name: string): string | undefined;
  text(): Promise<string>;
}

export interface ReadJsonOptions {
  /** Bytes. */
  readonly limit?: number;
}

/**
 * @returns The value, or `undefined` if the request has no body.
 * @throws Problem 413 `body_too_large`, 415 `not_json`, 400 `broken_json`, `too_deep` or `forbidden_key`.
 */
export async function readJson(request: BodySource, options: ReadJsonOptions = {}): Promise<unknown> {
  const limit = options.limit ?? API_LIMITS.requestBytes;
  const text = await readText(request, limit);
  if (text === "") return undefined;
  const type = request.header("content-type");
  if (type === undefined || !/^application\/(?:json|[\w.+-]+\+json)\s*(?:;|$)/i.test(type)) {
    throw new Problem(415, "not_json", "the body must be JSON", {
      pointer: "",
      hint: "send the header Content-Type: application/json",
    });
  }
  return parseJson(text);
}

async function readText(request: BodySource, limit: number): Promise<string> {
  const length = request.header("content-length");
  if (length !== undefined && Number(length) > limit) throw tooLarge(limit);
  // With a length that fits, the server itself reads no more than that.
  if (length !== undefined && request.header("transfer-encoding") === undefined) return request.text();
  const body: ReadableStream<Uint8Array> | null = request.raw.body;
  if (body === null) return "";
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > limit) throw tooLarge(limit);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

const tooLarge = (limit: number): Problem =>
  new Problem(413, "body_too_large", `the body is larger than ${limit} bytes`, {
    pointer: "",
    details: { limit },
  });

/** @throws Problem 400 `broken_json`, `too_deep` or `forbidden_key`. */
export function parseJson(text: string): unknown {
  if (text.length > API_LIMITS.depth && depthOf(text) > API_LIMITS.depth) {
    throw new Problem(400, "too_deep", `the body is nested deeper than ${API_LIMITS.depth} levels`, {
      pointer: "",
    });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const message = error instanceof SyntaxError ? error.message : "";
    throw new Problem(400, "broken_json", `the body is not JSON: ${message}`, { pointer: "" });
  }
  // An escape could spell the key as well; whoever writes neither pays for no second look.
  if (/__proto__|\\u/i.test(text)) refuseProtoKeys(value, []);
  return value;
}

function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.codePointAt(at);
    if (inString) {
      if (code === 0x5c) at += 1;
      else if (code === 0x22) inString = false;
    } else if (code === 0x22) inString = true;
    else if (code === 0x7b || code === 0x5b) deepest = Math.max(deepest, (depth += 1));
    else if (code === 0x7d || code === 0x5d) depth -= 1;
  }
  return deepest;
}

function refuseProtoKeys(value: unknown, path: readonly PropertyKey[]): void {
  if (typeof value !== "object" || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    const at = [...path, Array.isArray(value) ? Number(key) : key];
    if (key === "__proto__") {
      throw new Problem(400, "forbidden_key", 'no key may be called "__proto__"', { pointer: toPointer(at) });
    }
    refuseProtoKeys(item, at);
  }
}
