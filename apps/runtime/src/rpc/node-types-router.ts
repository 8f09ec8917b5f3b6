/** Node types: what flows can be made of. */
import { jsonObjectField } from "@holdfast/dsl";
import type { NodeManifest } from "@holdfast/dsl";
import { z } from "zod";
import { authorized, router } from "./trpc.ts";

export const nodeTypesRouter = router({
  /** In the order of the palette; after the newest of each the older versions that are installed. */
  list: authorized("nodeType.read").query(({ ctx }): readonly NodeManifest[] => ctx.nodeTypes),

  /** The params of nodes as the newest version of their type takes them. Nothing is stored: the draft is changed by whoever edits it. */
  migrate: authorized("draft.edit")
    .input(
      z.strictObject({
        type: z.string().min(1).max(100),
        from: z.int().min(1),
        params: z.record(z.string().max(1_000), jsonObjectField),
      }),
    )
    .mutation(({ ctx, input }) => ctx.services.migrateNodes(input)),

  /** What an AI node answers to these params, which have no templates any more. What it costs is noted, and nothing else. */
  tryOut: authorized("draft.edit")
    .input(
      z.strictObject({
        flow: z.string().min(1).max(100),
        node: z.string().min(1).max(100),
        type: z.string().min(1).max(100),
        params: jsonObjectField,
      }),
    )
    .mutation(({ ctx, input, signal }) => ctx.services.tryOut(ctx.principal, input, signal)),
});
