/** Building blocks of the flows that are killed. */
import type { JsonObject } from "@holdfast/dsl";
import type { Ledger } from "@holdfast/testkit/ledger";

/** Where effects go. */
interface Target {
  readonly ledger: Ledger;
}

/** A document, but for what every one has. */
export type Flow = JsonObject & { readonly id: string };

/** An effect that the ledger applies once per key. */
export function keyed({ ledger }: Target, path: string, body: JsonObject = {}): JsonObject {
  return {
    type: "http.request",
    params: { method: "POST", url: ledger.url + path, body, idempotencyHeader: "Idempotency-Key" },
  };
}

/** An effect that the ledger applies as often as it comes. */
export function unkeyed({ ledger }: Target, path: string, more: JsonObject = {}): JsonObject {
  return { type: "http.request", params: { method: "POST", url: ledger.url + path, body: {} }, ...more };
}

/** `start>a`, `a.timeout>b` */
export function edges(...texts: readonly string[]): JsonObject[] {
  return texts.map((text) => {
    const [source = "", to = ""] = text.split(">");
    const [from = "", port] = source.split(".");
    return port === undefined ? { from, to } : { from, port, to };
  });
}
