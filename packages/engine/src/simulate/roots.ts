/** What the expressions of a step read. */
import type { Json, Roots } from "@holdfast/dsl";
import { isJsonObject } from "@holdfast/dsl";
import { isoTime } from "./iso-time.ts";
import type { SimRun } from "./sim-run.ts";

/** @param now `run.now`: when the node became ready, milliseconds since the epoch */
export function rootsOf(run: SimRun, now: number): Roots {
  const { nodes, ports, errors, ...rest } = run.roots;
  return {
    ...rest,
    nodes: { ...objectOf(nodes), ...Object.fromEntries(run.outputs) },
    ports: { ...objectOf(ports), ...run.ports() },
    errors: { ...objectOf(errors), ...run.errors() },
    run: { ...objectOf(rest["run"]), now: isoTime(now) },
  };
}

/** What a body reads: all that its loop may read, and where in the loop it is. */
export function bodyRoots(
  run: SimRun,
  now: number,
  place: { item: Json; index: number; last: Json | undefined },
): Roots {
  const { item, index, last } = place;
  return { ...rootsOf(run, now), item, index, ...(last !== undefined && { last }) };
}

function objectOf(value: Json | undefined): { [key: string]: Json } {
  return isJsonObject(value) ? value : {};
}
