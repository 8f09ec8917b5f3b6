/** A person who has signed in, as the pages' calls act for it. */
import type { Caller } from "../services/services.ts";

export interface SignedIn extends Caller {
  readonly person: NonNullable<Caller["person"]>;
  readonly door: "app";
}
