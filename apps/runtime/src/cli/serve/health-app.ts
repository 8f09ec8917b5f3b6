import { Hono } from "hono";
import { answerProblem } from "../../api/answer-problem.ts";
import type { ApiEnvironment } from "../../api/environment.ts";
import { addHealthRoutes, type HealthOptions } from "../../api/health-routes.ts";
import { observe } from "../../api/observe.ts";
import { securityHeaders } from "../../api/security-headers.ts";
import type { Logger } from "../../log/logger.ts";
import { Problem } from "../../problem/problem.ts";

/** What a mere worker serves. */
export function healthApp(logger: Logger, health: HealthOptions): Hono<ApiEnvironment> {
  const app = new Hono<ApiEnvironment>();
  app.use(observe(logger, health.metrics?.http));
  app.use(securityHeaders);
  app.onError((error, context) => answerProblem(context, error, logger));
  app.notFound((context) =>
    answerProblem(
      context,
      new Problem(404, "route_not_found", "a worker serves /healthz, /readyz and /metrics"),
      logger,
    ),
  );
  addHealthRoutes(app, health);
  return app;
}
