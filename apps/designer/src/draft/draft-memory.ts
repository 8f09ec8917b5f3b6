/**
 * What has been changed but not saved, kept in the browser: it survives a reload, a crash and a server that is away.
 * Each page keeps its own; one that is gone leaves it to the next that opens the flow.
 */
import type { DocumentChange } from "@holdfast/dsl";
import type { Conflict, Parcel } from "./draft-sync.ts";

export interface Kept {
  readonly person: string;
  /** The page, as the server knows it. */
  readonly client: string;
  /** What was sent and not answered. */
  readonly sent?: Parcel;
  /** What was changed since. */
  readonly changes: readonly DocumentChange[];
  readonly conflicts: readonly Conflict[];
  /** When it was written, in milliseconds since 1970. */
  readonly at: number;
  /** Its page was left. */
  readonly left?: boolean;
}

export type Storage = Pick<globalThis.Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

/** A page that has not said anything for so long is gone; milliseconds. */
const GONE_AFTER = 30_000;

const prefixOf = (flow: string): string => `holdfast.draft:${flow}:`;
const keyOf = (flow: string, client: string): string => `${prefixOf(flow)}${client}`;

/** False: there is no room for it. */
export function keep(storage: Storage, flow: string, kept: Kept): boolean {
  try {
    storage.setItem(keyOf(flow, kept.client), JSON.stringify(kept));
    return true;
  } catch {
    return false;
  }
}

export function forget(storage: Storage, flow: string, client: string): void {
  try {
    storage.removeItem(keyOf(flow, client));
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}

/** What pages of this person left behind, the oldest first. */
export function keptFor(storage: Storage, flow: string, person: string): Kept[] {
  const found: Kept[] = [];
  try {
    for (let index = 0; index < storage.length; index += 1) {
      const key = storage.key(index);
      if (key?.startsWith(prefixOf(flow)) !== true) continue;
      const kept = readKept(storage.getItem(key));
      if (kept?.person === person) found.push(kept);
    }
  } catch {
    return [];
  }
  return found.toSorted((a, b) => a.at - b.at);
}

function readKept(text: string | null): Kept | undefined {
  if (text === null) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isKept(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Nobody but this file writes there. */
function isKept(value: unknown): value is Kept {
  return (
    typeof value === "object" &&
    value !== null &&
    "client" in value &&
    typeof value.client === "string" &&
    "person" in value &&
    typeof value.person === "string" &&
    "changes" in value &&
    Array.isArray(value.changes) &&
    "conflicts" in value &&
    Array.isArray(value.conflicts)
  );
}

/** Holds a page's own work while it is open. @returns lets it go. */
export function holdPage(client: string): () => void {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  void locks()?.request(`holdfast.draft:${client}`, () => promise);
  return () => resolve(undefined);
}

/** Does it with work whose page is gone; nothing where it is still open. */
export async function withLeft<T>(kept: Kept, now: number, work: () => Promise<T>): Promise<T | undefined> {
  const found = locks();
  if (found === undefined) return kept.left === true || now - kept.at > GONE_AFTER ? work() : undefined;
  return found.request(`holdfast.draft:${kept.client}`, { ifAvailable: true }, (lock) =>
    lock === null ? undefined : work(),
  );
}

/** Browsers have them on safe connections alone. */
function locks(): LockManager | undefined {
  return "locks" in navigator ? navigator.locks : undefined;
}
