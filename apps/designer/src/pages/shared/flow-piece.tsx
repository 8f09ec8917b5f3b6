import { Check, Hourglass } from "lucide-react";
import { useEffect, useState, type JSX, type ReactNode } from "react";
import { cx } from "../../ui/cx.ts";
import { TimeRail } from "../../ui/time-rail.tsx";
import { useWords } from "../../words/use-words.tsx";
import { CARDS, EDGES, type PieceCard, type PieceEdge, type PieceId, SPINE, WIDTH, type Word } from "./piece.ts";
import { words } from "./words.ts";

export interface FlowPieceProps {
  readonly zoom: number;
  readonly x: number;
  readonly y: number;
  readonly without?: readonly PieceId[];
  /** Walks to the wait once, as a run does. */
  readonly moving?: boolean;
}

type State = "done" | "waiting" | "pending";

const ORDER: readonly PieceId[] = ["start", "analyze", "eligible", "approval"];
/** Milliseconds after which each of them is reached. */
const PACE = [300, 900, 1_900, 2_500];

const calm = (): boolean => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

/** How many of the four have been reached. */
function useWalk(moving: boolean): number {
  const [reached, setReached] = useState(moving && !calm() ? 0 : ORDER.length);
  useEffect(() => {
    if (!moving || calm()) return undefined;
    const timers = PACE.map((at, index) => setTimeout(() => setReached(index + 1), at));
    return () => {
      for (const timer of timers) clearTimeout(timer);
    };
  }, [moving]);
  return reached;
}

function stateOf(id: PieceId, reached: number): State {
  const at = ORDER.indexOf(id);
  if (at < 0 || at >= reached) return "pending";
  return id === "approval" ? "waiting" : "done";
}

/** A piece of a flow on its ground, with a run that waits. A picture: nothing in it can be pressed. */
export function FlowPiece({ zoom, x, y, without = [], moving = false }: FlowPieceProps): JSX.Element {
  const t = useWords(words);
  const reached = useWalk(moving);
  const cards = CARDS.filter(({ id }) => !without.includes(id));
  const edges = EDGES.filter(({ from, to }) => !without.includes(from) && !without.includes(to));
  return (
    <div role="img" aria-label={t("picture")} className="relative size-full overflow-hidden bg-canvas">
      <Graticule />
      <div
        aria-hidden
        className="absolute top-0 left-0 origin-top-left"
        style={{ transform: `translate(${x}px, ${y}px) scale(${zoom})` }}
      >
        <svg width="1" height="1" className="absolute overflow-visible">
          {edges.map((edge) => (
            <Edge key={`${edge.from} ${edge.to}`} edge={edge} taken={stateOf(edge.to, reached) !== "pending"} />
          ))}
        </svg>
        {cards.map((card) => (
          <Card
            key={card.id}
            card={card}
            state={stateOf(card.id, reached)}
            edges={edges}
            next={edges.find(({ from }) => from === card.id)?.to}
            reached={reached}
          />
        ))}
        {!without.includes("escalate") && (
          <span className="absolute text-11 font-medium text-text-2" style={{ left: WIDTH + 12, top: 366 }}>
            {t("timeout")}
          </span>
        )}
      </div>
    </div>
  );
}

/** Small crosses: the ground of what can still change. */
function Graticule(): JSX.Element {
  return (
    <svg aria-hidden className="absolute inset-0 size-full text-graticule">
      <pattern id="graticule" width="48" height="48" patternUnits="userSpaceOnUse">
        <path d="M24 21v6M21 24h6" stroke="currentColor" />
      </pattern>
      <rect width="100%" height="100%" fill="url(#graticule)" />
    </svg>
  );
}

function Edge({ edge, taken }: { edge: PieceEdge; taken: boolean }): JSX.Element {
  const [x, y, way] = edge.end;
  const head =
    way === "down"
      ? `M${x - 4},${y - 7} L${x},${y - 1} L${x + 4},${y - 7}`
      : `M${x - 7},${y - 4} L${x - 1},${y} L${x - 7},${y + 4}`;
  return (
    <g
      fill="none"
      className={cx("transition-colors duration-(--hf-base)", taken ? "stroke-edge-taken" : "stroke-edge")}
      strokeWidth={taken ? 2 : 1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={edge.path} />
      <path d={head} />
    </g>
  );
}

const TILE: Readonly<Record<PieceCard["family"], string>> = {
  trigger: "rounded-full bg-text text-surface",
  ai: "rounded-sm border-[1.5px] border-dotted border-text-3 bg-surface text-text",
  branch:
    "isolate before:absolute before:inset-[2.5px] before:-z-10 before:rotate-45 before:rounded-xs before:bg-surface-hover before:shadow-[inset_0_0_0_1px_var(--hf-border-strong)]",
  wait: "rounded-sm bg-waiting-soft text-waiting-text",
  action: "rounded-sm bg-surface-hover text-text-2",
};

const FRAME: Readonly<Record<State, string>> = {
  done: "border-border-strong bg-surface shadow-card",
  waiting:
    "border-waiting bg-surface shadow-[0_0_0_1px_var(--hf-waiting),0_0_0_6px_color-mix(in_oklch,var(--hf-waiting)_13%,transparent)]",
  pending: "border-border bg-[color-mix(in_oklab,var(--hf-surface)_55%,var(--hf-canvas))]",
};

const strong = (parts: ReactNode[]): ReactNode => <b className="font-medium text-text">{parts}</b>;
const code = (parts: ReactNode[]): ReactNode => <code className="text-[11.5px]">{parts}</code>;

interface CardProps {
  readonly card: PieceCard;
  readonly state: State;
  readonly edges: readonly PieceEdge[];
  readonly next: PieceId | undefined;
  readonly reached: number;
}

function Card({ card, state, edges, next, reached }: CardProps): JSX.Element {
  const t = useWords(words);
  const { icon: Icon } = card;
  const quiet = state === "pending";
  const passed = next !== undefined && stateOf(next, reached) !== "pending";
  return (
    <div
      className={cx("absolute rounded-md border transition-colors duration-(--hf-base)", FRAME[state])}
      style={{ left: card.x, top: card.y, width: WIDTH, height: card.height }}
    >
      <span
        className={cx(
          "absolute top-[11px] left-[15px] grid size-6 place-items-center",
          TILE[quiet && card.family !== "branch" ? "action" : card.family],
          quiet && "!text-text-3",
        )}
      >
        <Icon className={card.family === "branch" ? "size-3" : "size-3.5"} strokeWidth={1.75} />
      </span>
      <div
        className={cx(
          "absolute top-[9px] right-3 left-[50px] flex items-center gap-1.5 text-13/[18px]",
          quiet ? "font-medium text-text-3" : "font-semibold",
        )}
      >
        <span className="truncate">{t(card.name)}</span>
        <CardState card={card} state={state} />
      </div>
      <p
        className={cx(
          "absolute top-7 right-3.5 left-[50px] text-12/[17px]",
          quiet ? "text-text-3 [&_b]:font-normal [&_b]:text-text-3" : "text-text-2",
        )}
      >
        {t.rich(card.text, { b: strong, code })}
      </p>
      {card.rail !== undefined && <Rail rail={card.rail} state={state} />}
      {card.outcomes !== undefined && <Outcomes outcomes={card.outcomes} quiet={quiet} />}
      {ports(card, edges).map(([x, y], at) => (
        <Port key={`${x} ${y}`} x={x} y={y} held={at === 0 && passed} />
      ))}
    </div>
  );
}

function CardState({ card, state }: { card: PieceCard; state: State }): JSX.Element | null {
  const t = useWords(words);
  if (state === "pending" || (card.id === "start" && state === "done")) return null;
  const Icon = state === "waiting" ? Hourglass : Check;
  const done: Word = card.id === "eligible" ? "yes" : "seconds";
  const says = state === "waiting" ? "gone" : done;
  return (
    <span
      className={cx(
        "ml-auto flex shrink-0 items-center gap-[5px] text-12 font-medium",
        state === "waiting" ? "text-waiting-text" : "text-completed-text",
      )}
    >
      <Icon className={cx("size-3.5", state === "waiting" ? "text-waiting" : "text-completed")} strokeWidth={1.75} />
      {t(says)}
    </span>
  );
}

function Rail({ rail, state }: { rail: NonNullable<PieceCard["rail"]>; state: State }): JSX.Element {
  const t = useWords(words);
  const live = state === "waiting";
  return (
    <>
      <div className="absolute top-[63px] right-3 left-[50px] flex justify-between text-11 text-text-3">
        <span>{live ? t("left") : ""}</span>
        <span>{t(rail.limit)}</span>
      </div>
      <div className="absolute top-[82px] right-3 left-[50px]">
        <TimeRail
          total={rail.total}
          done={live ? 4.1 : 0}
          marks={rail.marks}
          kind={live ? "live" : "plan"}
          label={t(rail.limit)}
        />
      </div>
    </>
  );
}

function Outcomes({
  outcomes,
  quiet,
}: {
  outcomes: readonly (readonly [Word, number])[];
  quiet: boolean;
}): JSX.Element {
  const t = useWords(words);
  return (
    <div
      className={cx(
        "absolute inset-x-0 bottom-0 h-[25px] border-t border-border text-11/6 font-medium",
        quiet ? "text-text-3" : "text-text-2",
      )}
    >
      {outcomes.map(([name, x]) => (
        <span key={name} className="absolute whitespace-nowrap" style={{ left: x - 5 }}>
          {t(name)}
        </span>
      ))}
    </div>
  );
}

/** Where the card's ports stand, the first outcome first. */
function ports(card: PieceCard, edges: readonly PieceEdge[]): readonly (readonly [number, number])[] {
  const below = (card.outcomes ?? []).map(([, x]): readonly [number, number] => [x, card.height]);
  const plain: readonly (readonly [number, number])[] =
    card.outcomes === undefined && edges.some(({ from }) => from === card.id) ? [[SPINE, card.height]] : [];
  const late: readonly (readonly [number, number])[] = card.rail === undefined ? [] : [[WIDTH, 85]];
  return [...below, ...plain, ...late];
}

function Port({ x, y, held }: { x: number; y: number; held: boolean }): JSX.Element {
  return (
    <span
      className={cx(
        "absolute z-10 -mt-[4.5px] -ml-[4.5px] size-[9px] border-[1.5px] transition-[border-radius] duration-(--hf-fast)",
        held ? "rounded-[1.5px] border-edge-taken bg-edge-taken" : "rounded-full border-edge bg-surface",
      )}
      style={{ left: x - 1, top: y - 1 }}
    />
  );
}
