/** Every procedure as it stands in the router, with the action it declares. */
import type { AnyRouter } from "@trpc/server";
import { z } from "zod";
import { isAction, type Action } from "../access/rights.ts";
import { appRouter } from "./router.ts";

export interface Procedure {
  /** `runs.list`. */
  readonly path: string;
  readonly type: "query" | "mutation" | "subscription";
  /** Absent: open to everybody. */
  readonly action: Action | undefined;
}

const definition = z.object({
  type: z.enum(["query", "mutation", "subscription"]),
  meta: z.object({ action: z.string().refine(isAction) }).optional(),
});

const definitionOf = (procedure: unknown): unknown =>
  typeof procedure === "function" ? Reflect.get(procedure, "_def") : undefined;

const { _def }: AnyRouter = appRouter;

export const procedures: readonly Procedure[] = Object.entries(
  z.record(z.string(), z.unknown()).parse(_def.procedures),
).map(([path, procedure]) => {
  const { type, meta } = definition.parse(definitionOf(procedure));
  return { path, type, action: meta?.action };
});
