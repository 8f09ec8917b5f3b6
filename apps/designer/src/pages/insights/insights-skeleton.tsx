import type { JSX } from "react";
import { Skeleton } from "../../ui/skeleton.tsx";

export function InsightsSkeleton(): JSX.Element {
  return (
    <div className="hf-late flex flex-1 flex-col gap-4 bg-surface p-4">
      <Skeleton className="h-12 w-2/3" />
      <Skeleton className="h-40 w-full" />
      <Skeleton className="h-40 w-full" />
    </div>
  );
}
