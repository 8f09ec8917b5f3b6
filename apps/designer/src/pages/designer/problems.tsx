import type { JSX } from "react";
import type { EditingState } from "../../canvas/use-editing.ts";
import { useFlow, useFlowStore } from "../../flow/flow-store-context.tsx";
import { ProblemsLine } from "../../problems/problems-line.tsx";

/** What is wrong with the draft, below it. */
export function Problems({ state, onOpen }: { state: EditingState; onOpen: () => void }): JSX.Element {
  const store = useFlowStore();
  const flow = useFlow((each) => each.flow);
  const manifests = useFlow((each) => each.manifests);
  const issues = useFlow((each) => each.issues);
  const goTo = ({ node }: { node: string | undefined }): void => {
    state.onSelect({ nodes: new Set(node === undefined ? [] : [node]), edges: new Set() });
    if (node !== undefined) state.focusCard(node);
    onOpen();
  };
  return (
    <ProblemsLine
      flow={flow}
      manifests={manifests}
      issues={issues}
      onGoTo={goTo}
      onFix={(label, apply) => void store.getState().run(label, apply)}
    />
  );
}
