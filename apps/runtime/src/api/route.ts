/**
 * One route of the API: what it is called, who may call it, what it takes and gives, and what it does. A route without
 * an action cannot be written, so every one has its rule; and what the API's description says is what is checked.
 */
import type { RouteConfig, z } from "@hono/zod-openapi";
import { type NodeManifest, toPointer } from "@holdfast/dsl";
import type { Pool } from "pg";
import type { Principal, Resource } from "../access/principal.ts";
import type { Action } from "../access/rights.ts";
import type { Vault } from "../credentials/vault.ts";
import type { Authenticator } from "../keys/authenticate.ts";
import { Problem } from "../problem/problem.ts";
import type { Services } from "../services/services.ts";
import { isStorableText } from "../services/storable.ts";
import { issuesFrom } from "./problem-from.ts";
import { PROBLEM_TYPE, problemView } from "./problem-view.ts";

/** What routes work with. */
export interface RouteTools {
  readonly services: Services;
  readonly database: Pool;
  readonly nodeTypes: readonly NodeManifest[];
  readonly authenticator: Authenticator;
  /** Absent: this process stores no credentials. */
  readonly vault?: Vault | undefined;
  /** Takes secrets out of text that this process knows. */
  readonly scrub?: ((text: string) => string) | undefined;
}

export interface Ask<Params, Query, Body> {
  readonly principal: Principal;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** Aborts when the client goes away. */
  readonly signal: AbortSignal;
  readonly requestId: string;
  readonly tools: RouteTools;
}

export interface Answer {
  /** Absent: the status of `RouteSpec.gives`. */
  readonly status?: 200 | 201 | 202 | 204;
  /** Absent: no content. */
  readonly body?: object;
  /** Instead of a body: to be kept, never to be shown in place. */
  readonly file?: { readonly name: string; readonly type: string; readonly content: Buffer };
}

export interface RouteSpec<Params, Query, Body> {
  readonly method: "get" | "post" | "put" | "delete";
  /** Below `/api/v1`, as OpenAPI writes it: `/runs/{id}`. */
  readonly path: string;
  readonly action: Action;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly params?: z.ZodObject & z.ZodType<Params>;
  readonly query?: z.ZodObject & z.ZodType<Query>;
  /** Several shapes are one schema in the description; `schemaFor` picks the one to check, for telling problems. */
  readonly body?: {
    readonly schema: z.ZodType<Body>;
    readonly schemaFor?: (input: unknown) => z.ZodType<Body>;
    /** What an absent body stands for. */
    readonly absent?: unknown;
  };
  readonly gives: {
    readonly status: 200 | 201 | 202 | 204;
    readonly description: string;
    readonly schema?: z.ZodType;
    /** A file, not JSON. */
    readonly file?: true;
  };
  /** Whose it is, where the right depends on that. Absent: a thing of the caller's workspace. */
  readonly resource?: (ask: Ask<Params, Query, Body>) => Promise<Resource> | Resource;
  /** Only where demo mode moves time. */
  readonly demoOnly?: true;
  readonly handle: (ask: Ask<Params, Query, Body>) => Promise<Answer> | Answer;
}

/** What the router hands over: nothing has been checked yet. */
export interface RawAsk {
  readonly principal: Principal;
  readonly params: { readonly [name: string]: string };
  readonly query: { readonly [name: string]: string };
  /** Reads the body; called once the caller is known to have the right, where that does not depend on the body. */
  readonly readBody: () => Promise<unknown>;
  readonly signal: AbortSignal;
  readonly requestId: string;
  readonly tools: RouteTools;
}

/** A route as the router and its tests see it. */
export interface Route {
  readonly method: "get" | "post" | "put" | "delete";
  readonly path: string;
  readonly action: Action;
  readonly demoOnly: boolean;
  readonly description: RouteConfig;
  /**
   * @param check Throws if the caller may not; called before anything is done.
   */
  run(raw: RawAsk, check: (resource: Resource) => void): Promise<Required<Pick<Answer, "status">> & Answer>;
}

export function defineRoute<Params = object, Query = object, Body = undefined>(
  spec: RouteSpec<Params, Query, Body>,
): Route;
export function defineRoute(spec: RouteSpec<unknown, unknown, unknown>): Route {
  return {
    method: spec.method,
    path: spec.path,
    action: spec.action,
    demoOnly: spec.demoOnly === true,
    description: describe(spec),
    async run(raw, check) {
      if (spec.resource === undefined) check({ workspace: raw.principal.workspace });
      const { principal, signal, requestId, tools } = raw;
      refuseUnstorable(raw.params, "path_invalid");
      refuseUnstorable(raw.query, "query_invalid");
      const params = parse(spec.params, raw.params, "path_invalid", "the address does not fit");
      const query = parse(spec.query, raw.query, "query_invalid", "the query does not fit");
      const body = spec.body === undefined ? undefined : await parseBody(spec.body, raw.readBody);
      const ask = { principal, params, query, body, signal, requestId, tools };
      if (spec.resource !== undefined) check(await spec.resource(ask));
      return { status: spec.gives.status, ...(await spec.handle(ask)) };
    },
  };
}

/** No row can hold such a text, and asking the database about it fails. */
function refuseUnstorable(texts: { readonly [name: string]: string }, code: string): void {
  for (const [name, text] of Object.entries(texts)) {
    if (isStorableText(text)) continue;
    throw new Problem(400, code, `${JSON.stringify(name)} holds U+0000 or half a surrogate pair`, {
      pointer: toPointer([name]),
    });
  }
}

async function parseBody(
  spec: NonNullable<RouteSpec<unknown, unknown, unknown>["body"]>,
  read: () => Promise<unknown>,
): Promise<unknown> {
  const input = (await read()) ?? spec.absent;
  return parse(spec.schemaFor?.(input) ?? spec.schema, input, "body_invalid", "the body does not fit");
}

function parse(schema: z.ZodType | undefined, input: unknown, code: string, message: string): unknown {
  if (schema === undefined) return {};
  const result = schema.safeParse(input, { reportInput: true });
  if (result.success) return result.data;
  const issues = issuesFrom(result.error);
  const first = issues[0];
  throw new Problem(400, code, first === undefined ? message : `${message}: ${first.message}`, {
    ...(first === undefined ? {} : { pointer: first.pointer }),
    issues,
  });
}

const FILE = { type: "string", format: "binary" } as const;

const PROBLEM = { content: { [PROBLEM_TYPE]: { schema: problemView } } };

function describe(spec: RouteSpec<unknown, unknown, unknown>): RouteConfig {
  const { status, description, schema, file } = spec.gives;
  const content = {
    ...(schema === undefined ? {} : { "application/json": { schema } }),
    ...(file === undefined ? {} : { "application/octet-stream": { schema: FILE } }),
  };
  return {
    method: spec.method,
    path: `/api/v1${spec.path}`,
    operationId: operationId(spec.method, spec.path),
    tags: [spec.tag],
    summary: spec.summary,
    ...(spec.description === undefined ? {} : { description: spec.description }),
    security: [{ apiKey: [] }],
    request: {
      ...(spec.params === undefined ? {} : { params: spec.params }),
      ...(spec.query === undefined ? {} : { query: spec.query }),
      ...(spec.body === undefined
        ? {}
        : {
            body: {
              required: spec.body.absent === undefined,
              content: { "application/json": { schema: spec.body.schema } },
            },
          }),
    },
    responses: {
      [status]: { description, ...(Object.keys(content).length === 0 ? {} : { content }) },
      401: { description: "No valid key.", ...PROBLEM },
      403: { description: "The key's scopes or its person's roles do not allow it.", ...PROBLEM },
      default: { description: "What was wrong, where, and what would be right.", ...PROBLEM },
    },
  };
}

/** `get` and `/flows/{id}/versions/{version}` make `getFlowsIdVersionsVersion`. */
const operationId = (method: string, path: string): string =>
  method +
  path
    .split(/[^A-Za-z]+/)
    .filter((word) => word !== "")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
