import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import type { CanvasSelection } from "../../canvas/canvas-props.ts";
import type { StepTab } from "./search.ts";

const route = getRouteApi("/signed-in/runs/$run");

export interface StepSelection {
  readonly select: (node: string | undefined) => void;
  /** The same, as the canvas has it. */
  readonly selection: CanvasSelection;
  readonly onSelect: (selection: CanvasSelection) => void;
}

/** The step that the address names. */
export function useSelection(node: string | undefined, tab: StepTab | undefined): StepSelection {
  const navigate = route.useNavigate();
  const select = useCallback(
    (id: string | undefined) =>
      void navigate({
        search: id === undefined || id === "start" ? {} : { node: id, ...(tab === undefined ? {} : { tab }) },
        replace: true,
      }),
    [navigate, tab],
  );
  const selection = useMemo<CanvasSelection>(
    () => ({ nodes: new Set(node === undefined ? [] : [node]), edges: new Set() }),
    [node],
  );
  const onSelect = useCallback(({ nodes }: CanvasSelection) => select([...nodes][0]), [select]);
  return { select, selection, onSelect };
}
