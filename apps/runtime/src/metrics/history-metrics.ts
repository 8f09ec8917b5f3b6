import { Counter, type Registry } from "prom-client";
import type { Forgotten } from "../retention/keep-history.ts";

/** What this process has forgotten because it was older than history is kept. */
export class HistoryMetrics {
  readonly #total: Counter<"of">;

  constructor(registry: Registry) {
    this.#total = new Counter({
      name: "holdfast_history_forgotten_total",
      help: "Ended runs and events that were forgotten after HOLDFAST_KEEP_HISTORY.",
      labelNames: ["of"],
      registers: [registry],
    });
    this.forgotten({ runs: 0, events: 0 });
  }

  forgotten({ runs, events }: Forgotten): void {
    this.#total.inc({ of: "runs" }, runs);
    this.#total.inc({ of: "events" }, events);
  }
}
