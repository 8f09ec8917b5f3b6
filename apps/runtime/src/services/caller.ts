import type { Actor } from "../actor/actor.ts";

/** On whose behalf, in which workspace and through which door a thing is done. */
export interface Caller {
  readonly workspace: number;
  readonly actor: Actor;
  /** The person behind the actor: a key acts as its person. */
  readonly person?: {
    readonly id: string;
    readonly name: string;
    readonly email: string;
    readonly roles: readonly string[];
    readonly groups: readonly string[];
  };
  readonly door: "api" | "cli" | "app" | "link" | "system";
}
