/** Text that is no flow yet, kept while its tab is open. */
import { parseFlow, type FlowDocument } from "@holdfast/dsl";

export interface KeptText {
  readonly text: string;
  /** What both were when they were the same last. */
  readonly basis: FlowDocument;
}

const keyOf = (flow: string): string => `holdfast.code:${flow}`;

export function keepText(flow: string, kept: KeptText | undefined): void {
  try {
    if (kept === undefined) sessionStorage.removeItem(keyOf(flow));
    else sessionStorage.setItem(keyOf(flow), JSON.stringify(kept));
  } catch {
    // Without room it is kept only as long as the page.
  }
}

export function keptText(flow: string): KeptText | undefined {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(keyOf(flow)) ?? "null");
    if (typeof value !== "object" || value === null || !("text" in value) || !("basis" in value)) return undefined;
    const basis = parseFlow(value.basis);
    return basis.ok && typeof value.text === "string" ? { text: value.text, basis: basis.flow } : undefined;
  } catch {
    return undefined;
  }
}
