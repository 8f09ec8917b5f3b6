import { Handle, Position, type Node, type NodeProps } from "@xyflow/react";
import { Plus } from "lucide-react";
import { memo, use, type JSX } from "react";
import { LOOP_INSET, LOOP_TITLE, SPINE } from "../layout/card.ts";
import { nodeIcon } from "../ui/icons.ts";
import { useWords } from "../words/use-words.tsx";
import type { CardData } from "./card.tsx";
import { Badge, DiffMark, frameOf, useFocusWhenAsked } from "./card.tsx";
import { Ports } from "./card-ports.tsx";
import { Rename } from "./card-rename.tsx";
import { CanvasContext } from "./canvas-context.ts";
import { INTO } from "./walk.ts";
import { partsOf, Sentence } from "./sentence.tsx";
import { words } from "./words.ts";

export type LoopNode = Node<CardData, "loop">;

/** A loop: a container that holds its body, with a title row and a paler ground. */
export const LoopCard = memo(function LoopCard({ id, data, selected }: NodeProps<LoopNode>): JSX.Element {
  const { facts, geometry, view, label, renaming } = data;
  const { focused } = use(CanvasContext);
  const element = useFocusWhenAsked<HTMLDivElement>(id);
  const Icon = nodeIcon(facts.icon);
  const problem = view.problems?.[0];
  return (
    <div
      ref={element}
      className="hf-card"
      data-kind="loop"
      data-node={id}
      data-state={frameOf(view)}
      data-tone={view.state}
      data-diff={view.diff}
      data-dim={view.dim === true ? "" : undefined}
      data-pale={view.state === "pending" || view.state === "skipped" || view.diff === "same" ? "" : undefined}
      data-selected={selected ? "" : undefined}
      role="group"
      aria-label={label}
      aria-current={selected ? "true" : undefined}
      tabIndex={data.tabbable ? 0 : -1}
      onFocus={(event) => {
        if (event.target === element.current) focused(id);
      }}
    >
      <div className="hf-loop-title hf-card-head-row">
        <Icon aria-hidden />
        {renaming ? <Rename id={id} name={facts.name} /> : <span className="hf-card-name">{facts.name}</span>}
        <span className="hf-loop-sentence">
          <Sentence parts={view.sentence === undefined ? facts.sentence : partsOf(view.sentence)} />
        </span>
        <Badge view={view} />
      </div>
      {problem !== undefined && (
        <p className="hf-loop-problem" data-severity={problem.severity}>
          {problem.text}
        </p>
      )}
      {view.counts !== undefined && <Counts view={view} />}
      <Ports
        node={id}
        geometry={geometry}
        view={view}
        connected={data.connected}
        ends={data.ends}
        terminal={facts.terminal}
        entered
      />
      <WayIn />
      {data.empty && <FirstInside loop={id} name={facts.name} />}
      <DiffMark diff={view.diff} />
    </div>
  );
});

/** Where the first edge of the body is tied. */
function WayIn(): JSX.Element | null {
  const { mode } = use(CanvasContext);
  if (mode === "view") return null;
  return (
    <Handle
      type="source"
      id={INTO}
      position={Position.Bottom}
      isConnectableEnd={false}
      className="hf-port-in"
      style={{ left: LOOP_INSET.side + SPINE - 1, top: LOOP_TITLE - 1 }}
      aria-hidden
    />
  );
}

/** Where nothing is in it yet: what a press on it does, the card's own `+` does as well. */
function FirstInside({ loop, name }: { loop: string; name: string }): JSX.Element | null {
  const t = useWords(words);
  const { mode, insertAfter } = use(CanvasContext);
  if (mode === "view") return null;
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={t("addInside", { name })}
      className="hf-loop-empty nodrag nopan"
      onClick={(event) => {
        event.stopPropagation();
        insertAfter({ node: loop, port: INTO });
      }}
    >
      <Plus aria-hidden />
      {t("firstInside")}
    </button>
  );
}

/** How the iterations stand. */
function Counts({ view }: { view: CardData["view"] }): JSX.Element {
  return (
    <div className="hf-loop-foot">
      {view.counts?.map(({ state, text }) => (
        <Badge key={state} view={{ state, badge: { tone: state === "pending" ? "neutral" : state, text } }} />
      ))}
    </div>
  );
}
