/** Node types: what flows can be made of. */
import { jsonObjectField } from "@holdfast/dsl";
import type { NodeManifest } from "@holdfast/dsl";
import { z } from "zod";
import { authorized, router } from "./trpc.ts";

export const nodeTypesRouter = router({
  /** In the order of the palette. */
  list: authorized("nodeType.read").query(({ ctx }): readonly NodeManifest[] => ctx.nodeTypes),

  /** What an AI node answers to these params, which have no templates any more. Nothing is stored. */
  tryOut: authorized("draft.edit")
    .input(z.strictObject({ type: z.string().min(1).max(100), params: jsonObjectField }))
    .mutation(({ ctx, input, signal }) => ctx.services.tryOut(input, signal)),
});
