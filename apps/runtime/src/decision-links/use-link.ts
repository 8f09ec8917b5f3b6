/** A link decides once: it is used up in the transaction of its decision. */
import type pg from "pg";
import { Problem } from "../problem/problem.ts";

/** @throws Problem 410 `link_used` or `link_expired`. */
export async function useLink(client: pg.PoolClient, hash: Buffer): Promise<void> {
  const used = await client.query(
    `update holdfast.decision_links set used_at = holdfast.now()
     where hash = $1 and used_at is null and expires_at > holdfast.now()`,
    [hash],
  );
  if (used.rowCount === 1) return;
  const { rows } = await client.query<{ used: boolean }>(
    "select used_at is not null as used from holdfast.decision_links where hash = $1",
    [hash],
  );
  if (rows[0]?.used === true) throw new Problem(410, "link_used", "This link has decided already; it does so once.");
  throw new Problem(410, "link_expired", "This link has expired.", { hint: "Decide it in the inbox." });
}

/** What it decided was taken back: it may decide again, as long as it is good. */
export async function restoreLink(client: pg.PoolClient, task: string, person: string): Promise<void> {
  await client.query("update holdfast.decision_links set used_at = null where task = $1 and person = $2", [
    task,
    person,
  ]);
}
