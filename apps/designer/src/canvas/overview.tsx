/**
 * The whole flow, small. One path per color however many cards there are, and only the frame of what is looked at moves
 * while the canvas is panned: with an element and a subscription for each card it would cost a third of every frame.
 */
import { useReactFlow, useStore, useStoreApi } from "@xyflow/react";
import { memo, useEffect, useMemo, useRef, type JSX, type PointerEvent, type RefObject } from "react";
import type { Point } from "../layout/card.ts";
import { useWords } from "../words/use-words.tsx";
import { boundsOf, frameOf, pathsOf, type Frame } from "./overview-picture.ts";
import type { Scene } from "./scene.ts";
import { words } from "./words.ts";

const SIZE = { width: 70, height: 88 };

export interface OverviewProps {
  readonly scene: Scene;
  /** Corners of the cards that are being dragged. */
  readonly moved: ReadonlyMap<string, Point>;
}

export const Overview = memo(function Overview({ scene, moved }: OverviewProps): JSX.Element {
  const t = useWords(words);
  const svg = useRef<SVGSVGElement>(null);
  const bounds = useMemo(() => boundsOf(scene), [scene]);
  const view = useStore(viewOf).split(" ").map(Number);
  const [left = 0, top = 0, right = 0, bottom = 0] = view;
  const frame = frameOf(bounds, { left, top, right, bottom }, SIZE);
  const onPan = usePanning(svg, frame);
  return (
    <div className="hf-float h-[104px] w-[86px] overflow-hidden p-2 max-lg:hidden">
      <svg
        ref={svg}
        className="hf-overview"
        width={SIZE.width}
        height={SIZE.height}
        viewBox={`${frame.x} ${frame.y} ${frame.width} ${frame.height}`}
        role="img"
        aria-label={t("minimap")}
        {...onPan}
      >
        <Cards scene={scene} moved={moved} />
        <rect
          className="hf-overview-view"
          x={left}
          y={top}
          width={right - left}
          height={bottom - top}
          strokeWidth={1.5 * frame.scale}
        />
      </svg>
    </div>
  );
});

/** What is dragged is drawn by itself, so that the path of the others stays as it is. */
const Cards = memo(function Cards({ scene, moved }: OverviewProps): JSX.Element {
  const lifted = [...moved.keys()].join(" ");
  const still = useMemo(() => pathsOf(scene, new Set(lifted.split(" "))), [scene, lifted]);
  const going = pathsOf(scene, undefined, moved);
  return (
    <>
      <path d={still.plain} />
      <path d={still.waits} data-wait="" />
      <path d={going.plain} />
      <path d={going.waits} data-wait="" />
    </>
  );
});

interface Seen {
  readonly transform: readonly [number, number, number];
  readonly width: number;
  readonly height: number;
}

/** As a text, so that it is the same as long as nothing moves. */
function viewOf({ transform: [x, y, zoom], width, height }: Seen): string {
  return [-x / zoom, -y / zoom, (width - x) / zoom, (height - y) / zoom].join(" ");
}

interface Panning {
  readonly onPointerDown: (event: PointerEvent) => void;
  readonly onPointerMove: (event: PointerEvent) => void;
  readonly onPointerUp: () => void;
  readonly onPointerCancel: () => void;
}

/** Dragging in it moves what is looked at, the wheel zooms. */
function usePanning(svg: RefObject<SVGSVGElement | null>, frame: Frame): Panning {
  const store = useStoreApi();
  const { setViewport, zoomTo } = useReactFlow();
  const from = useRef<Point>(undefined);
  useEffect(() => {
    const element = svg.current;
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault();
      const step = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 0.05 : 0.002;
      const zoom = store.getState().transform[2];
      void zoomTo(zoom * 2 ** (-event.deltaY * step));
    };
    element?.addEventListener("wheel", onWheel, { passive: false });
    return () => element?.removeEventListener("wheel", onWheel);
  }, [svg, store, zoomTo]);
  const end = (): void => {
    from.current = undefined;
  };
  return {
    onPointerDown(event) {
      event.currentTarget.setPointerCapture(event.pointerId);
      from.current = { x: event.clientX, y: event.clientY };
    },
    onPointerMove({ clientX, clientY }) {
      if (from.current === undefined) return;
      const [x, y, zoom] = store.getState().transform;
      const far = frame.scale * zoom;
      void setViewport({ x: x - (clientX - from.current.x) * far, y: y - (clientY - from.current.y) * far, zoom });
      from.current = { x: clientX, y: clientY };
    },
    onPointerUp: end,
    onPointerCancel: end,
  };
}
