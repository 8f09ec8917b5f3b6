/** The two documents that are compared. */
import { parseFlow, type FlowDocument, type NodeManifest } from "@holdfast/dsl";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useStore } from "zustand";
import type { OpenDraft } from "../../draft/use-draft.ts";
import { spokenIn } from "../../flow/manifests.ts";
import { useTRPC } from "../../rpc/client.ts";
import { useLanguage, type Translate } from "../../words/use-words.tsx";
import { changeGroups, type ChangeGroup, type Compared } from "../../versions/change-groups.ts";
import type { Side } from "./search.ts";
import type { Version } from "./spine.tsx";
import type { words } from "./words.ts";

export interface Picked {
  readonly a: Side | undefined;
  readonly b: Side | undefined;
}

const rank = (side: Side): number => (side === "draft" ? Number.POSITIVE_INFINITY : side);

/** What is compared where the address says nothing: the draft with where it came from, else the last two versions. */
export function pickedOf(
  { a, b }: { a?: Side | undefined; b?: Side | undefined },
  versions: readonly Version[],
  draft: { readonly baseVersion: number | null; readonly changed: boolean },
): Picked {
  const exists = (side: Side | undefined): Side | undefined =>
    side === undefined || side === "draft" || versions.some(({ version }) => version === side) ? side : undefined;
  const newest = versions[0]?.version;
  const after = exists(b) ?? (draft.changed || newest === undefined ? "draft" : newest);
  const base = after === "draft" ? (draft.baseVersion ?? newest) : previous(after, versions);
  const before = exists(a) ?? base;
  return before !== undefined && rank(before) > rank(after) ? { a: after, b: before } : { a: before, b: after };
}

function previous(version: number, versions: readonly Version[]): number | undefined {
  return versions.find((one) => one.version < version)?.version;
}

/** A click: what is newer than both is what came after, all else what was before. */
export function pick(side: Side, { a, b }: Picked): Picked {
  if (side === a || side === b) return { a, b };
  return b !== undefined && rank(side) > rank(b) ? { a, b: side } : { a: side, b };
}

export interface Documents {
  readonly before: FlowDocument | undefined;
  readonly after: FlowDocument | undefined;
  readonly manifests: readonly NodeManifest[];
  readonly compared: Compared | undefined;
  readonly groups: readonly ChangeGroup[];
  readonly error: unknown;
  readonly retry: () => void;
}

const NONE: readonly ChangeGroup[] = [];

export function useCompared(flow: string, draft: OpenDraft, { a, b }: Picked): Documents {
  const language = useLanguage();
  const left = useDocument(flow, draft, a);
  const right = useDocument(flow, draft, b);
  const manifests = useMemo(() => {
    const known = new Map(spokenIn({}, draft.manifests).map((one) => [one.type, one]));
    for (const one of [...left.manifests, ...right.manifests]) if (!known.has(one.type)) known.set(one.type, one);
    return [...known.values()];
  }, [draft.manifests, left.manifests, right.manifests]);
  const [before, after] = [left.document, right.document];
  const compared = useMemo(
    () => (before === undefined || after === undefined ? undefined : { before, after, manifests, language }),
    [before, after, manifests, language],
  );
  const groups = useMemo(() => (compared === undefined ? NONE : changeGroups(compared)), [compared]);
  return {
    before,
    after,
    manifests,
    compared,
    groups,
    error: left.error ?? right.error,
    retry: () => {
      left.retry();
      right.retry();
    },
  };
}

const NO_MANIFESTS: readonly NodeManifest[] = [];

function useDocument(
  flow: string,
  draft: OpenDraft,
  side: Side | undefined,
): { document: FlowDocument | undefined; manifests: readonly NodeManifest[]; error: unknown; retry: () => void } {
  const trpc = useTRPC();
  const own = useStore(draft.store, (state) => state.flow);
  const version = typeof side === "number" ? side : 0;
  const asked = useQuery(
    trpc.flows.version.queryOptions(
      { id: flow, version },
      { enabled: version > 0, staleTime: Number.POSITIVE_INFINITY },
    ),
  );
  const stored = useMemo(() => {
    if (asked.data === undefined || version === 0) return undefined;
    const parsed = parseFlow(asked.data.document);
    return parsed.ok ? parsed.flow : undefined;
  }, [asked.data, version]);
  return {
    document: side === "draft" ? own : stored,
    manifests: version === 0 ? NO_MANIFESTS : (asked.data?.manifests ?? NO_MANIFESTS),
    error: version === 0 ? null : asked.error,
    retry: () => void asked.refetch(),
  };
}

/** "Version 2 to draft" */
export function comparisonTitle({ a, b }: Picked, t: Translate<keyof (typeof words)["en"]>): string {
  const name = (side: Side | undefined): string =>
    side === "draft" || side === undefined ? t("draftOf") : t("versionOf", { version: side });
  const first = a === "draft" || a === undefined ? t("draft") : t("versionCap", { version: a });
  return t("changesTitle", { a: first, b: name(b) });
}
