/**
 * The outside interface as one app: the routes of `/api/v1`, its description, health, metrics, and the designer with
 * its procedures. It holds no state beyond the cache of keys and listens nowhere by itself.
 */
import type { NodeManifest } from "@holdfast/dsl";
import type { AnyRouter } from "@trpc/server";
import { Hono, type Context } from "hono";
import type { Pool } from "pg";
import { actorText } from "../actor/actor.ts";
import { DesignerFiles } from "../app/designer-files.ts";
import { serveApp } from "../app/serve-app.ts";
import { authorize } from "../access/authorize.ts";
import { Authenticator } from "../keys/authenticate.ts";
import { findKey, touchKey } from "../keys/key-store.ts";
import { Live } from "../live/live.ts";
import type { Logger } from "../log/logger.ts";
import { Problem } from "../problem/problem.ts";
import type { DemoMode, RpcTools } from "../rpc/context.ts";
import { RPC_PATH, serveRpc } from "../rpc/serve-rpc.ts";
import { comeBack } from "../provider/come-back.ts";
import { RETURN_PATH } from "../provider/open-id-provider.ts";
import type { Services } from "../services/services.ts";
import { answerProblem } from "./answer-problem.ts";
import type { ApiEnvironment } from "./environment.ts";
import { addHealthRoutes, type HealthOptions } from "./health-routes.ts";
import { observe } from "./observe.ts";
import { sendFile } from "./send-file.ts";
import { describeApi } from "./openapi.ts";
import { readJson } from "./read-json.ts";
import type { Route, RouteTools } from "./route.ts";
import { routes as allRoutes } from "./routes.ts";
import { securityHeaders } from "./security-headers.ts";

export interface ApiOptions extends HealthOptions {
  readonly services: Services;
  readonly database: Pool;
  readonly nodeTypes: readonly NodeManifest[];
  readonly logger: Logger;
  readonly version: string;
  readonly demo?: DemoMode | undefined;
  /** Absent: there is no mail server. */
  readonly sendMail?: RpcTools["sendMail"];
  readonly provider?: RpcTools["provider"];
  readonly vault?: RpcTools["vault"];
  /** Takes secrets out of text that this process knows. */
  readonly scrub?: (text: string) => string;
  /** The procedures of the pages; absent: all there are. */
  readonly router?: AnyRouter | undefined;
  /** Where people reach this Holdfast, where a proxy stands before it. */
  readonly publicUrl?: URL | undefined;
  /** Wall clock for the expiry of keys, milliseconds since the epoch. */
  readonly now?: () => number;
  /** Bytes of a body at most. */
  readonly requestBytes?: number;
  /** Live views of this process; absent: they know only what happens through this app, and look for the rest. */
  readonly live?: Live;
}

export function createApi(options: ApiOptions): Hono<ApiEnvironment> {
  const { services, database, nodeTypes, logger, metrics, now = Date.now } = options;
  const authenticator = new Authenticator({
    find: (id) => findKey(database, id),
    touch: (id) => {
      touchKey(database, id).catch((error: unknown) => logger.warn({ err: error }, "last use of a key not noted"));
    },
    now,
  });
  const tools: RouteTools = {
    services,
    database,
    nodeTypes,
    authenticator,
    scrub: options.scrub,
    vault: options.vault,
  };
  const routes = allRoutes.filter((route) => !route.demoOnly || options.demo !== undefined);
  const app = new Hono<ApiEnvironment>();

  app.use(observe(logger, metrics?.http));
  app.use(securityHeaders);
  app.onError((error, context) => answerProblem(context, error, logger));
  const files = new DesignerFiles();
  app.notFound(
    async (context) =>
      (READING.has(context.req.method) ? await serveApp(context, files, options.publicUrl) : undefined) ??
      answerProblem(context, noSuchRoute(routes, context), logger),
  );

  for (const route of routes) {
    app.on(route.method.toUpperCase(), honoPath(route), (context) =>
      answer(context, route, tools, options.requestBytes),
    );
  }

  let description: string | undefined;
  app.get("/api/v1/openapi.json", (context) => {
    context.set("route", "/api/v1/openapi.json");
    description ??= JSON.stringify(describeApi(routes, options.version));
    return context.body(description, 200, { "Content-Type": "application/json" });
  });

  addHealthRoutes(app, options);

  const { demo, provider, publicUrl, requestBytes, router, version, live = ownLive(options) } = options;
  if (provider !== undefined) {
    app.get(RETURN_PATH, (context) => comeBack(context, { database, logger, provider, publicUrl }));
  }
  app.all(`${RPC_PATH}/*`, (context) =>
    serveRpc(context, {
      services,
      database,
      nodeTypes,
      authenticator,
      logger,
      version,
      demo,
      publicUrl,
      requestBytes,
      router,
      sendMail: options.sendMail,
      scrub: options.scrub,
      provider,
      vault: options.vault,
      live,
    }),
  );
  return app;
}

function ownLive({ database, logger }: ApiOptions): Live {
  const live: Live = new Live({ database, workerId: 0, log: logger, tell: (text) => live.told(text) });
  return live;
}

const READING: ReadonlySet<string> = new Set(["GET", "HEAD"]);

const honoPath = (route: Route): string => `/api/v1${route.path.replaceAll(/\{(\w+)\}/g, ":$1")}`;

async function answer(
  context: Context<ApiEnvironment>,
  route: Route,
  tools: RouteTools,
  limit: number | undefined,
): Promise<Response> {
  context.set("route", `/api/v1${route.path}`);
  const principal = await tools.authenticator.authenticate(context.req.header("authorization"));
  context.set("actor", actorText(principal.actor));
  const { status, body, file } = await route.run(
    {
      principal,
      params: context.req.param(),
      query: singleValues(context),
      readBody: () => readJson(context.req, limit === undefined ? {} : { limit }),
      signal: context.req.raw.signal,
      requestId: context.get("requestId"),
      tools,
    },
    (resource) => authorize(principal, route.action, resource),
  );
  if (file !== undefined) return sendFile(context, file);
  return body === undefined ? context.body(null, status) : context.json(body, status === 204 ? 200 : status);
}

/** @throws Problem 400 if a parameter is told more than once: which one counts would be a guess. */
function singleValues(context: Context<ApiEnvironment>): { readonly [name: string]: string } {
  if (!context.req.url.includes("?")) return {};
  const single = Object.entries(context.req.queries()).map(([name, values]): readonly [string, string] => {
    const [value, second] = values;
    if (value !== undefined && second === undefined) return [name, value];
    throw new Problem(400, "query_invalid", `${JSON.stringify(name)} is told more than once`, { pointer: `/${name}` });
  });
  return Object.fromEntries(single);
}

function noSuchRoute(routes: readonly Route[], context: Context<ApiEnvironment>): Problem {
  const { path, method } = context.req;
  const allowed = routes
    .filter((route) => new RegExp(`^/api/v1${route.path.replaceAll(/\{\w+\}/g, "[^/]+")}$`).test(path))
    .map((route) => route.method.toUpperCase());
  if (allowed.length === 0) {
    return new Problem(404, "route_not_found", `there is nothing at ${path}`, {
      hint: "/api/v1/openapi.json lists what there is",
    });
  }
  context.header("Allow", allowed.join(", "));
  return new Problem(405, "method_not_allowed", `${method} is not possible here, only ${allowed.join(", ")}`);
}
