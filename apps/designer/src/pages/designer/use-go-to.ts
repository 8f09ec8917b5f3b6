import type { Issue } from "@holdfast/dsl";
import { useCallback, useMemo, useState } from "react";
import type { EditingState } from "../../canvas/use-editing.ts";
import { fieldPointer } from "../../expression-field/field-check.ts";
import type { AskedField } from "../../fields/asked-field.ts";
import { useFlowStore } from "../../flow/flow-store-context.tsx";
import { allNodes } from "../../flow/graphs.ts";
import { nodeOf, repairPlace } from "../../problems/groups.ts";

export interface GoTo {
  /** The field that is to have the focus. */
  readonly asked: AskedField | undefined;
  readonly shown: () => void;
  /** Where a problem is repaired: a field, a card, the test bench. */
  readonly problem: (issue: Issue) => void;
}

/** The way from a problem to its place. `show` brings up the drawing or the test bench. */
export function useGoTo(state: EditingState, show: (what: "drawing" | "bench") => void): GoTo {
  const store = useFlowStore();
  const [asked, setAsked] = useState<AskedField>();
  const shown = useCallback(() => setAsked(undefined), []);
  return useMemo(() => {
    const problem = (issue: Issue): void => {
      const { flow } = store.getState();
      const found = nodeOf(flow, issue);
      const node = found !== undefined && allNodes(flow).has(found) ? found : undefined;
      const place = repairPlace(issue);
      show(place === "bench" ? "bench" : "drawing");
      if (place === "bench") return;
      state.onSelect({ nodes: new Set(node === undefined ? [] : [node]), edges: new Set() });
      if (place === "field") setAsked({ pointer: fieldPointer(issue) });
      else state.focusCard(node ?? "start");
    };
    return { asked, shown, problem };
  }, [asked, shown, show, state, store]);
}
