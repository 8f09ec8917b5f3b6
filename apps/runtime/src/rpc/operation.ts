/** A procedure that changes runs: who calls it reads afterwards what came of it, and nobody gets what was read before. */
import type { Action } from "../access/rights.ts";
import { authorized } from "./trpc.ts";

// oxlint-disable-next-line typescript/explicit-module-boundary-types -- the type of a builder is inferred, or wrong
export const operation = (action: Action) =>
  authorized(action).use(async ({ ctx, next }) => {
    const result = await next();
    ctx.live.forgetReads();
    return result;
  });
