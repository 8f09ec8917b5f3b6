/** Which flows are shown, and in what order. */
import type { AppRouter } from "@holdfast/runtime/rpc";
import type { inferRouterOutputs } from "@trpc/server";
import type { Language } from "../../words/language.ts";
import type { Sort } from "./search.ts";

export type FlowRow = inferRouterOutputs<AppRouter>["flows"]["list"][number];

/** The page of a flow. */
export function flowAddress(id: string): string {
  return `/flows/${id}`;
}

/** What a search looks at. */
function searched({ id, name, events, owner }: FlowRow): string {
  return [id, name, ...events, owner?.name ?? ""].join("\n").toLocaleLowerCase();
}

/** Those that hold every word of `q`, in order; ties by name. */
export function arrange(
  rows: readonly FlowRow[],
  { q = "", sort = "name" }: { readonly q?: string | undefined; readonly sort?: Sort | undefined },
  language: Language,
): readonly FlowRow[] {
  const wanted = q
    .toLocaleLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  const { compare } = new Intl.Collator(language, { numeric: true, sensitivity: "base" });
  const shown = rows.filter((row) => wanted.every((word) => searched(row).includes(word)));
  return shown.toSorted((one, other) => weight(other, sort) - weight(one, sort) || compare(one.name, other.name));
}

/** More comes first. By name all weigh the same. */
function weight(row: FlowRow, sort: Sort): number {
  if (sort === "waiting") return row.incidents * 1_000_000 + row.waiting;
  if (sort === "edited") return Date.parse(row.editedAt ?? row.createdAt);
  return 0;
}
