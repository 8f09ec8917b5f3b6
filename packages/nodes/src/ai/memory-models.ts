/** Models without books: for tests, and for what is tried out outside of a run. Every call is allowed. */
import type { KeptAnswer, Models } from "./models.ts";
import type { AiSettings } from "./settings.ts";

export function memoryModels(settings: AiSettings = {}): Models {
  const kept = new Map<string, KeptAnswer>();
  let reserved = 0;
  return {
    settings,
    reserve: () => Promise.resolve({ kind: "reserved", id: String((reserved += 1)) }),
    settle: () => Promise.resolve(null),
    topUp: () => Promise.resolve(),
    recall(key) {
      const found = kept.get(key);
      if (found === undefined) return Promise.resolve(undefined);
      const again = { ...found, hits: found.hits + 1 };
      kept.set(key, again);
      return Promise.resolve(again);
    },
    keep(key, { value, meta }) {
      kept.set(key, { value, meta, hits: 0 });
      return Promise.resolve();
    },
    live: () => ({ write: () => undefined, end: () => undefined }),
  };
}
