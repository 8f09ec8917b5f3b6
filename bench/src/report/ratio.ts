/** A measured number beside its target. */
import { rounded } from "../numbers/statistics.ts";
import type { Target } from "./targets.ts";

export interface Ratio {
  readonly value: number;
  readonly unit: Target["unit"];
  readonly target: { readonly atLeast: number } | { readonly atMost: number };
  readonly met: boolean;
  /** By which share of the target it is missed: 0.2 is a fifth. 0 when it is met. */
  readonly missedBy: number;
  readonly meaning: string;
}

export function judge(value: number, target: Target): Ratio {
  const { unit, meaning } = target;
  const bound = "atLeast" in target ? { atLeast: target.atLeast } : { atMost: target.atMost };
  const missed =
    "atLeast" in target ? (target.atLeast - value) / target.atLeast : (value - target.atMost) / target.atMost;
  // A figure that could not be told is no success.
  const met = missed <= 0;
  return { value: rounded(value), unit, target: bound, met, missedBy: met ? 0 : rounded(missed), meaning };
}
