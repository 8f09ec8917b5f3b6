import { setTimeout as delay } from "node:timers/promises";

/** Far beyond what a slow machine needs: nothing here is about speed. Shorter where a failure is what is waited for. */
const PATIENCE_MS = Number(process.env["HOLDFAST_TEST_PATIENCE_MS"] ?? 60_000);

/** Between two looks: the database has better things to do. */
const LOOK_MS = 10;

/** What `look` gives, as soon as it gives something. @throws when that takes longer than anything should */
export async function until<Found>(what: string, look: () => Promise<Found | undefined>): Promise<Found> {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > end) throw new Error(`waited in vain for ${what}`);
    await delay(LOOK_MS);
  }
}

/** Resolves when `holds` does. */
export async function untilTrue(what: string, holds: () => Promise<boolean>): Promise<void> {
  await until(what, async () => ((await holds()) ? true : undefined));
}

/** The promise, or an error when it takes longer than anything should. */
export async function within<Value>(what: string, promise: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`waited in vain for ${what}`)), PATIENCE_MS);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
