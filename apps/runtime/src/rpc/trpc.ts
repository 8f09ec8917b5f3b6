/**
 * The ground of all procedures. Each declares its action, and is denied to whoever has not the right to it, before
 * anything else is looked at. `publicProcedure` is for what belongs to signing in; everything else starts from
 * `authorized` or `authorizedFor`.
 */
// oxlint-disable typescript/explicit-module-boundary-types -- the types of builders can only be inferred
import { initTRPC, TRPCError } from "@trpc/server";
import type { z } from "zod";
import { authorize } from "../access/authorize.ts";
import type { Resource } from "../access/principal.ts";
import type { Action } from "../access/rights.ts";
import { viewProblem } from "../api/problem-view.ts";
import { Problem } from "../problem/problem.ts";
import type { SignedIn } from "../session/signed-in.ts";
import type { RpcContext } from "./context.ts";
import { errorFrom, problemOf } from "./error.ts";
import { isIterable, whileAllowed } from "./while-allowed.ts";

/** What is known of a procedure without calling it. */
export interface RpcMeta {
  /** Absent: open to everybody. */
  readonly action?: Action;
}

/** Milliseconds between two signs of life of a subscription. */
const PING_MS = 15_000;
/** Milliseconds after which a subscription is opened anew, also one that has had nothing to tell. */
const RENEW_MS = 300_000;

const t = initTRPC
  .context<RpcContext>()
  .meta<RpcMeta>()
  .create({
    isDev: false,
    sse: {
      maxDurationMs: RENEW_MS,
      ping: { enabled: true, intervalMs: PING_MS },
      client: { reconnectAfterInactivityMs: 3 * PING_MS },
    },
    errorFormatter: ({ shape, error, ctx }) => {
      const problem = problemOf(error);
      return {
        ...shape,
        message: problem.message,
        data: { ...shape.data, problem: viewProblem(problem, ctx?.requestId ?? "") },
      };
    },
  });

export const router = t.router;

const procedure = t.procedure.use(async ({ next, getRawInput }) => {
  const result = await next();
  if (!result.ok) throw errorFrom(result.error, await getRawInput());
  return result;
});

/** Open to everybody: for signing in, and nothing else. */
export const publicProcedure = procedure;

function signedIn(principal: SignedIn | null): SignedIn {
  if (principal !== null) return principal;
  throw new Problem(401, "not_signed_in", "sign in first");
}

/** A procedure about a thing of the caller's workspace. */
export const authorized = (action: Action) =>
  procedure.meta({ action }).use(async ({ ctx, next, type }) => {
    const principal = signedIn(ctx.principal);
    const { workspace } = principal;
    authorize(principal, action, { workspace });
    const result = await next({ ctx: { principal } });
    if (type !== "subscription" || !result.ok || !isIterable(result.data)) return result;
    const data = whileAllowed(result.data, async () => {
      authorize(signedIn(await ctx.whoNow()), action, { workspace });
    });
    return { ...result, data };
  });

/** A procedure whose right depends on whose the thing is that its input names. */
export const authorizedFor = <Schema extends z.ZodType>(
  action: Action,
  input: Schema,
  resourceOf: (ask: {
    readonly ctx: RpcContext & { readonly principal: SignedIn };
    readonly input: z.output<Schema>;
  }) => Promise<Resource> | Resource,
) =>
  procedure
    .meta({ action })
    .use(async ({ ctx, next, getRawInput }) => {
      const principal = signedIn(ctx.principal);
      const told = await input.safeParseAsync(await getRawInput());
      if (!told.success) throw new TRPCError({ code: "BAD_REQUEST", cause: told.error });
      authorize(principal, action, await resourceOf({ ctx: { ...ctx, principal }, input: told.data }));
      return next({ ctx: { principal } });
    })
    .input(input);
