import { isSafeJson, type JsonObject } from "@holdfast/dsl";

/** A document as it is stored. @throws if that is not one, which publishing rules out. */
export function parseDocument(text: string): JsonObject {
  const document: unknown = JSON.parse(text);
  if (isSafeJson(document) && typeof document === "object" && document !== null && !Array.isArray(document)) {
    return document;
  }
  throw new Error("a stored document can't be read");
}
