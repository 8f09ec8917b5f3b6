/** What the procedures take and answer, as types. */
import type { AppRouter } from "@holdfast/runtime/rpc";
import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";

export type Outputs = inferRouterOutputs<AppRouter>;
export type Inputs = inferRouterInputs<AppRouter>;
export type RunRow = Outputs["runs"]["list"]["items"][number];
export type RunDetails = Outputs["runs"]["get"];
