/** From the params of the node to the request that goes out. */
import { Buffer } from "node:buffer";
import type { Json } from "@holdfast/dsl";
import type { z } from "zod";
import type { Credential } from "../credential.ts";
import type { OutboundRequest } from "../outbound/guarded-fetch.ts";
import type { httpRequestInfo } from "./definition.ts";

type Params = z.output<(typeof httpRequestInfo)["params"]>;

/** Line breaks end a header; a value with one could add headers of its own. */
const FORBIDDEN_IN_HEADER = /[\r\n\0]/;

/** The params can't be sent; `pointer` says which. */
export class RequestError extends Error {
  readonly pointer: string;

  constructor(message: string, pointer: string) {
    super(message);
    this.name = "RequestError";
    this.pointer = pointer;
  }
}

/**
 * The address with its query.
 * @throws RequestError
 */
export function requestUrl({ url, query }: Params): URL {
  if (!URL.canParse(url)) throw new RequestError("The address is not a URL.", "/params/url");
  const target = new URL(url);
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value === null) continue;
    for (const entry of Array.isArray(value) ? value : [value]) target.searchParams.append(name, String(entry));
  }
  return target;
}

/**
 * Everything but the address.
 * @throws RequestError
 */
export function requestInit(params: Params, key: string, credential: Credential | undefined): OutboundRequest {
  const headers = new Headers({ accept: "application/json, */*;q=0.5" });
  for (const [name, value] of Object.entries(params.headers ?? {})) setHeader(headers, name, value);
  const body = encodeBody(params.body, headers);
  if (params.idempotencyHeader !== undefined) setHeader(headers, params.idempotencyHeader, key);
  const secretHeader = credential && authorize(headers, credential);
  return { method: params.method, headers, body, ...(secretHeader !== undefined && { secretHeaders: [secretHeader] }) };
}

function setHeader(headers: Headers, name: string, value: string): void {
  // The value is left out of the message: it may be somebody's data.
  if (FORBIDDEN_IN_HEADER.test(value)) {
    throw new RequestError(`The header ${name} holds a line break.`, "/params/headers");
  }
  try {
    headers.set(name, value);
  } catch {
    throw new RequestError(`The header ${name} holds a character that headers can't carry.`, "/params/headers");
  }
}

/** A text under a content type of its own goes as it is; a record under a form's type is encoded; the rest is JSON. */
function encodeBody(body: Json | undefined, headers: Headers): string | undefined {
  if (body === undefined) return undefined;
  const type = headers.get("content-type");
  if (typeof body === "string" && type !== null && !isJsonType(type)) return body;
  if (type?.startsWith("application/x-www-form-urlencoded") === true && typeof body === "object" && body !== null) {
    const fields = Object.entries(body).map(([name, value]): [string, string] => [
      name,
      typeof value === "string" ? value : JSON.stringify(value),
    ]);
    return new URLSearchParams(fields).toString();
  }
  if (type === null) headers.set("content-type", "application/json");
  return JSON.stringify(body);
}

/** True for `application/json` and everything that ends in `+json`. */
export function isJsonType(contentType: string): boolean {
  return /^[\w.-]+\/([\w.-]+\+)?json\b/i.test(contentType);
}

/** Adds the credential; returns the header's name. */
function authorize(headers: Headers, credential: Credential): string {
  const value = credential.reveal();
  switch (value.type) {
    case "bearer":
      headers.set("authorization", `Bearer ${value.token}`);
      return "authorization";
    case "basic":
      headers.set("authorization", `Basic ${Buffer.from(`${value.username}:${value.password}`).toString("base64")}`);
      return "authorization";
    case "header":
      headers.set(value.name, value.value);
      return value.name;
    case "apiKey":
      headers.set("x-api-key", value.key);
      return "x-api-key";
    case "smtp":
    case "connectionString":
      throw new RequestError("The credential is none for HTTP.", "/credential");
  }
}
