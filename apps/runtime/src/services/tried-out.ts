/** What is tried out, and what came of it. Types only. */
import type { Json, JsonObject } from "@holdfast/dsl";

export interface TryOut {
  readonly flow: string;
  /** Id of the node in the draft. */
  readonly node: string;
  readonly type: string;
  /** With everything filled in; nothing in them is evaluated. */
  readonly params: JsonObject;
}

export type TriedOut =
  | { readonly type: "output"; readonly port: string; readonly value: Json }
  | { readonly type: "fail"; readonly code: string; readonly message: string };
