/**
 * Rotation: what an earlier key sealed is sealed anew under the first key, in the background, while runs go on. The
 * values stay; only the keys that hold them are wrapped anew.
 */
import type { Logger } from "../log/logger.ts";
import type { Queryable } from "../read/queryable.ts";
import type { KeyRing } from "./key-ring.ts";
import { reseal, UnreadableError } from "./seal.ts";

const AT_ONCE = 200;
const EVERY_MS = 30_000;

export interface Resealed {
  readonly moved: number;
  /** Sealed by keys that are not here. */
  readonly unreadable: number;
}

/** Everything there is to do at this moment. */
export async function resealCredentials(database: Queryable, ring: KeyRing): Promise<Resealed> {
  ring.lookAgain();
  let moved = 0;
  let unreadable = 0;
  let after = "00000000-0000-0000-0000-000000000000";
  for (;;) {
    const { rows } = await database.query<{
      id: string;
      workspace: number;
      version: number;
      value_key: Buffer;
      sealed_by: string;
    }>(
      `select id, workspace, version, value_key, sealed_by from holdfast.credentials
        where revoked_at is null and sealed_by <> $1 and id > $2 order by id limit $3`,
      [ring.current.id, after, AT_ONCE],
    );
    for (const { value_key: key, sealed_by: by, ...whose } of rows) {
      try {
        const sealed = reseal(ring, whose, { key, by });
        // Whoever gave it another value meanwhile has sealed it themselves.
        const { rowCount } = await database.query(
          `update holdfast.credentials set value_key = $4, sealed_by = $5
            where id = $1 and version = $2 and sealed_by = $3`,
          [whose.id, whose.version, by, sealed.key, sealed.by],
        );
        moved += rowCount ?? 0;
      } catch (error) {
        if (!(error instanceof UnreadableError)) throw error;
        unreadable += 1;
      }
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < AT_ONCE) return { moved, unreadable };
    after = last.id;
  }
}

/** From now on. Returns how to stop it. */
export function keepResealing(database: Queryable, ring: KeyRing, logger: Logger): () => Promise<void> {
  let under: Promise<void> = Promise.resolve();
  const look = async (): Promise<void> => {
    try {
      const { moved, unreadable } = await resealCredentials(database, ring);
      if (moved > 0) logger.info({ moved, key: ring.current.id }, "credentials were sealed anew");
      if (unreadable > 0) logger.warn({ unreadable }, "credentials are sealed by keys that are not here");
    } catch (error) {
      logger.warn({ err: error }, "credentials were not sealed anew");
    }
  };
  const turn = (): void => {
    under = under.then(look);
  };
  const timer = setInterval(turn, EVERY_MS);
  timer.unref();
  turn();
  return async () => {
    clearInterval(timer);
    await under;
  };
}
