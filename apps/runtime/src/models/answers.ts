/** Answers that are given again to whoever asks the same question, in the same workspace. */
import type { Json, JsonObject } from "@holdfast/dsl";
import type { KeptAnswer } from "@holdfast/nodes";
import type pg from "pg";
import type { ModelUse } from "./model-use.ts";
import { toMillionths } from "./money.ts";

/** Larger ones are not kept. Bytes of JSON. */
const LARGEST = 1024 * 1024;

/** Counts the look of this step once, however often a crash makes it look again. */
export async function recall(database: pg.Pool, use: ModelUse, key: string): Promise<KeptAnswer | undefined> {
  const { rows } = await database.query<{ value: Json; meta: JsonObject; hits: number; again: boolean }>({
    name: "holdfast_model_recall",
    text: `
      with found as (
        select a.value, a.meta, a.hits,
               exists (select from holdfast.model_lookups l where l.run = $3 and l.node = $4 and l.key = $2 and l.hit) as again
          from holdfast.model_answers a
         where a.workspace = $1 and a.key = $2 and a.expires_at > holdfast.now()),
      counted as (
        update holdfast.model_answers a set hits = a.hits + 1 from found
         where a.workspace = $1 and a.key = $2 and not found.again)
      select value, meta, hits, again from found`,
    values: [use.workspace, key, use.run, use.node],
  });
  const found = rows[0];
  await noteLookup(database, use, { key, saved: found === undefined ? undefined : costOf(found.meta) });
  if (found === undefined) return undefined;
  return { value: found.value, meta: found.meta, hits: found.hits + (found.again ? 0 : 1) };
}

/** `saved` absent: there was none. */
async function noteLookup(
  database: pg.Pool,
  use: ModelUse,
  { key, saved }: { key: string; saved: number | null | undefined },
): Promise<void> {
  await database.query({
    name: "holdfast_model_lookup",
    text: `
      insert into holdfast.model_lookups (run, node, key, workspace, flow, of_run, hit, saved)
      values ($1, $2, $3, $4, $5, $6, $7, $8)
      on conflict (run, node, key) do update set hit = excluded.hit, saved = excluded.saved`,
    values: [use.run, use.node, key, use.workspace, use.flow, use.ofRun, saved !== undefined, saved ?? null],
  });
}

/** What the answer had cost when it was made. */
function costOf(meta: JsonObject): number | null {
  const cost = meta["costUsd"];
  return typeof cost === "number" && Number.isFinite(cost) && cost >= 0 ? toMillionths(cost) : null;
}

/** Keeps an answer; the newest is kept, should two have asked at the same time. */
export async function keepAnswer(
  database: pg.Pool,
  { workspace }: ModelUse,
  { key, value, meta, forMs }: { key: string; value: Json; meta: JsonObject; forMs: number },
): Promise<void> {
  const text = JSON.stringify(value);
  if (Buffer.byteLength(text) > LARGEST) return;
  await database.query({
    name: "holdfast_model_keep",
    text: `
      insert into holdfast.model_answers as a (workspace, key, value, meta, expires_at)
      values ($1, $2, $3, $4, holdfast.now() + $5 * interval '1 millisecond')
      on conflict (workspace, key) do update
        set value = excluded.value, meta = excluded.meta, expires_at = excluded.expires_at, at = excluded.at,
            misses = a.misses + 1`,
    values: [workspace, key, text, JSON.stringify(meta), forMs],
  });
}
