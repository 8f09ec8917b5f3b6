/** What a subscription gives, for as long as whoever opened it still may: rights end while it is open, too. */

/** Milliseconds for which an answer is good. Where nothing is given, nothing is asked. */
const GOOD_MS = 3_000;

export const isIterable = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === "object" && value !== null && Symbol.asyncIterator in value;

/** @param check Throws if it is allowed no more; then nothing more is given. */
export async function* whileAllowed(
  given: AsyncIterable<unknown>,
  check: () => Promise<void>,
  goodMs = GOOD_MS,
): AsyncGenerator {
  let until = performance.now() + goodMs;
  for await (const item of given) {
    if (performance.now() >= until) {
      await check();
      until = performance.now() + goodMs;
    }
    yield item;
  }
}
