/** From the response to the step's output. */
import { Buffer } from "node:buffer";
import type { Json, JsonObject } from "@holdfast/dsl";
import type { Credential } from "../credential.ts";
import { toJson } from "../json.ts";
import { OutboundError } from "../outbound/error.ts";
import { isJsonType } from "./request.ts";

/** The body says it is JSON and isn't. */
export class NotJsonError extends Error {}

const TEXT = /^(text\/|application\/(xml|javascript|x-www-form-urlencoded|graphql)|[\w.-]+\/[\w.-]+\+xml)/i;

/** How a body is read. */
type Reading = "json" | "text" | "base64";

/** In Base64 it is a third longer, and a step's output has 8 MiB. */
const LARGEST_FILE = 5 * 1024 * 1024;

/**
 * The body as JSON, text, or base64 of anything else; null if there is none.
 * @param as what it is taken for, whatever the server says
 * @throws NotJsonError
 * @throws OutboundError when it is cut or too long
 */
export async function readBody(response: Response, credential: Credential | undefined, as?: Reading): Promise<Json> {
  const bytes = Buffer.from(await response.arrayBuffer());
  if (bytes.length === 0) return null;
  const type = response.headers.get("content-type") ?? "";
  const reading = as ?? readingOf(type);
  if (reading === "base64") {
    if (bytes.length <= LARGEST_FILE) return bytes.toString("base64");
    throw new OutboundError("response_too_large", `The file is larger than ${LARGEST_FILE} bytes.`, { sent: true });
  }
  const text = redacted(new TextDecoder(charsetOf(type)).decode(bytes), credential);
  if (reading === "text") return text;
  try {
    return toJson(JSON.parse(text));
  } catch {
    throw new NotJsonError(
      as === undefined ? "The server says its answer is JSON, and it is not." : "The answer is not JSON.",
    );
  }
}

function readingOf(type: string): Reading {
  if (isJsonType(type)) return "json";
  return type === "" || TEXT.test(type) ? "text" : "base64";
}

/** Response headers by lower-case name. Cookies are the server's secrets, and no flow can use them. */
export function readHeaders(response: Response, credential: Credential | undefined): JsonObject {
  const headers: JsonObject = {};
  for (const [name, value] of response.headers) {
    if (name !== "set-cookie") headers[name] = redacted(value, credential);
  }
  return headers;
}

/** The beginning of an answer that was not wanted, for a person to read. Never fails. */
export async function excerptOf(response: Response, credential: Credential | undefined): Promise<string> {
  const LENGTH = 500;
  try {
    const type = response.headers.get("content-type") ?? "";
    if (type !== "" && !isJsonType(type) && !TEXT.test(type)) {
      // An answer that nobody reads would hold its connection.
      await response.body?.cancel();
      return "";
    }
    const text = redacted(await response.text(), credential);
    return text.length > LENGTH ? `${text.slice(0, LENGTH)}…` : text;
  } catch {
    return "";
  }
}

function redacted(text: string, credential: Credential | undefined): string {
  return credential ? credential.redact(text) : text;
}

function charsetOf(contentType: string): string {
  const charset = /charset="?([\w-]+)"?/i.exec(contentType)?.[1] ?? "utf-8";
  try {
    return new TextDecoder(charset).encoding;
  } catch {
    return "utf-8";
  }
}
