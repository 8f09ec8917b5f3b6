/** Every procedure that the pages call. */
import { draftsRouter } from "./drafts-router.ts";
import { flowsRouter } from "./flows-router.ts";
import { sessionRouter } from "./session-router.ts";
import { router } from "./trpc.ts";

export const appRouter = router({
  drafts: draftsRouter,
  flows: flowsRouter,
  session: sessionRouter,
});

export type AppRouter = typeof appRouter;
