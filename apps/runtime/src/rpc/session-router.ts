/** Who is here. Open to everybody, since this is how one signs in. */
import { publicProcedure, router } from "./trpc.ts";

export const sessionRouter = router({
  current: publicProcedure.query(({ ctx }) => ({ person: ctx.principal?.person ?? null })),
});
