import { DEFAULT_PORT } from "@holdfast/dsl";
import { Handle, Position } from "@xyflow/react";
import { Plus } from "lucide-react";
import { use, type JSX } from "react";
import { cx } from "../ui/cx.ts";
import type { CardGeometry, PortPlace } from "../layout/card.ts";
import type { CardView } from "./card-view.ts";
import { useLanguage } from "../words/use-words.tsx";
import { CanvasContext } from "./canvas-context.ts";
import { portWord } from "./node-words.ts";

const SIDES = { bottom: Position.Bottom, right: Position.Right, left: Position.Left, top: Position.Top } as const;

export interface PortsProps {
  readonly node: string;
  readonly geometry: CardGeometry;
  readonly view: CardView;
  /** Ports that lead somewhere. */
  readonly connected: ReadonlySet<string>;
  /** Ports at which the run ends. */
  readonly ends: ReadonlySet<string>;
  readonly terminal: boolean;
  /** Something arrives here, or may. */
  readonly entered: boolean;
}

/** The ports of a card and the bars where a run ends. What they do, a card's own keys do as well. */
export function Ports(props: PortsProps): JSX.Element {
  const { node, geometry, view, connected, ends, terminal, entered } = props;
  const { mode } = use(CanvasContext);
  const spine: PortPlace = { port: "end", x: geometry.into.x, y: geometry.height, side: "bottom" };
  return (
    <>
      {entered && <InPort geometry={geometry} editing={mode === "edit"} />}
      {geometry.ports
        .filter(({ port }) => ends.has(port))
        .map((place) => (
          <Bar key={`end ${place.port}`} place={place} taken={view.ports?.[place.port]?.taken ?? false} />
        ))}
      {terminal && <Bar place={spine} taken={view.state === "completed"} />}
      {geometry.ports.map((place) => (
        <Port
          key={place.port}
          node={node}
          place={place}
          view={view}
          open={!connected.has(place.port) && !ends.has(place.port)}
        />
      ))}
    </>
  );
}

function InPort({ geometry, editing }: { geometry: CardGeometry; editing: boolean }): JSX.Element | null {
  if (!editing) return null;
  return (
    <Handle
      type="target"
      id="in"
      position={Position.Top}
      className="hf-port-in"
      isConnectableStart={false}
      style={{ left: geometry.into.x - 1, top: geometry.into.y - 1 }}
      aria-hidden
    />
  );
}

function Port(props: { node: string; place: PortPlace; view: CardView; open: boolean }): JSX.Element {
  const { node, place, view, open } = props;
  const { mode, insertAfter } = use(CanvasContext);
  const language = useLanguage();
  const state = view.ports?.[place.port];
  const look = {
    "data-taken": state?.taken === true ? "" : undefined,
    "data-skipped": state?.skipped === true ? "" : undefined,
    "data-open": open && state?.taken !== true ? "" : undefined,
    "aria-hidden": true,
    title: place.port === DEFAULT_PORT ? undefined : portWord(place.port, language),
    style: { left: place.x - 1, top: place.y - 1 },
  };
  const plus = open && <Plus />;
  if (mode === "view") {
    return (
      <span className="hf-port" {...look}>
        {plus}
      </span>
    );
  }
  return (
    <Handle
      type="source"
      id={place.port}
      position={SIDES[place.side]}
      isConnectableEnd={false}
      className={cx("hf-port", "nopan")}
      onClick={(event) => {
        event.stopPropagation();
        insertAfter({ node, port: place.port });
      }}
      {...look}
    >
      {plus}
    </Handle>
  );
}

/** A run ends here on purpose. */
function Bar({ place, taken }: { place: PortPlace; taken: boolean }): JSX.Element {
  const sideways = place.side === "right" || place.side === "left";
  const out = place.side === "left" ? -12 : 12;
  const shape = sideways ? `M0,0 h${out} M${out},-8 v16` : "M0,0 v12 M-8,12 h16";
  return (
    <svg
      className="hf-bar"
      width="1"
      height="1"
      style={{ left: place.x - 1, top: place.y - 1 }}
      data-taken={taken ? "" : undefined}
      aria-hidden
    >
      <path d={shape} fill="none" stroke="currentColor" strokeWidth={taken ? 2 : 1.5} strokeLinecap="round" />
    </svg>
  );
}
