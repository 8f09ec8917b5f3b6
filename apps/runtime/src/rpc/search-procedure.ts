/** One field that finds everything. */
import { z } from "zod";
import { search } from "../read/search.ts";
import { authorized } from "./trpc.ts";

export const searchProcedure = authorized("run.read")
  .input(z.strictObject({ q: z.string().trim().min(1).max(100) }))
  .query(({ ctx, input }) => search(ctx.database, ctx.principal.workspace, input.q));
