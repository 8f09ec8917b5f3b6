/** What the address of the inbox holds: a link shows another person the same list. */
import type { Inputs } from "../../rpc/outputs.ts";

export type InboxQuery = Exclude<Inputs["inbox"]["list"], void | undefined>;
export type ColumnTest = NonNullable<InboxQuery["columns"]>[number];

export const VIEWS = ["mine", "groups", "overdue", "all", "done"] as const;
export const ORDERS = ["due", "priority", "newest"] as const;
export const PRIORITIES = ["urgent", "high", "normal", "low"] as const;
export const DUES = ["overdue", "today", "week", "none"] as const;
export const TESTS = ["is", "has", "over", "under"] as const;
export type InboxView = (typeof VIEWS)[number];

export interface InboxSearch {
  readonly view?: InboxView;
  readonly order?: (typeof ORDERS)[number];
  readonly flow?: string;
  readonly priority?: (typeof PRIORITIES)[number];
  readonly due?: (typeof DUES)[number];
  /** A person's id. */
  readonly assignee?: string;
  /** Conditions on business columns: `amount over 100`. */
  readonly col?: readonly string[];
  readonly q?: string;
  /** The saved view that these filters began as. */
  readonly saved?: string;
  readonly task?: string;
}

/** Names of filters that narrow the list down within a view. */
const FILTERS = ["flow", "priority", "due", "assignee", "col", "q"] as const;
export type FilterName = (typeof FILTERS)[number];

function text(value: unknown): string | undefined {
  // A text of digits is read as a number by the router.
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}

const oneOf = <T extends string>(values: readonly T[], value: unknown): T | undefined =>
  values.find((each) => each === value);

/** What fits is taken; the rest of the address is as if it were not there. */
export function inboxSearch(search: Readonly<Record<string, unknown>>): InboxSearch {
  const { view, order, flow, priority, due, assignee, col, q, saved, task } = search;
  const columns = (Array.isArray(col) ? col : [col]).flatMap((one) => {
    const found = text(one);
    return found !== undefined && readColumn(found) !== undefined ? [found] : [];
  });
  return Object.fromEntries(
    Object.entries({
      // As it was called once.
      view: view === "decided" ? "done" : oneOf(VIEWS, view),
      order: oneOf(ORDERS, order),
      flow: text(flow),
      priority: oneOf(PRIORITIES, priority),
      due: oneOf(DUES, due),
      assignee: text(assignee),
      col: columns.length === 0 ? undefined : columns,
      q: text(q),
      saved: text(saved),
      task: text(task),
    }).filter(([, value]) => value !== undefined),
  );
}

/** `amount over 100`; undefined: it is not a condition. */
export function readColumn(condition: string): ColumnTest | undefined {
  const [, column, word, value] = /^(.+?) (is|has|over|under) (.+)$/.exec(condition) ?? [];
  const test = oneOf(TESTS, word);
  if (column === undefined || test === undefined || value === undefined) return undefined;
  const number = test === "over" || test === "under";
  return number && !Number.isFinite(Number(value)) ? undefined : { column, test, value };
}

export const writeColumn = ({ column, test, value }: ColumnTest): string => `${column} ${test} ${value}`;

/** What the server is asked for. `endOfDay`: when the reader's day ends, ISO. */
export function queryOf(search: InboxSearch, endOfDay: string): InboxQuery {
  const { view = "mine", order = "due", flow, priority, due, assignee, col = [], q } = search;
  return {
    view,
    order,
    ...(flow === undefined ? {} : { flow }),
    ...(priority === undefined ? {} : { priority }),
    ...(due === undefined ? {} : { due }),
    ...(due === "today" ? { endOfDay } : {}),
    ...(assignee === undefined ? {} : { assignee }),
    ...(col.length === 0 ? {} : { columns: col.flatMap((one) => readColumn(one) ?? []) }),
    ...(q === undefined ? {} : { q }),
  };
}

/** A list as it is saved: without what is open in it. */
export function savedText({ task: _, saved: __, col = [], ...rest }: InboxSearch): string {
  const params = new URLSearchParams(Object.entries(rest));
  for (const one of col) params.append("col", one);
  params.sort();
  return params.toString();
}

export function readSaved(saved: string): InboxSearch {
  const params = new URLSearchParams(saved);
  return inboxSearch({ ...Object.fromEntries(params), col: params.getAll("col") });
}

export const filtersOf = (search: InboxSearch): readonly FilterName[] =>
  FILTERS.filter((name) => search[name] !== undefined);

/** Without a filter, or without some. */
export function without(search: InboxSearch, ...names: readonly (keyof InboxSearch)[]): InboxSearch {
  return Object.fromEntries(Object.entries(search).filter(([name]) => !names.some((each) => each === name)));
}
