import { validateFlow, type FlowDocument, type Issue, type NodeManifest } from "@holdfast/dsl";

/** The issues that a change would cause: what a deletion or a renaming breaks. */
export function whatBreaks(
  flow: FlowDocument,
  manifests: readonly NodeManifest[],
  change: (flow: FlowDocument) => FlowDocument,
): Issue[] {
  const known = new Map<string, number>();
  for (const issue of validateFlow(flow, manifests).issues) known.set(keyOf(issue), (known.get(keyOf(issue)) ?? 0) + 1);
  return validateFlow(change(flow), manifests).issues.filter((issue) => {
    const left = (known.get(keyOf(issue)) ?? 0) - 1;
    known.set(keyOf(issue), left);
    return left < 0;
  });
}

/** Pointers into lists move when something is taken out of them, so they don't tell issues apart. */
function keyOf({ code, message }: Issue): string {
  return `${code} ${message}`;
}
