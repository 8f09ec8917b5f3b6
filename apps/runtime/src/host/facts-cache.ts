/**
 * What expressions read of other steps: outputs, ports and errors. Own results are put in as they are made; what is
 * not there is loaded from the checkpoints when an expression first needs it, and forgotten with the actor.
 */
import type pg from "pg";
import type { StepError } from "@holdfast/dsl";
import { loadResults, type StoredResult } from "../store/results.ts";

export class FactsCache {
  readonly #results = new Map<string, StoredResult | undefined>();

  /** A step of this run completed. */
  put(node: string, { port, output, offline }: Pick<StoredResult, "port" | "output" | "offline">): void {
    this.#results.set(node, { node, port, output, error: null, attempts: 0, offline });
  }

  /** An attempt of a step of this run failed. */
  putError(node: string, error: StepError, attempts: number): void {
    this.#results.set(node, { node, port: null, output: null, error, attempts, offline: false });
  }

  get(node: string): StoredResult | undefined {
    return this.#results.get(node);
  }

  /** Whether all are there; if not, `load` them first. */
  has(nodes: readonly string[]): boolean {
    return nodes.every((node) => this.#results.has(node));
  }

  async load(database: pg.Pool, runs: readonly string[], nodes: readonly string[]): Promise<void> {
    const missing = nodes.filter((node) => !this.#results.has(node));
    if (missing.length === 0) return;
    const found = await loadResults(database, runs, missing);
    for (const node of missing) this.#results.set(node, found.get(node));
  }
}
