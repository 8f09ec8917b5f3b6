/** What a process holds on to. */
import { setTimeout as delay } from "node:timers/promises";

/** Bytes of heap and buffers that outlive a collection. Needs `--expose-gc`. */
export async function heldMemory(): Promise<number> {
  for (let round = 0; round < 3; round++) {
    globalThis.gc?.();
    // Finalizers run after the collection that found their objects.
    await delay(20);
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
