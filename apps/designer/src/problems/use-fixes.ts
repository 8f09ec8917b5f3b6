import type { FlowDocument, Issue, NodeManifest } from "@holdfast/dsl";
import { useCallback, useMemo } from "react";
import { isQuick } from "../flow/checking.ts";
import { fixesAside, fixesFor, type Fix } from "../flow/fixes.ts";
import { useAside } from "../flow/use-aside.ts";

interface Asked {
  readonly flow: FlowDocument;
  readonly manifests: readonly NodeManifest[];
  readonly issue: Issue;
}

interface Found {
  readonly about: string;
  readonly fixes: readonly Fix[];
}

const NONE: readonly Fix[] = [];
const NOTHING: Found = { about: "", fixes: NONE };

/** Fixes are tried before they are offered: of a large flow a moment later, so that nobody waits for them. */
export function useFixes(asked: Asked | undefined): readonly Fix[] {
  const { flow, manifests, issue } = asked ?? {};
  const isAsked = flow !== undefined && manifests !== undefined && issue !== undefined;
  const isNow = flow !== undefined && isQuick(flow);
  const now = useMemo(
    () => (isAsked && isNow ? fixesFor(flow, manifests, issue) : NONE),
    [isAsked, isNow, flow, manifests, issue],
  );
  const ask = useCallback(
    async (): Promise<Found> =>
      isAsked ? { about: nameOf(issue), fixes: await fixesAside(flow, manifests, issue) } : NOTHING,
    [isAsked, flow, manifests, issue],
  );
  const found = useAside(isAsked && !isNow ? ask : undefined, NOTHING);
  if (isNow) return now;
  return issue !== undefined && found.about === nameOf(issue) ? found.fixes : NONE;
}

/** Every check makes new objects of the same issues. */
function nameOf({ code, pointer, message }: Issue): string {
  return [code, pointer, message].join(" ");
}
