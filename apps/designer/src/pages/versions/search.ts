/** What is compared: version numbers, or the draft. */
export type Side = number | "draft";

export interface VersionsSearch {
  readonly a?: Side | undefined;
  readonly b?: Side | undefined;
  /** The change that is looked at. */
  readonly change?: string | undefined;
}

export function versionsSearch(search: Readonly<Record<string, unknown>>): VersionsSearch {
  const [a, b] = [sideOf(search["a"]), sideOf(search["b"])];
  const { change } = search;
  return {
    ...(a === undefined ? {} : { a }),
    ...(b === undefined ? {} : { b }),
    ...(typeof change === "string" ? { change } : {}),
  };
}

function sideOf(value: unknown): Side | undefined {
  if (value === "draft") return "draft";
  return typeof value === "number" && Number.isInteger(value) && value > 0 ? value : undefined;
}
