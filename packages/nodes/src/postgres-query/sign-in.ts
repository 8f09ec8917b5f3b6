/** Whether a database takes a login: for trying a credential out. */
import { NodeFailure } from "../failure.ts";
import type { GuardedConnect } from "../outbound/guarded-socket.ts";
import { databaseAddress } from "./address.ts";
import { sqlError } from "./classify.ts";
import { PostgresSession } from "./session.ts";

/** Signs in as a query would, and asks nothing of the database. @throws NodeFailure */
export async function signInToPostgres(
  url: string,
  { connect, signal }: { readonly connect: GuardedConnect; readonly signal: AbortSignal },
): Promise<void> {
  try {
    const session = await PostgresSession.open(databaseAddress(url), { connect, signal });
    await session.close();
  } catch (error) {
    throw new NodeFailure(sqlError(error, { effect: "repeatable", signal, committing: false }), { cause: error });
  }
}
