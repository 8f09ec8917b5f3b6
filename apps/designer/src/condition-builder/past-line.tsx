import { useQuery } from "@tanstack/react-query";
import { createContext, use, useDeferredValue, useMemo, type JSX, type ReactNode } from "react";
import { LiveRule } from "../expression-field/live-line.tsx";
import { useTRPC } from "../rpc/client.ts";
import { useWords } from "../words/use-words.tsx";
import { nodesRead, pastOutcome } from "./past-outcome.ts";
import { words } from "./words.ts";

const PastContext = createContext<string | undefined>(undefined);

/** The flow whose past runs tell how its conditions would have gone. */
export const PastRunsOf = PastContext.Provider;

/** "True in 31 of the last 120 runs." Nothing where no run can tell. */
export function PastLine({ source }: { readonly source: string }): JSX.Element | null {
  const flow = use(PastContext);
  const late = useDeferredValue(source);
  const nodes = useMemo(() => nodesRead(late), [late]);
  return flow === undefined || nodes === undefined ? null : <Line flow={flow} nodes={nodes} source={late} />;
}

function Line({ flow, nodes, source }: { flow: string; nodes: readonly string[]; source: string }): JSX.Element | null {
  const t = useWords(words);
  const trpc = useTRPC();
  const { data } = useQuery(
    trpc.runs.past.queryOptions({ flow, nodes: [...nodes] }, { staleTime: 60_000, retry: false }),
  );
  const outcome = useMemo(() => (data === undefined ? undefined : pastOutcome(source, data)), [source, data]);
  if (outcome === undefined || outcome.of === 0) return null;
  const bold = (parts: ReactNode[]): ReactNode => <b className="font-medium text-text">{parts}</b>;
  return (
    <LiveRule>
      <span>{t.rich("past", { ...outcome, b: bold })}</span>
    </LiveRule>
  );
}
