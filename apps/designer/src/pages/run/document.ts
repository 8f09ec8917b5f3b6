import { parseFlow, type FlowDocument } from "@holdfast/dsl";

/** A document as the server keeps it. @throws Error if this page is too old to read it. */
export function readDocument(document: unknown): FlowDocument {
  const parsed = parseFlow(document);
  if (parsed.ok) return parsed.flow;
  throw new Error(parsed.issues.map(({ pointer, message }) => `${pointer} ${message}`).join("\n"));
}
