/** A step that takes 0 to 4 ms at random; the same for every contestant. */
import { setTimeout as delay } from "node:timers/promises";

export const randomPause = (): Promise<void> => delay(Math.random() * 4);
