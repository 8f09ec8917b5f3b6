/** The sessions of one person, as that person sees and ends them. */
import type { Pool } from "pg";
import { noteOperation } from "../audit/note-operation.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Queryable } from "../read/queryable.ts";
import type { SignedIn } from "./signed-in.ts";
import { hashToken } from "./token.ts";

export interface OwnSession {
  readonly id: string;
  readonly way: "password" | "provider" | "link";
  /** What the browser called itself. */
  readonly agent: string | null;
  readonly address: string | null;
  readonly createdAt: string;
  /** Noted about once a minute. */
  readonly seenAt: string;
  /** Whether it is the one that asks. */
  readonly current: boolean;
}

const OPEN = "ended_at is null and expires_at > clock_timestamp() and seen_at > clock_timestamp() - interval '8 hours'";

/** Those that are open, the one used last first. */
export async function listOwnSessions(
  database: Queryable,
  me: SignedIn,
  token: string,
): Promise<readonly OwnSession[]> {
  const { rows } = await database.query<Omit<OwnSession, "createdAt" | "seenAt"> & { createdAt: Date; seenAt: Date }>(
    `select id, way, agent, address, created_at as "createdAt", seen_at as "seenAt", hash = $3 as current
       from holdfast.sessions where person = $1 and workspace = $2 and ${OPEN} order by hash = $3 desc, seen_at desc`,
    [me.person.id, me.workspace, hashToken(token)],
  );
  return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString(), seenAt: row.seenAt.toISOString() }));
}

/**
 * Ends one of them, or all but the one that asks.
 * @returns How many have ended.
 */
export async function endOwnSessions(
  database: Pool,
  me: SignedIn,
  which: { readonly id: string } | { readonly except: string },
): Promise<number> {
  return inTransaction(database, async (client) => {
    const { rowCount } = await client.query(
      `update holdfast.sessions set ended_at = clock_timestamp()
        where person = $1 and workspace = $2 and ended_at is null
          and case when $3::uuid is null then hash <> $4 else id = $3 end`,
      [me.person.id, me.workspace, "id" in which ? which.id : null, "except" in which ? hashToken(which.except) : null],
    );
    const ended = rowCount ?? 0;
    if (ended > 0) {
      await noteOperation(client, me, {
        action: "person.endSessions",
        target: `person:${me.person.id}`,
        after: { ended },
      });
    }
    return ended;
  });
}
