import { ChevronRight, CornerDownRight, Plus, TriangleAlert } from "lucide-react";
import type { JSX } from "react";
import type { CardView } from "../canvas/card-view.ts";
import { portWord } from "../canvas/node-words.ts";
import type { Scene } from "../canvas/scene.ts";
import { Sentence } from "../canvas/sentence.tsx";
import { Tile } from "../canvas/tile.tsx";
import type { EditingState } from "../canvas/use-editing.ts";
import { INTO } from "../canvas/walk.ts";
import { cx } from "../ui/cx.ts";
import { useWords } from "../words/use-words.tsx";
import type { Row } from "./rows.ts";
import { RowName } from "./row-name.tsx";
import { words } from "./words.ts";

export interface OutlineRowProps {
  readonly row: Row;
  readonly scene: Scene;
  readonly state: EditingState;
  readonly view: CardView | undefined;
  readonly place: { readonly position: number; readonly size: number };
  readonly tabbable: boolean;
  readonly expanded: boolean;
  readonly onFold: (folded: boolean) => void;
  readonly onFocus: () => void;
  readonly onOpen: (id: string) => void;
}

/** One line of the outline: a card with its sentence, an outcome, or a link to a card that stands elsewhere. */
export function OutlineRow(props: OutlineRowProps): JSX.Element {
  const { row, state, place, tabbable, expanded, onFold, onFocus, onOpen } = props;
  const expandable = row.kind !== "link" && row.expandable;
  const selected = row.kind === "card" && state.selection.nodes.has(row.id);
  return (
    <div
      role="treeitem"
      data-row={row.key}
      data-tour={isWait(props) ? "card" : undefined}
      aria-level={row.level}
      aria-posinset={place.position}
      aria-setsize={place.size}
      aria-expanded={expandable ? expanded : undefined}
      aria-selected={selected}
      tabIndex={tabbable ? 0 : -1}
      className={cx(
        "flex min-h-11 items-center gap-2 rounded-sm pr-1 outline-offset-[-2px] focus-visible:outline-2 focus-visible:outline-focus",
        selected ? "bg-accent-soft" : "hover:bg-surface-hover",
      )}
      style={{ paddingLeft: `min(calc(${row.level - 1} * clamp(9px, 1.6vw, 20px)), 40vw)` }}
      onFocus={(event) => {
        if (event.target === event.currentTarget) onFocus();
      }}
      onClick={() => {
        onFocus();
        if (row.kind === "card") onOpen(row.id);
        if (row.kind === "link") state.focusCard(row.to);
      }}
    >
      <button
        type="button"
        tabIndex={-1}
        aria-hidden
        className={cx("grid h-11 w-6 shrink-0 place-items-center text-text-3", !expandable && "invisible")}
        onClick={(event) => {
          event.stopPropagation();
          onFold(expanded);
        }}
      >
        <ChevronRight className={cx("size-3.5 transition-transform", expanded && "rotate-90")} strokeWidth={1.75} />
      </button>
      <Body {...props} />
    </div>
  );
}

const isWait = ({ row, scene }: OutlineRowProps): boolean =>
  row.kind === "card" && scene.cards.get(row.id)?.facts.family === "wait";

function Body(props: OutlineRowProps): JSX.Element {
  const { row, scene } = props;
  const t = useWords(words);
  if (row.kind === "card") return <CardBody {...props} id={row.id} ends={row.ends} />;
  if (row.kind === "link") {
    return (
      <span className="flex items-center gap-1.5 text-accent-text">
        <CornerDownRight aria-hidden className="size-3.5" strokeWidth={1.75} />
        {t("goesTo", { name: scene.cards.get(row.to)?.facts.name ?? row.to })}
      </span>
    );
  }
  return <PortBody {...props} node={row.node} port={row.port} portState={row.state} />;
}

function CardBody(props: OutlineRowProps & { id: string; ends: boolean }): JSX.Element | null {
  const { id, ends, scene, state, view } = props;
  const t = useWords(words);
  const card = scene.cards.get(id);
  if (card === undefined) return null;
  const { facts } = card;
  const problem = view?.problems?.[0];
  return (
    <>
      <Tile inline family={facts.family} icon={facts.icon} />
      <span className="min-w-0 flex-1 py-1.5 leading-[17px] [overflow-wrap:anywhere]">
        <RowName id={id} name={facts.name} state={state} />{" "}
        <span className="text-12 text-text-2 [&_b]:font-medium [&_b]:text-text [&_code]:font-mono [&_code]:text-[11.5px]">
          <Sentence parts={facts.sentence} />
        </span>
        {ends && <span className="text-12 text-text-3"> · {t("endsHere")}</span>}
        {problem !== undefined && (
          <span
            className={cx(
              "mt-0.5 flex items-center gap-1 text-12 font-medium",
              problem.severity === "error" ? "text-failed-text" : "text-waiting-text",
            )}
          >
            <TriangleAlert aria-hidden className="size-3 shrink-0" strokeWidth={1.75} />
            <span className="sr-only">{t("problem", { text: "" })}</span>
            {problem.text}
          </span>
        )}
      </span>
      {!facts.terminal && <Add node={id} port={undefined} state={state} label={t("addAfter", { name: facts.name })} />}
    </>
  );
}

function PortBody(
  props: OutlineRowProps & { node: string; port: string; portState: "leads" | "ends" | "open" },
): JSX.Element {
  const { node, port, portState, state, scene } = props;
  const t = useWords(words);
  const word = portWord(port, t.language);
  const name = scene.cards.get(node)?.facts.name ?? node;
  return (
    <>
      <span className="min-w-0 flex-1 text-12 font-medium text-text-2">
        {port === INTO ? t("each") : t("on", { port: word })}
        {portState === "open" && <span className="text-failed-text"> · {t("open")}</span>}
        {portState === "ends" && <span className="text-text-3"> · {t("endsHere")}</span>}
      </span>
      <Add node={node} port={port} state={state} label={t("addOn", { name, port: word })} />
    </>
  );
}

/** For fingers and mice; `+` does the same. */
function Add(props: { node: string; port: string | undefined; state: EditingState; label: string }): JSX.Element {
  const { node, port, state, label } = props;
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={label}
      title={label}
      className="grid size-11 shrink-0 place-items-center rounded-sm text-text-3 hover:text-accent-text"
      onClick={(event) => {
        event.stopPropagation();
        state.at.current = node;
        const meant = port ?? state.editing.portMeant(node);
        if (meant === undefined) return;
        const { left, bottom } = event.currentTarget.getBoundingClientRect();
        state.ask({
          kind: "insert",
          place: { after: { from: node, port: meant } },
          screen: { x: left - 240, y: bottom },
        });
      }}
    >
      <Plus aria-hidden className="size-4" strokeWidth={1.75} />
    </button>
  );
}
