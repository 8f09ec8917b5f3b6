import { useQuery } from "@tanstack/react-query";
import { useState, type JSX } from "react";
import { useTRPC } from "../../rpc/client.ts";
import { Button } from "../../ui/button.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { ErrorState } from "../../ui/states.tsx";
import { Value } from "../../ui/value.tsx";
import { useWords } from "../../words/use-words.tsx";
import type { RunStep } from "./run-step.ts";
import { words } from "./words.ts";

export interface MaybeLargeProps {
  readonly run: string;
  readonly step: RunStep;
  readonly part: "input" | "output";
}

/** A large value is fetched when somebody asks for it. */
export function MaybeLarge({ run, step, part }: MaybeLargeProps): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const [wanted, setWanted] = useState(false);
  const large = step.large.includes(part);
  const query = useQuery({ ...trpc.runs.value.queryOptions({ run, step: step.id, part }), enabled: large && wanted });
  if (!large) return <Value value={step[part]} />;
  if (!wanted) {
    return (
      <p className="flex items-center gap-3 text-text-2">
        {t("large")}
        <Button size="sm" onClick={() => setWanted(true)}>
          {t("loadIt")}
        </Button>
      </p>
    );
  }
  if (query.error !== null) return <ErrorState error={query.error} retry={() => void query.refetch()} />;
  return query.data === undefined ? <Skeleton className="h-40 w-full" /> : <Value value={query.data.value} />;
}
