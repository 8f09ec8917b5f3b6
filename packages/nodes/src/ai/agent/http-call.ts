/** From the arguments of a tool to the params of `http.request`. */
import { isJsonObject, type Json, type JsonObject } from "@holdfast/dsl";
import type { HttpToolParams } from "./tool-params.ts";

/** The arguments can't be sent so; told to the model. */
export class UnsendableError extends Error {
  override readonly name = "UnsendableError";
}

const PLACE = /\{([A-Za-z_][A-Za-z0-9_]*)\}/g;
const IN_QUERY: ReadonlySet<string> = new Set(["GET", "DELETE"]);

/** @throws UnsendableError */
export function httpCallParams(tool: HttpToolParams, values: JsonObject): JsonObject {
  const { method, url, headers, idempotencyHeader } = tool;
  const places = new Set([...url.matchAll(PLACE)].map(([, name]) => name));
  const rest = Object.fromEntries(Object.entries(values).filter(([name]) => !places.has(name)));
  const some = Object.keys(rest).length > 0;
  return {
    method,
    url: addressOf(url, values),
    ...(some && IN_QUERY.has(method) && { query: queryOf(rest) }),
    ...(some && !IN_QUERY.has(method) && { body: rest }),
    ...(headers !== undefined && { headers }),
    ...(idempotencyHeader !== undefined && { idempotencyHeader }),
  };
}

/** Each place filled in, percent-encoded: a value stays within its part of the path, whatever is in it. */
function addressOf(template: string, values: JsonObject): string {
  const address = template.replaceAll(PLACE, (_, name: string) => encodeURIComponent(textFor(name, values[name])));
  const path = /^https?:\/\/[^/?#]*([^?#]*)/.exec(address)?.[1] ?? "";
  // What a browser would walk up by: encoding leaves dots alone.
  const leads = path.split("/").find((part) => /^(?:\.|%2e){1,2}$/i.test(part));
  if (leads !== undefined || !URL.canParse(address)) throw new UnsendableError(`“${path}” is no path to call.`);
  return address;
}

function textFor(name: string, value: Json | undefined): string {
  const text = typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? `${value}` : "";
  if (text !== "") return text;
  throw new UnsendableError(`“${name}” stands in the address and must be a text or a number, and not be empty.`);
}

function queryOf(values: JsonObject): JsonObject {
  for (const [name, value] of Object.entries(values)) {
    const flat = Array.isArray(value) ? value : [value];
    if (flat.some((each) => Array.isArray(each) || isJsonObject(each))) {
      throw new UnsendableError(`“${name}” goes into the address and can't hold lists or objects.`);
    }
  }
  return values;
}
