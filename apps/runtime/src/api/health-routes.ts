/** Health and metrics: what supervisors and scrapers ask of every process, whether or not it serves the API. */
import type { Hono } from "hono";
import { checkReadiness } from "../health/readiness.ts";
import type { Secret } from "../log/secret.ts";
import type { Metrics } from "../metrics/metrics.ts";
import { Problem } from "../problem/problem.ts";
import type { Queryable } from "../read/queryable.ts";
import type { ApiEnvironment } from "./environment.ts";
import { mayScrape } from "./may-scrape.ts";

export interface HealthOptions {
  readonly database: Queryable;
  /** Whether jobs are really being fetched. */
  readonly jobsFetched: () => Promise<boolean>;
  readonly metrics?: Metrics;
  /** What a scraper from elsewhere has to send as a bearer token; without one only this computer may scrape. */
  readonly metricsToken?: Secret | undefined;
}

export function addHealthRoutes(app: Hono<ApiEnvironment>, options: HealthOptions): void {
  const { database, jobsFetched, metrics, metricsToken } = options;
  app.get("/healthz", (context) => {
    context.set("route", "/healthz");
    return context.json({ status: "alive" });
  });
  app.get("/readyz", async (context) => {
    context.set("route", "/readyz");
    const readiness = await checkReadiness({ database, jobs: jobsFetched });
    return context.json({ status: readiness.ready ? "ready" : "not ready", ...readiness }, readiness.ready ? 200 : 503);
  });
  app.get("/metrics", async (context) => {
    context.set("route", "/metrics");
    if (metrics === undefined) throw new Problem(404, "route_not_found", "this process gives no metrics");
    if (!mayScrape(context, metricsToken)) {
      throw new Problem(401, "key_invalid", "metrics need the token of HOLDFAST_METRICS_TOKEN as a bearer token");
    }
    return context.body(await metrics.registry.metrics(), 200, { "Content-Type": metrics.registry.contentType });
  });
}
