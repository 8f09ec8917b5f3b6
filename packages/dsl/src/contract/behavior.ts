/**
 * Control node types: pure functions from params to an outcome. The runtime and the simulator run the same ones.
 */
import type { Json, JsonObject } from "../json.ts";
import type { ChildResult, Outcome } from "./outcome.ts";
import type { NodeManifest } from "./manifest.ts";

/** What a control node may know besides its params. */
export interface ControlContext {
  /** The time of the checkpoint that made the node ready, milliseconds since the epoch. Equal in every attempt. */
  readonly now: number;
  /** IANA name, for calendar rules. */
  readonly timeZone: string;
  /**
   * Evaluates a condition param (bare CEL) over everything the node may read.
   * @throws ExpressionError with the position when it can't be evaluated.
   */
  evaluate(condition: string, roots?: { readonly [root: string]: Json }): Json;
}

/**
 * How params of older versions become those of the next: by the version that they are of. Params are as the document
 * has them, templates and all. A version that is left out has the params of the one before.
 */
export interface Migrations {
  readonly [from: number]: (params: JsonObject) => JsonObject;
}

/** A control node type. */
export interface ControlNode {
  readonly manifest: NodeManifest;
  /** Called when the node is reached. Params are resolved (templates evaluated) and fit the manifest's schema. */
  begin(params: JsonObject, context: ControlContext): Outcome;
  /** Called when the children of `begin` or of the last `resume` have ended. Absent: not a node with children. */
  resume?(params: JsonObject, context: ControlContext, results: readonly ChildResult[]): Outcome;
  readonly migrate?: Migrations;
}
