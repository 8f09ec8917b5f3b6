/** The procedures over HTTP, for the pages of this very origin and nobody else. */
import type { AnyRouter } from "@trpc/server";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import type { Context } from "hono";
import { actorText } from "../actor/actor.ts";
import type { ApiEnvironment } from "../api/environment.ts";
import { parseJson, readJson } from "../api/read-json.ts";
import { Problem } from "../problem/problem.ts";
import type { Queryable } from "../read/queryable.ts";
import { findSession } from "../session/session-store.ts";
import type { SignedIn } from "../session/signed-in.ts";
import { visitOf } from "../session/visit.ts";
import type { RpcContext, RpcTools } from "./context.ts";
import { procedures } from "./procedures.ts";
import { appRouter } from "./router.ts";

export const RPC_PATH = "/rpc";

export interface RpcOptions extends RpcTools {
  /** Where people reach this Holdfast. */
  readonly publicUrl: URL | undefined;
  /** Bytes of a body at most. */
  readonly requestBytes: number | undefined;
  /** Absent: all procedures there are. */
  readonly router?: AnyRouter | undefined;
}

/** In demo mode: milliseconds that the time of the flows is ahead of the real one, so that pages count from it. */
const AHEAD_HEADER = "Holdfast-Ahead";

/** Calls in one request. */
const BATCH = 50;

const PATHS: ReadonlySet<string> = new Set(procedures.map(({ path }) => path));

/** @throws Problem 403 `other_origin`, or what `readJson` finds. */
export async function serveRpc(context: Context<ApiEnvironment>, options: RpcOptions): Promise<Response> {
  const procedure = context.req.path.slice(RPC_PATH.length + 1);
  context.set("route", PATHS.has(procedure) ? `${RPC_PATH}/${procedure}` : RPC_PATH);
  requireOwnOrigin(context, options.publicUrl);
  const request = await checkedRequest(context, options.requestBytes);
  const { publicUrl, requestBytes: _, router = appRouter, ...tools } = options;
  return fetchRequestHandler({
    endpoint: RPC_PATH,
    req: request,
    router,
    maxBatchSize: BATCH,
    createContext: async ({ resHeaders }): Promise<RpcContext> => {
      const visit = visitOf(context, publicUrl, (cookie) => resHeaders.append("Set-Cookie", cookie));
      const { token } = visit;
      const whoNow = async (): Promise<SignedIn | null> =>
        (token === undefined ? undefined : await findSession(tools.database, token)) ?? null;
      const principal = await whoNow();
      if (tools.demo !== undefined) resHeaders.set(AHEAD_HEADER, String(await aheadOf(tools.database)));
      if (principal !== null) context.set("actor", actorText(principal.actor));
      return { ...tools, principal, whoNow, requestId: context.get("requestId"), visit };
    },
    onError: ({ error, path }) => {
      if (error.code !== "INTERNAL_SERVER_ERROR") return;
      const requestId = context.get("requestId");
      options.logger.error({ err: error.cause ?? error, requestId, procedure: path }, "a procedure failed");
    },
  });
}

async function aheadOf(database: Queryable): Promise<number> {
  const found = await database.query<{ ahead: number }>({
    name: "holdfast_ahead",
    text: "select (extract(epoch from ahead) * 1000)::float8 as ahead from holdfast.clock",
  });
  return found.rows[0]?.ahead ?? 0;
}

/**
 * Browsers tell where a call comes from; those too old for it tell at least the origin of whatever changes something.
 * Only this origin's own pages may call: another site, and another port of this computer, come with the same cookie.
 */
function requireOwnOrigin(context: Context<ApiEnvironment>, publicUrl: URL | undefined): void {
  const { method } = context.req;
  if (method !== "GET" && method !== "POST") {
    throw new Problem(405, "method_not_allowed", "procedures are called with GET or POST");
  }
  const site = context.req.header("sec-fetch-site");
  const own =
    site === undefined
      ? isOwnOrigin(context, publicUrl)
      : site === "same-origin" || (site === "none" && method === "GET");
  if (own) return;
  throw new Problem(
    403,
    "other_origin",
    "procedures are for the pages of this origin; programs use /api/v1 with a key",
  );
}

/** From what browsers of any age tell. Reading needs no origin: no other site gets to see the answer. */
function isOwnOrigin(context: Context<ApiEnvironment>, publicUrl: URL | undefined): boolean {
  const origin = context.req.header("origin");
  if (origin === undefined) return context.req.method === "GET";
  if (origin === publicUrl?.origin) return true;
  return URL.canParse(origin) && new URL(origin).host === new URL(context.req.url).host;
}

/** Read by the rules of the API: limited in size and depth, JSON alone, no keys that could reach a prototype. */
async function checkedRequest(context: Context<ApiEnvironment>, limit: number | undefined): Promise<Request> {
  const { raw } = context.req;
  if (raw.method === "GET") {
    const input = context.req.query("input");
    if (input !== undefined) parseJson(input);
    return raw;
  }
  const body = await readJson(context.req, limit === undefined ? {} : { limit });
  // Also without a body: a form could not have sent this type.
  if (body === undefined && !/^application\/json/i.test(context.req.header("content-type") ?? "")) {
    throw new Problem(415, "not_json", "calls that change something are JSON");
  }
  const { headers, method, signal, url } = raw;
  return new Request(url, { headers, method, signal, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
}
