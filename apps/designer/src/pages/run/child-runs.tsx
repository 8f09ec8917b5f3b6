import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, type JSX } from "react";
import { useTRPC } from "../../rpc/client.ts";
import type { RunDetails } from "../../rpc/outputs.ts";
import { Section } from "../../ui/section.tsx";
import { StatusMark } from "../../ui/status-mark.tsx";
import { useWords } from "../../words/use-words.tsx";
import { standingText, statusOf } from "../runs/standing.ts";
import { words as runsWords } from "../runs/words.ts";
import { words } from "./words.ts";

export interface ChildRunsProps {
  readonly details: RunDetails;
  readonly node: string;
}

/** The newest are enough to find one's way. */
const SHOWN = 10;

/** The runs that a step has started: passages of a loop, and other flows. */
export function ChildRuns({ details, node }: ChildRunsProps): JSX.Element | null {
  const found = details.children.find((one) => one.node === node);
  return found === undefined ? null : <Started details={details} node={node} total={found.total} />;
}

function Started({ details, node, total }: ChildRunsProps & { readonly total: number }): JSX.Element {
  const t = useWords(words);
  const list = useWords(runsWords);
  const trpc = useTRPC();
  const { data, refetch } = useQuery(
    trpc.runs.children.queryOptions(
      { run: details.run.id, node, limit: SHOWN },
      { staleTime: 0, placeholderData: keepPreviousData },
    ),
  );
  // What the parent is told of its children comes with the parent.
  useEffect(() => void refetch(), [details.children, refetch]);
  const runs = data?.items ?? [];
  return (
    <Section title={t("childRuns")}>
      <ul className="flex flex-col">
        {runs.map((run) => (
          <li key={run.id} className="flex min-h-7 items-center gap-2 pointer-coarse:min-h-11">
            <StatusMark status={statusOf(run)} />
            <Link
              to="/runs/$run"
              params={{ run: run.id }}
              search={{}}
              className="min-w-0 flex-1 truncate text-accent-text hover:underline"
            >
              {run.flow === details.run.flow ? t("childNo", { n: (run.parent?.iteration ?? 0) + 1 }) : run.flowName}
            </Link>
            <span className="min-w-0 shrink truncate text-12 text-text-2">{standingText(run, list)}</span>
          </li>
        ))}
      </ul>
      {total > runs.length && runs.length > 0 && (
        <p className="mt-1.5 text-12 text-text-2">{t("childMore", { n: total - runs.length })}</p>
      )}
    </Section>
  );
}
