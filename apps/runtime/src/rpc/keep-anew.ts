import { endSession } from "../session/session-store.ts";
import type { RpcContext } from "./context.ts";

/** Ends the session that came along, and keeps the new one. */
export async function keepAnew(
  { database, visit }: Pick<RpcContext, "database" | "visit">,
  token: string,
): Promise<void> {
  if (visit.token !== undefined) await endSession(database, visit.token);
  visit.keep(token);
}
