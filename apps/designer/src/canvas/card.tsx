import type { Node, NodeProps } from "@xyflow/react";
import {
  Check,
  CircleSlash,
  Hourglass,
  Loader,
  OctagonAlert,
  PencilLine,
  TriangleAlert,
  Undo2,
  X,
  type LucideIcon,
} from "lucide-react";
import { memo, use, useEffect, useRef, type JSX } from "react";
import { ProgressBar } from "../ui/progress-bar.tsx";
import type { Tone } from "../ui/tone.ts";
import { useWords } from "../words/use-words.tsx";
import type { CardGeometry } from "../layout/card.ts";
import { textWidth } from "../layout/text-width.ts";
import type { Language } from "../words/language.ts";
import { Ports } from "./card-ports.tsx";
import { Rail } from "./card-rail.tsx";
import { Rename } from "./card-rename.tsx";
import type { CardProblem, CardState, CardView } from "./card-view.ts";
import { CanvasContext } from "./canvas-context.ts";
import type { NodeFacts } from "./node-facts.ts";
import { portWord } from "./node-words.ts";
import { partsOf, Sentence } from "./sentence.tsx";
import { Tile } from "./tile.tsx";
import { words } from "./words.ts";

/** All that one card shows. A new object only where something of it is new: cards are memoized by it. */
export type CardData = {
  readonly facts: NodeFacts;
  readonly geometry: CardGeometry;
  readonly view: CardView;
  readonly label: string;
  readonly connected: ReadonlySet<string>;
  readonly ends: ReadonlySet<string>;
  /** Ports whose name stands on their edge. */
  readonly named: ReadonlySet<string>;
  /** A loop that holds nothing yet. */
  readonly empty: boolean;
  /** What undoes it, as a side node. */
  readonly undo?: string | undefined;
  readonly renaming: boolean;
  /** The one card in the tab order. */
  readonly tabbable: boolean;
};

export type CardNode = Node<CardData, "card">;

const PALE: ReadonlySet<CardState | undefined> = new Set(["pending", "skipped"]);

const STATE_ICONS: Readonly<Partial<Record<CardState, LucideIcon>>> = {
  running: Loader,
  waiting: Hourglass,
  completed: Check,
  failed: X,
  incident: OctagonAlert,
  skipped: CircleSlash,
};

const TONE_ICONS: Readonly<Partial<Record<Tone, LucideIcon>>> = { draft: PencilLine };

/** What the frame of a card looks like, in the order of what matters most. */
export function frameOf(view: CardView): string | undefined {
  if (view.state !== undefined && view.state !== "completed") return view.state;
  const worst = view.problems?.some(({ severity }) => severity === "error") ?? false;
  if (worst) return "problem";
  if ((view.problems?.length ?? 0) > 0) return "warning";
  return view.state;
}

export const Card = memo(function Card({ id, data, selected }: NodeProps<CardNode>): JSX.Element {
  const { facts, geometry, view, label, renaming } = data;
  const element = useFocusWhenAsked<HTMLDivElement>(id);
  const { focused } = use(CanvasContext);
  const frame = frameOf(view);
  return (
    <div
      ref={element}
      className="hf-card"
      data-node={id}
      data-tour={facts.family === "wait" ? "card" : undefined}
      data-state={frame}
      data-tone={view.state}
      data-diff={view.diff}
      data-dim={view.dim === true ? "" : undefined}
      data-pale={PALE.has(view.state) || view.diff === "same" ? "" : undefined}
      data-selected={selected ? "" : undefined}
      role="group"
      aria-label={label}
      aria-current={selected ? "true" : undefined}
      tabIndex={data.tabbable ? 0 : -1}
      onFocus={() => focused(id)}
    >
      <Tile family={facts.family} icon={facts.icon} />
      <div className="hf-card-head">
        {renaming ? <Rename id={id} name={facts.name} /> : <span className="hf-card-name">{facts.name}</span>}
        <Badge view={view} />
      </div>
      <Middle data={data} />
      <Outcomes data={data} />
      {view.progress !== undefined && <ProgressBar {...view.progress} className="hf-card-progress" />}
      <Ports
        node={id}
        geometry={geometry}
        view={view}
        connected={data.connected}
        ends={data.ends}
        terminal={facts.terminal}
        entered={facts.family !== "trigger"}
      />
      {data.undo !== undefined && <UndoNode text={data.undo} geometry={geometry} />}
      <DiffMark diff={view.diff} />
    </div>
  );
});

/** The canvas asks a card to take the focus; one that was not in the picture takes it as it comes in. */
export function useFocusWhenAsked<T extends HTMLElement = HTMLElement>(id: string): React.RefObject<T | null> {
  const element = useRef<T>(null);
  const { wantsFocus } = use(CanvasContext);
  useEffect(() => {
    if (wantsFocus(id)) element.current?.focus({ preventScroll: true });
  });
  return element;
}

export function Badge({ view }: { view: CardView }): JSX.Element | null {
  const { badge } = view;
  if (badge === undefined) return null;
  const Icon = badge.icon ?? (view.state === undefined ? TONE_ICONS[badge.tone] : STATE_ICONS[view.state]);
  return (
    <span className="hf-card-badge" data-tone={badge.tone} aria-hidden>
      {Icon !== undefined && <Icon strokeWidth={1.75} className={Icon === Loader ? "hf-turn" : undefined} />}
      {badge.text}
    </span>
  );
}

/** The sentence, a problem where there is no row for it, and the rail. */
function Middle({ data }: { data: CardData }): JSX.Element {
  const { facts, view, geometry } = data;
  const { language } = useWords(words);
  const problem = roomForProblem(geometry, language) === undefined ? view.problems?.[0] : undefined;
  if (view.live !== undefined) {
    return (
      <p className="hf-card-live" aria-hidden>
        <span>{view.live}</span>
      </p>
    );
  }
  const isAlone = problem !== undefined && !hasTwoLines(geometry);
  const rail = view.rail ?? plannedRail(facts);
  return (
    <>
      {!isAlone && (
        <p
          className="hf-card-sentence"
          data-short={problem === undefined && facts.family !== "trigger" ? undefined : ""}
        >
          <Sentence parts={view.sentence === undefined ? facts.sentence : partsOf(view.sentence)} />
        </p>
      )}
      {problem !== undefined && (
        <p
          className="hf-card-problem"
          data-alone={isAlone ? "" : undefined}
          data-severity={problem.severity}
          title={problem.text}
          {...goTo(problem)}
        >
          <TriangleAlert aria-hidden strokeWidth={1.75} />
          {problem.text}
        </p>
      )}
      {geometry.rail !== undefined && rail !== undefined && (
        <div className="hf-card-rail" style={{ top: geometry.rail - 1 }}>
          <div className="hf-card-rail-words">
            <span>{rail.left ?? ""}</span>
            <span>{rail.right ?? facts.wait?.words ?? ""}</span>
          </div>
          <Rail rail={rail} plan={view.rail === undefined} />
        </div>
      )}
    </>
  );
}

/** Its words are a way there for the mouse; with keys it is F8, on every card the same. */
function goTo({ onGoTo }: CardProblem): { "data-goes"?: ""; onClick?: () => void } {
  return onGoTo === undefined ? {} : { "data-goes": "", onClick: onGoTo };
}

function plannedRail(facts: NodeFacts): CardView["rail"] {
  return facts.wait === undefined
    ? undefined
    : { total: facts.wait.segments, done: 0, marks: facts.wait.marks, right: facts.wait.words };
}

/** A card has room for two lines of a sentence wherever nothing stands directly under the first. */
function hasTwoLines({ row, rail, height }: CardGeometry): boolean {
  if (rail !== undefined) return rail >= 63;
  return !row || height >= 97;
}

/** What the outcomes leave free of their row; absent where that is too little, or there is no row. */
function roomForProblem(geometry: CardGeometry, language: Language): number | undefined {
  if (!geometry.row) return undefined;
  const last = geometry.ports.findLast(({ side }) => side === "bottom");
  const end = last === undefined ? 0 : last.x + textWidth(portWord(last.port, language), 11);
  const room = geometry.width - end - 16;
  return room < 84 ? undefined : room;
}

/** The names of the outcomes over their ports, and what is wrong with them. */
function Outcomes({ data }: { data: CardData }): JSX.Element | null {
  const { geometry, view, named } = data;
  const { language } = useWords(words);
  if (!geometry.row) return null;
  const down = geometry.ports.filter(({ side }) => side === "bottom");
  const aside = geometry.ports.filter(({ side, port }) => side !== "bottom" && !named.has(port));
  const room = roomForProblem(geometry, language);
  const problem = room === undefined ? undefined : view.problems?.[0];
  return (
    <div className="hf-card-ports" aria-hidden>
      {down.map(({ port, x }, at) => (
        <span key={port} style={{ left: x - 6, maxWidth: (down[at + 1]?.x ?? geometry.width - 8) - x - 2 }}>
          {portWord(port, language)}
        </span>
      ))}
      {problem !== undefined ? (
        <em data-severity={problem.severity} style={{ maxWidth: room }} title={problem.text} {...goTo(problem)}>
          <TriangleAlert strokeWidth={1.75} />
          <span>{problem.text}</span>
        </em>
      ) : (
        aside.length > 0 &&
        room !== undefined && <em>{aside.map(({ port }) => portWord(port, language)).join(", ")}</em>
      )}
    </div>
  );
}

function UndoNode({ text, geometry }: { text: string; geometry: CardGeometry }): JSX.Element {
  return (
    <span className="hf-undo" style={{ left: geometry.width + 20, top: geometry.height - 36 }} title={text} aria-hidden>
      <Undo2 strokeWidth={1.75} />
      <span>{text}</span>
    </span>
  );
}

const MARKS = { added: "+", changed: "~", removed: "−" } as const;

export function DiffMark({ diff }: { diff: CardView["diff"] }): JSX.Element | null {
  if (diff === undefined || diff === "same") return null;
  return (
    <span className="hf-diff-mark" aria-hidden>
      {MARKS[diff]}
    </span>
  );
}
