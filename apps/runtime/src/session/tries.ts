/**
 * How often somebody may try to sign in. Every try is taken before the password is looked at, in one statement whose
 * condition Postgres checks under the row's lock: a hundred tries at once are counted like a hundred in a row.
 */
import { hash } from "node:crypto";
import type { Queryable } from "../read/queryable.ts";

/** Tries within a quarter of an hour. */
const TRIES = {
  /** For one e-mail address from one network address. */
  pair: 5,
  /** For one e-mail address from everywhere: guessing from many places. */
  email: 30,
  /** From one network address for anybody: guessing for many people. */
  address: 30,
  /** Ways back from a provider, from one network address: a whole office comes at nine, and only failed ones stay counted. */
  back: 100,
} as const;

const WINDOW_SECONDS = 15 * 60;

export interface Try {
  /** Tries that remain after this one. */
  readonly left: number;
  /** Seconds until all of them are there again. */
  readonly seconds: number;
}

interface Counted {
  readonly key: Buffer;
  readonly limit: number;
}

const keyOf = (...parts: readonly string[]): Buffer => hash("sha256", JSON.stringify(parts), "buffer");

/** What is counted for the place that tries. In this order they are locked, whoever tries. */
const ofPlace = (email: string, address: string): readonly Counted[] => [
  { key: keyOf("address", address), limit: TRIES.address },
  { key: keyOf("pair", email.toLowerCase(), address), limit: TRIES.pair },
];

const ofEmail = (email: string): Counted => ({ key: keyOf("email", email.toLowerCase()), limit: TRIES.email });

/**
 * Takes a try. `left` is -1 if there was none. What a place may do no more is not counted for the e-mail address: one
 * place alone shuts nobody out from everywhere.
 */
export async function takeTry(database: Queryable, email: string, address: string): Promise<Try> {
  const place = await take(database, ofPlace(email, address));
  if (place.left < 0) return place;
  const everywhere = await take(database, [ofEmail(email)]);
  return everywhere.left < place.left ? everywhere : place;
}

const backFrom = (address: string): Counted => ({ key: keyOf("back", address), limit: TRIES.back });

/** Takes a way back from a provider. False: there was none left. */
export const takeReturn = async (database: Queryable, address: string): Promise<boolean> =>
  (await take(database, [backFrom(address)])).left >= 0;

/** It led to somebody. */
export async function giveReturnBack(database: Queryable, address: string): Promise<void> {
  await database.query("update holdfast.sign_in_tries set tries = greatest(tries - 1, 0) where key = $1", [
    backFrom(address).key,
  ]);
}

async function take(database: Queryable, keys: readonly Counted[]): Promise<Try> {
  const result = await database.query<{ left: number; seconds: number }>(
    `with taken as (
       insert into holdfast.sign_in_tries as t (key, tries, until)
       select key, 1, clock_timestamp() + $3 * interval '1 second'
         from unnest($1::bytea[]) with ordinality as asked (key, place) order by place
       on conflict (key) do update
          set tries = case when t.until <= clock_timestamp() then 1 else t.tries + 1 end,
              until = case when t.until <= clock_timestamp() then excluded.until else t.until end
        where t.until <= clock_timestamp()
           or t.tries < (select lim from unnest($1::bytea[], $2::int[]) as told (key, lim) where told.key = t.key)
       returning key, tries, until
     )
     select case when taken.key is null then -1 else told.lim - taken.tries end as left,
            coalesce(ceil(extract(epoch from coalesce(taken.until, known.until) - clock_timestamp()))::int, $3) as seconds
       from unnest($1::bytea[], $2::int[]) as told (key, lim)
       left join taken on taken.key = told.key
       left join holdfast.sign_in_tries known on known.key = told.key
      order by 1 limit 1`,
    [keys.map(({ key }) => key), keys.map(({ limit }) => limit), WINDOW_SECONDS],
  );
  const row = result.rows[0];
  return { left: row?.left ?? -1, seconds: row?.seconds ?? WINDOW_SECONDS };
}

/** Whoever knew the password has not been guessing: their own tries are forgotten, of the shared ones this one. */
export async function giveTryBack(database: Queryable, email: string, address: string): Promise<void> {
  const keys = [...ofPlace(email, address), ofEmail(email)].map(({ key }) => key);
  await database.query(
    `with locked as (
       select key from holdfast.sign_in_tries
        where key = any($1::bytea[]) order by array_position($1::bytea[], key) for update
     )
     update holdfast.sign_in_tries t set tries = case when t.key = $2 then 0 else greatest(t.tries - 1, 0) end
       from locked where locked.key = t.key`,
    [keys, keyOf("pair", email.toLowerCase(), address)],
  );
}
