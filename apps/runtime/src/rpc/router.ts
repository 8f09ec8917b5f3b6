/** Every procedure that the pages call. */
import { sessionRouter } from "./session-router.ts";
import { router } from "./trpc.ts";

export const appRouter = router({
  session: sessionRouter,
});

export type AppRouter = typeof appRouter;
