/** What the procedures answer, as types. */
import type { AppRouter } from "@holdfast/runtime/rpc";
import type { inferRouterOutputs } from "@trpc/server";

export type Outputs = inferRouterOutputs<AppRouter>;
export type RunRow = Outputs["runs"]["list"]["items"][number];
export type RunDetails = Outputs["runs"]["get"];
