/** What the scenarios found out: figures, each the median of its rounds, and ratios beside their targets. */
import { median, rounded } from "../numbers/statistics.ts";
import { judge, type Ratio } from "./ratio.ts";
import { TARGETS, type TargetName } from "./targets.ts";

export interface Figure {
  /** The median of the rounds. */
  readonly value: number;
  readonly unit: string;
  /** In the order of measuring, if there was more than one. */
  readonly rounds?: readonly number[];
}

export class Findings {
  readonly #figures = new Map<string, { readonly unit: string; readonly rounds: number[] }>();
  readonly #ratios = new Map<TargetName, Ratio>();

  /** One round of a figure. */
  add(name: string, value: number, unit: string): void {
    const known = this.#figures.get(name);
    if (known === undefined) this.#figures.set(name, { unit, rounds: [value] });
    else known.rounds.push(value);
  }

  /** @throws RangeError if it was not measured. */
  median(name: string): number {
    const figure = this.#figures.get(name);
    if (figure === undefined) throw new RangeError(`${name} was not measured`);
    return median(figure.rounds);
  }

  /** @throws RangeError if it was not measured. */
  worst(name: string): number {
    return Math.max(...(this.#figures.get(name)?.rounds ?? [this.median(name)]));
  }

  judge(name: TargetName, value: number): void {
    this.#ratios.set(name, judge(value, TARGETS[name]));
  }

  /** The median of one figure divided by that of another. */
  compare(name: TargetName, ours: string, theirs: string): void {
    this.judge(name, this.median(ours) / this.median(theirs));
  }

  get ratios(): { readonly [name: string]: Ratio } {
    return Object.fromEntries(this.#ratios);
  }

  get figures(): { readonly [name: string]: Figure } {
    return Object.fromEntries(
      [...this.#figures].map(([name, { unit, rounds }]) => {
        const value = rounded(median(rounds));
        return [name, rounds.length === 1 ? { value, unit } : { value, unit, rounds: rounds.map(rounded) }];
      }),
    );
  }
}
