import type { Json } from "../json.ts";

/** What a change is about: where it is shown. */
export type Subject =
  | { readonly type: "flow" | "triggers" | "input" | "settings" | "uses" | "tests" }
  | { readonly type: "node"; readonly id: string }
  /** `loop`: the loop node in whose body the edge is drawn. */
  | {
      readonly type: "edge";
      readonly from: string;
      readonly port: string;
      readonly to: string;
      readonly loop?: string;
    };

/** One thing that differs between two documents. */
export type Change =
  | { readonly kind: "added"; readonly subject: Subject; readonly pointer: string; readonly after: Json }
  /** `pointer` is into the document before; those of all others are into the one after. */
  | { readonly kind: "removed"; readonly subject: Subject; readonly pointer: string; readonly before: Json }
  | {
      readonly kind: "changed";
      readonly subject: Subject;
      readonly pointer: string;
      readonly before: Json;
      readonly after: Json;
    }
  /** A node got another id; `before` and `after` are the ids. References to it are no changes of their own. */
  | {
      readonly kind: "renamed";
      readonly subject: Subject;
      readonly pointer: string;
      readonly before: string;
      readonly after: string;
    }
  /** A node went into or out of a loop's body; `before` and `after` are the pointers of its graphs. */
  | {
      readonly kind: "moved";
      readonly subject: Subject;
      readonly pointer: string;
      readonly before: string;
      readonly after: string;
    };

export interface SemanticDiff {
  /** By subject: the flow, its triggers, input and settings, then nodes by id, edges, tests. */
  readonly changes: readonly Change[];
  /** One sentence per change, for people; without a full stop. */
  readonly summary: readonly string[];
}
