/**
 * Where a run's expressions and keys take their names from. A flow's own run is its own scope; a loop body reads what
 * its loop node may read, so its scope reaches up to the run of the flow.
 */
import type { Json } from "@holdfast/dsl";
import type { Ancestor } from "../store/ancestors.ts";

export interface Scope {
  /** The flow's own run: `run.id`, and the beginning of idempotency keys. */
  readonly runId: string;
  /** Runs whose outputs may be read, nearest first. */
  readonly runs: readonly string[];
  /** Iterations on the way down, as `3` or `3.0`; `0` outside of loops. */
  readonly iteration: string;
  readonly input: Json;
  readonly trigger: Json;
  readonly startedAt: number;
  readonly requester: string | undefined;
}

/** The idempotency key of a call: neither attempt nor epoch is part of it. */
export function keyOf({ runId, iteration }: Scope, node: string, call: string): string {
  return `${runId}:${node}:${iteration}:${call}`;
}

/** The scope of a body child of a run with the scope `parent`. */
export function bodyScope(parent: Scope, parentIsBody: boolean, child: { id: string; iteration: number }): Scope {
  return {
    ...parent,
    runs: [child.id, ...parent.runs],
    iteration: parentIsBody ? `${parent.iteration}.${child.iteration}` : String(child.iteration),
  };
}

/** The same from what is stored. Ancestors: nearest first, the last is the flow's own run. */
export function scopeFrom(
  run: { id: string; iteration: number | null },
  ancestors: readonly Ancestor[],
): Scope | undefined {
  const own = ancestors.at(-1);
  if (own === undefined) return undefined;
  const bodies = ancestors.filter((ancestor) => ancestor.body).toReversed();
  return {
    runId: own.id,
    runs: [run.id, ...ancestors.map((ancestor) => ancestor.id)],
    iteration: [...bodies.map((body) => body.iteration), run.iteration].join("."),
    input: own.input,
    trigger: own.trigger,
    startedAt: own.startedAt,
    requester: own.requester ?? undefined,
  };
}
