/** The one object that `--json` prints. */
import type { Machine } from "./machine.ts";
import type { Figure, Findings } from "./findings.ts";
import type { Ratio } from "./ratio.ts";

/** A scenario that did not come to its end. Its ratios are missing. */
export interface Failure {
  readonly scenario: string;
  readonly message: string;
}

export interface Report {
  /** ISO. */
  readonly startedAt: string;
  readonly seconds: number;
  /** Sizes for development: its numbers say nothing. */
  readonly quick: boolean;
  readonly machine: Machine;
  /** By the names of the targets. */
  readonly ratios: { readonly [name: string]: Ratio };
  readonly figures: { readonly [name: string]: Figure };
  readonly failures: readonly Failure[];
}

export interface Ran {
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly quick: boolean;
  readonly machine: Machine;
  readonly findings: Findings;
  readonly failures: readonly Failure[];
}

export function report({ startedAt, endedAt, quick, machine, findings, failures }: Ran): Report {
  return {
    startedAt: startedAt.toISOString(),
    seconds: Math.round((endedAt.getTime() - startedAt.getTime()) / 1_000),
    quick,
    machine,
    ratios: findings.ratios,
    figures: findings.figures,
    failures,
  };
}
