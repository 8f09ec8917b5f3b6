import type { JSX } from "react";
import { Skeleton } from "./skeleton.tsx";

/** Where a list is about to come. */
export function ListSkeleton(): JSX.Element {
  return (
    <div className="hf-late flex flex-1 flex-col gap-4 bg-surface p-4">
      <Skeleton className="w-2/3" />
      <Skeleton className="w-1/2" />
      <Skeleton className="w-3/5" />
    </div>
  );
}
