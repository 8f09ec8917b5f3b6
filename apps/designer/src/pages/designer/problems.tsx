import type { Issue } from "@holdfast/dsl";
import type { JSX } from "react";
import { useFlow, useFlowStore } from "../../flow/flow-store-context.tsx";
import { ProblemsLine } from "../../problems/problems-line.tsx";

/** What is wrong with the draft, below it. */
export function Problems({ onGoTo }: { onGoTo: (issue: Issue) => void }): JSX.Element {
  const store = useFlowStore();
  const flow = useFlow((each) => each.flow);
  const manifests = useFlow((each) => each.manifests);
  const issues = useFlow((each) => each.issues);
  return (
    <ProblemsLine
      flow={flow}
      manifests={manifests}
      issues={issues}
      onGoTo={({ issue }) => onGoTo(issue)}
      onFix={(label, apply) => void store.getState().run(label, apply)}
    />
  );
}
