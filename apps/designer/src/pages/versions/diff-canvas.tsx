import { useCallback, useMemo, type JSX } from "react";
import { FlowCanvas } from "../../canvas/flow-canvas.tsx";
import type { CanvasSelection } from "../../canvas/canvas-props.ts";
import type { CanvasEdge, CardView, EdgeView } from "../../canvas/card-view.ts";
import { useWords } from "../../words/use-words.tsx";
import type { ChangeGroup } from "../../versions/change-groups.ts";
import { unionFlow } from "../../versions/union-flow.ts";
import type { Documents } from "./use-compared.ts";
import { words } from "./words.ts";

export interface DiffCanvasProps {
  readonly documents: Documents;
  readonly selected: string | undefined;
  readonly focus: { readonly id: string } | undefined;
  readonly onSelect: (node: string | undefined) => void;
}

/** Both documents in one drawing: what came, what changed, and, dashed, what went. */
export function DiffCanvas({ documents, selected, focus, onSelect }: DiffCanvasProps): JSX.Element | null {
  const { before, after, groups, manifests } = documents;
  const t = useWords(words);
  const union = useMemo(() => {
    if (after === undefined) return undefined;
    const renamed = new Map(
      groups.flatMap(({ key, renamedFrom }) => (renamedFrom === undefined ? [] : [[renamedFrom, key] as const])),
    );
    return unionFlow(before ?? after, after, renamed);
  }, [before, after, groups]);
  const views = useMemo(() => new Map(groups.map((group) => [group.node ?? "", cardOf(group)])), [groups]);
  const cards = useCallback((id: string): CardView => views.get(id) ?? SAME, [views]);
  const edges = useCallback(
    ({ from, port, to }: CanvasEdge): EdgeView | undefined => {
      const diff = union?.edges.get([from, port, to].join("|"));
      return diff === undefined ? undefined : { diff };
    },
    [union],
  );
  const selection = useMemo<CanvasSelection>(
    () => ({ nodes: new Set(selected === undefined ? [] : [selected]), edges: new Set() }),
    [selected],
  );
  if (union === undefined) return null;
  const count = (kind: ChangeGroup["kind"]): number => groups.filter((group) => group.kind === kind).length;
  return (
    <FlowCanvas
      flow={union.flow}
      manifests={manifests}
      mode="view"
      ground="frozen"
      cards={cards}
      edges={edges}
      selection={selection}
      onSelect={({ nodes }) => onSelect([...nodes][0])}
      {...(focus !== undefined && { focus })}
      className="absolute inset-0"
    >
      <p className="absolute right-3 bottom-3 z-10 m-0 max-[1279px]:bottom-14 flex gap-4 rounded-md border border-border-strong bg-surface-raised px-3 py-[5px] text-12">
        {(["added", "changed", "removed"] as const).map((kind) => (
          <span key={kind} className="flex gap-1.5">
            <b aria-hidden className={TONE[kind]}>
              {SIGN[kind]}
            </b>
            {t(kind)} {count(kind)}
          </span>
        ))}
      </p>
    </FlowCanvas>
  );
}

const SIGN = { added: "+", changed: "~", removed: "−" } as const;
const TONE = { added: "text-completed-text", changed: "text-running-text", removed: "text-failed-text" } as const;
const SAME: CardView = { diff: "same" };

function cardOf(group: ChangeGroup): CardView {
  return { diff: group.kind };
}
