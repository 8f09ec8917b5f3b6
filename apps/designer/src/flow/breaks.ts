import { validateFlow, type FlowDocument, type Issue, type NodeManifest } from "@holdfast/dsl";
import { pageChecker, type Checker } from "./checker.ts";

/** The issues that a change would cause: what a deletion or a renaming breaks. */
export function whatBreaks(
  flow: FlowDocument,
  manifests: readonly NodeManifest[],
  change: (flow: FlowDocument) => FlowDocument,
): Issue[] {
  return newOnes(validateFlow(flow, manifests).issues, validateFlow(change(flow), manifests).issues);
}

/** The same for a large document, on another thread. */
export async function whatBreaksAside(
  flow: FlowDocument,
  manifests: readonly NodeManifest[],
  change: (flow: FlowDocument) => FlowDocument,
  checker: Checker = pageChecker,
): Promise<Issue[]> {
  const before = await checker.check({ flow, manifests });
  return newOnes(before, await checker.check({ flow: change(flow), manifests }));
}

function newOnes(before: readonly Issue[], after: readonly Issue[]): Issue[] {
  const known = new Map<string, number>();
  for (const issue of before) known.set(keyOf(issue), (known.get(keyOf(issue)) ?? 0) + 1);
  return after.filter((issue) => {
    const left = (known.get(keyOf(issue)) ?? 0) - 1;
    known.set(keyOf(issue), left);
    return left < 0;
  });
}

/** Pointers into lists move when something is taken out of them, so they don't tell issues apart. */
function keyOf({ code, message }: Issue): string {
  return `${code} ${message}`;
}
