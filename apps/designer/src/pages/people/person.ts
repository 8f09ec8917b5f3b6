import type { AppRouter } from "@holdfast/runtime/rpc";
import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";

export type Person = inferRouterOutputs<AppRouter>["people"]["list"][number];
export type Role = inferRouterInputs<AppRouter>["people"]["invite"]["roles"][number];

/** In the order of their rights. */
export const ROLES = ["viewer", "analyst", "manager", "developer", "administrator"] as const satisfies readonly Role[];

/** "support, finance" → two groups. */
export function groupsFrom(text: string): readonly string[] {
  const names = text.split(",").map((name) => name.trim());
  return [...new Set(names.filter((name) => name !== ""))];
}
