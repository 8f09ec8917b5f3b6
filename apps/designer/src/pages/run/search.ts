/** What the address of a run holds: a link leads to the very step. */
export const STEP_TABS = ["wait", "input", "output", "history"] as const;
export type StepTab = (typeof STEP_TABS)[number];

export interface RunSearch {
  readonly node?: string;
  readonly tab?: StepTab;
}

export function runSearch(search: Readonly<Record<string, unknown>>): RunSearch {
  const { node, tab } = search;
  const known = STEP_TABS.find((each) => each === tab);
  return {
    ...(typeof node === "string" && node !== "" ? { node } : {}),
    ...(known === undefined ? {} : { tab: known }),
  };
}
