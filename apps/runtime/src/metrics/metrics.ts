import { collectDefaultMetrics, Registry } from "prom-client";
import { HistoryMetrics } from "./history-metrics.ts";
import { HttpMetrics } from "./http-metrics.ts";

export interface Metrics {
  /** Other parts of the process add theirs here. */
  readonly registry: Registry;
  readonly http: HttpMetrics;
  readonly history: HistoryMetrics;
}

/** Figures of this process, for Prometheus. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return { registry, http: new HttpMetrics(registry), history: new HistoryMetrics(registry) };
}
