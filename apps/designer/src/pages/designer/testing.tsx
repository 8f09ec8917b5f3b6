import type { Issue } from "@holdfast/dsl";
import { useState, type JSX } from "react";
import { BenchBanner, TestBench, useBenchLook } from "../../bench/test-bench.tsx";
import { useBench } from "../../bench/use-bench.ts";
import { FlowCanvas } from "../../canvas/flow-canvas.tsx";
import type { EditingState } from "../../canvas/use-editing.ts";
import { useFlow, useFlowStore } from "../../flow/flow-store-context.tsx";
import { SidePanel } from "./side-panel.tsx";

interface TestingProps {
  readonly state: EditingState;
  readonly onIssue: (issue: Issue) => void;
  readonly onLeave: () => void;
}

/** The draft as a run would go through it. */
export function Testing({ state, onIssue, onLeave }: TestingProps): JSX.Element {
  const store = useFlowStore();
  const flow = useFlow((each) => each.flow);
  const manifests = useFlow((each) => each.manifests);
  const issues = useFlow((each) => each.issues);
  const [focus, setFocus] = useState<{ id: string }>();
  const show = (id: string): void => {
    state.onSelect({ nodes: new Set([id]), edges: new Set() });
    setFocus({ id });
  };
  const bench = useBench({
    flow,
    manifests,
    issues,
    onTests: (label, tests) => void store.getState().run(label, (before) => ({ ...before, tests })),
    onNode: show,
    onIssue,
    onLeave,
  });
  const { cards, edges } = useBenchLook(bench);
  const [only] = state.selection.nodes;
  return (
    <div className="flex min-h-0 flex-1 max-[899px]:flex-col">
      <section className="relative min-h-0 min-w-0 flex-1 max-[899px]:h-[32%] max-[899px]:flex-none">
        <FlowCanvas
          flow={flow}
          manifests={manifests}
          mode="view"
          ground="draft"
          controls="left"
          {...(cards !== undefined && { cards })}
          {...(edges !== undefined && { edges })}
          selection={state.selection}
          onSelect={state.onSelect}
          {...(focus !== undefined && { focus })}
        >
          <BenchBanner />
        </FlowCanvas>
      </section>
      <SidePanel
        name="bench"
        side="right"
        width={520}
        least={400}
        most={760}
        className="border-l border-border max-[899px]:!w-full max-[899px]:flex-1 max-[899px]:border-t max-[899px]:border-l-0 min-[900px]:max-xl:max-w-[52vw]"
      >
        <TestBench bench={bench} selected={only} />
      </SidePanel>
    </div>
  );
}
