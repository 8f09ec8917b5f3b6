import type { Effect, JsonObject } from "@holdfast/dsl";
import type { Runnable } from "./compiled-flow.ts";

/** An effectful command whose params are resolved. It may begin once everything before it is committed. */
export interface Prepared {
  readonly commandId: string;
  readonly node: string;
  readonly call: string;
  readonly attempt: number;
  readonly runnable: Runnable;
  readonly params: JsonObject;
  readonly effect: Effect;
  /** Milliseconds. */
  readonly timeout: number;
  readonly key: string;
}
