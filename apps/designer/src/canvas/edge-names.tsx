import { ViewportPortal } from "@xyflow/react";
import { memo, type JSX } from "react";
import type { Point } from "../layout/card.ts";

export interface EdgeName {
  readonly id: string;
  readonly text: string;
  readonly at: Point;
}

/** The names of outcomes on edges that leave sideways, above the line. */
export const EdgeNames = memo(function EdgeNames({ names }: { names: readonly EdgeName[] }): JSX.Element {
  return (
    <ViewportPortal>
      {names.map((name) => (
        <Name key={name.id} name={name} />
      ))}
    </ViewportPortal>
  );
});

const Name = memo(function Name({ name: { text, at } }: { name: EdgeName }): JSX.Element {
  return (
    <span className="hf-port-name" style={{ left: at.x, top: at.y }} aria-hidden>
      {text}
    </span>
  );
});
