/** From the params of the node to the request that goes out. */
import { isJsonObject, type Json, type JsonObject } from "@holdfast/dsl";
import type { z } from "zod";
import type { OutboundRequest } from "../outbound/guarded-fetch.ts";
import type { httpRequestInfo } from "./definition.ts";
import type { Proof } from "./proof.ts";

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
export function requestUrl({ url, query }: Pick<Params, "url" | "query">, { parameter }: Proof): URL {
  if (!URL.canParse(url)) throw new RequestError("The address is not a URL.", "/params/url");
  const target = new URL(url);
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value === null) continue;
    for (const entry of Array.isArray(value) ? value : [value]) target.searchParams.append(name, String(entry));
  }
  if (parameter !== undefined) target.searchParams.set(parameter.name, parameter.value);
  return target;
}

/**
 * Everything but the address.
 * @throws RequestError
 */
export function requestInit(params: Params, key: string, proof: Proof): OutboundRequest {
  const headers = headersOf(params);
  const body = encodeBody(params, headers);
  if (params.idempotencyHeader !== undefined) setHeader(headers, params.idempotencyHeader, key);
  return { method: params.method, headers, body, ...prove(headers, proof) };
}

/**
 * What every request of the node says of itself.
 * @throws RequestError
 */
export function headersOf(params: Pick<Params, "headers">): Headers {
  const headers = new Headers({ accept: "application/json, */*;q=0.5" });
  for (const [name, value] of Object.entries(params.headers ?? {})) setHeader(headers, name, value);
  return headers;
}

/**
 * Adds the proof to the headers, and says what must not be sent on to another host.
 * @throws RequestError that has nothing of the secret
 */
export function prove(headers: Headers, { header }: Proof): Pick<OutboundRequest, "secretHeaders"> {
  if (header === undefined) return {};
  try {
    headers.set(header.name, header.value);
  } catch {
    throw new RequestError("The credential holds a character that headers can't carry.", "/credential");
  }
  return { secretHeaders: [header.name] };
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

const FORM = "application/x-www-form-urlencoded";

/** @throws RequestError */
function encodeBody({ method, body, bodyAs }: Params, headers: Headers): string | undefined {
  if (body === undefined) return undefined;
  if (method === "GET" || method === "HEAD") throw new RequestError(`${method} carries no body.`, "/params/body");
  switch (bodyAs) {
    case undefined:
      return bodyByHeader(body, headers);
    case "json":
      preset(headers, "application/json");
      return JSON.stringify(body);
    case "text":
      preset(headers, "text/plain; charset=utf-8");
      return typeof body === "string" ? body : JSON.stringify(body);
    case "form": {
      if (!isJsonObject(body)) throw new RequestError("A form is a record of fields.", "/params/body");
      preset(headers, FORM);
      return formOf(body, (value) => (Array.isArray(value) ? value : [value]));
    }
  }
}

/** A text under a content type of its own goes as it is; a record under a form's type is encoded; the rest is JSON. */
function bodyByHeader(body: Json, headers: Headers): string {
  const type = headers.get("content-type");
  if (typeof body === "string" && type !== null && !isJsonType(type)) return body;
  if (type?.startsWith(FORM) === true && isJsonObject(body)) return formOf(body, (value) => [value]);
  preset(headers, "application/json");
  return JSON.stringify(body);
}

function formOf(body: JsonObject, valuesOf: (value: Json) => readonly Json[]): string {
  const fields = Object.entries(body).flatMap(([name, value]) =>
    valuesOf(value).map((each): [string, string] => [name, typeof each === "string" ? each : JSON.stringify(each)]),
  );
  return new URLSearchParams(fields).toString();
}

function preset(headers: Headers, type: string): void {
  if (!headers.has("content-type")) headers.set("content-type", type);
}

/** True for `application/json` and everything that ends in `+json`. */
export function isJsonType(contentType: string): boolean {
  return /^[\w.-]+\/([\w.-]+\+)?json\b/i.test(contentType);
}
