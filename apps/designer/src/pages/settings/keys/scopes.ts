import type { AppRouter } from "@holdfast/runtime/rpc";
import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";

export type Scope = inferRouterInputs<AppRouter>["keys"]["create"]["scopes"][number];
export type ApiKey = inferRouterOutputs<AppRouter>["keys"]["list"][number];

/** As the API names them; the compiler sees to it that none is made up. */
export const SCOPES = [
  "flows:read",
  "flows:write",
  "runs:read",
  "runs:start",
  "runs:operate",
  "events:read",
  "events:send",
  "tasks:read",
  "tasks:decide",
  "incidents:read",
  "incidents:resolve",
  "keys:manage",
  "credentials:read",
  "credentials:manage",
] as const satisfies readonly Scope[];

/** Days that a key may last. */
export const LASTING = [30, 90, 365] as const;

export type KeyState = "good" | "expired" | "revoked";

export function stateOf({ expiresAt, revokedAt }: ApiKey, now: Date): KeyState {
  if (revokedAt !== null) return "revoked";
  return expiresAt !== null && Date.parse(expiresAt) <= now.getTime() ? "expired" : "good";
}
