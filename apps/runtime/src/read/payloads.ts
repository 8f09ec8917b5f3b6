/**
 * Values over 64 KB stand in a table of their own; where they belong there is `{"$payload": id}`. Readers put them
 * back. A reference is followed only to a payload of the same run, so that a value that merely looks like one shows as
 * the data it is.
 */
import type { Json } from "@holdfast/dsl";
import { isUuid } from "../ids/uuid7.ts";
import type { Queryable } from "./queryable.ts";

/** The id a value refers to, if it is a reference. */
function payloadId(value: Json): string | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const id = value["$payload"];
  return typeof id === "string" && isUuid(id) && Object.keys(value).length === 1 ? id : undefined;
}

/** Whether the value would be read as a reference, if it stood in a row. */
export const refersToPayload = (value: Json): boolean => payloadId(value) !== undefined;

/** Loads what the values refer to and gives a function that puts it in place. */
export async function payloadsOf(
  database: Queryable,
  run: string,
  values: readonly Json[],
): Promise<(value: Json) => Json> {
  const ids = values.map(payloadId).filter((id) => id !== undefined);
  if (ids.length === 0) return (value) => value;
  const result = await database.query<{ id: string; value: Json }>(
    "select id, value from holdfast.payloads where run = $1 and id = any($2::uuid[])",
    [run, ids],
  );
  const byId = new Map(result.rows.map((row) => [row.id, row.value]));
  return (value) => {
    const id = payloadId(value);
    const payload = id === undefined ? undefined : byId.get(id);
    return payload === undefined ? value : payload;
  };
}
