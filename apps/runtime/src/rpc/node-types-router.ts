/** Node types: what flows can be made of. */
import type { NodeManifest } from "@holdfast/dsl";
import { authorized, router } from "./trpc.ts";

export const nodeTypesRouter = router({
  /** In the order of the palette. */
  list: authorized("nodeType.read").query(({ ctx }): readonly NodeManifest[] => ctx.nodeTypes),
});
