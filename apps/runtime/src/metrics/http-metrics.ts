import { Counter, Histogram, type Registry } from "prom-client";

/** How requests went, by route. Routes are templates, so that ids don't make series. */
export class HttpMetrics {
  readonly #seconds: Histogram<"method" | "route" | "status">;
  readonly #total: Counter<"method" | "route" | "status">;

  constructor(registry: Registry) {
    const labelNames = ["method", "route", "status"] as const;
    this.#seconds = new Histogram({
      name: "holdfast_http_request_seconds",
      help: "How long requests took.",
      labelNames,
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60],
      registers: [registry],
    });
    this.#total = new Counter({
      name: "holdfast_http_requests_total",
      help: "How many requests were answered.",
      labelNames,
      registers: [registry],
    });
  }

  observe(method: string, route: string, status: number, seconds: number): void {
    // Classes of status keep the number of series small; the log has the exact one.
    const labels = { method, route, status: `${Math.floor(status / 100)}xx` };
    this.#seconds.observe(labels, seconds);
    this.#total.inc(labels);
  }
}
