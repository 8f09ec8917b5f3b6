/** How the installation is. */
import { readHealth } from "../read/health.ts";
import { authorized, router } from "./trpc.ts";

export const healthRouter = router({
  get: authorized("health.read").query(async ({ ctx }) => ({
    ...(await readHealth(ctx.database)),
    version: ctx.version,
    viewers: ctx.live.viewers,
  })),
});
