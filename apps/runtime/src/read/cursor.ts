/**
 * Keyset pagination. A cursor says where the next page begins; to clients it is opaque.
 */
import { isUuid } from "../ids/uuid7.ts";
import { Problem } from "../problem/problem.ts";

export const DEFAULT_LIMIT = 50;
export const MAX_LIMIT = 200;

export interface PageRequest {
  /** How many items at most. */
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  /** Null on the last page. */
  readonly nextCursor: string | null;
}

const encode = (position: string): string => Buffer.from(position).toString("base64url");

function decode(cursor: string, fits: (position: string) => boolean): string {
  const position = Buffer.from(cursor, "base64url").toString();
  if (fits(position)) return position;
  throw new Problem(400, "cursor_invalid", "this cursor was not given by this list", {
    pointer: "/cursor",
    hint: "take nextCursor of the page before, or leave it out to begin anew",
  });
}

/** The id after which the page begins, or null. */
export const idCursor = (page: PageRequest): string | null =>
  page.cursor === undefined ? null : decode(page.cursor, isUuid);

/** The number after which the page begins, or null. */
export const numberCursor = (page: PageRequest): number | null =>
  page.cursor === undefined ? null : Number(decode(page.cursor, (position) => /^\d{1,9}$/.test(position)));

/** The text after which the page begins, or null. */
export const textCursor = (page: PageRequest): string | null =>
  page.cursor === undefined ? null : decode(page.cursor, (position) => position !== "" && !position.includes("\u0000"));

/**
 * A page out of rows that were read with `limit + 1`: the one too many tells that there is more.
 *
 * @param position What the cursor holds of the last item.
 */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  item: (row: Row) => Item,
  position: (row: Row) => string,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const nextCursor = rows.length > limit && last !== undefined ? encode(position(last)) : null;
  return { items: shown.map(item), nextCursor };
}
