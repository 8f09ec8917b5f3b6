/** Gives each request an id, and tells log and metrics how it went. */
import type { MiddlewareHandler } from "hono";
import { uuid7 } from "../ids/uuid7.ts";
import type { Logger } from "../log/logger.ts";
import type { HttpMetrics } from "../metrics/http-metrics.ts";
import type { ApiEnvironment } from "./environment.ts";

/** An id that the caller gives is taken over if it can't do harm in a log. */
const REQUEST_ID = /^[\w.:-]{1,100}$/;

export function observe(logger: Logger, metrics: HttpMetrics | undefined): MiddlewareHandler<ApiEnvironment> {
  return async (context, next) => {
    const began = performance.now();
    const offered = context.req.header("x-request-id");
    const requestId = offered !== undefined && REQUEST_ID.test(offered) ? offered : uuid7();
    context.set("requestId", requestId);
    await next();
    context.res.headers.set("X-Request-Id", requestId);

    const { status } = context.res;
    const ms = performance.now() - began;
    const route = context.get("route") ?? "none";
    metrics?.observe(context.req.method, route, status, ms / 1_000);
    const level = levelOf(status);
    if (!logger.isLevelEnabled(level)) return;
    const { method } = context.req;
    const actor = context.get("actor");
    logger[level]({ requestId, method, route, status, ms: Math.round(ms * 10) / 10, actor }, "request");
  };
}

/** What went well is for whoever looks closely: at thousands of requests a second it would be all there is. */
function levelOf(status: number): "error" | "info" | "debug" {
  if (status >= 500) return "error";
  return status >= 400 ? "info" : "debug";
}
