export const VIEWS = ["mine", "all", "decided"] as const;
export type InboxView = (typeof VIEWS)[number];

/** What the address of the inbox holds. */
export interface InboxSearch {
  readonly view?: InboxView;
  readonly task?: string;
  readonly q?: string;
}

export function inboxSearch({ view, task, q }: Readonly<Record<string, unknown>>): InboxSearch {
  const known = VIEWS.find((each) => each === view);
  return {
    ...(known === undefined ? {} : { view: known }),
    ...(typeof task === "string" && task !== "" ? { task } : {}),
    ...(typeof q === "string" || typeof q === "number" ? { q: String(q) } : {}),
  };
}
