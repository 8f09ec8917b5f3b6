/** Who has given tasks to whom, and who is away. */
import type pg from "pg";

export interface NewDelegation {
  readonly id: string;
  readonly task: string;
  readonly from: string;
  readonly to: string;
  readonly kind: "delegate" | "handOver";
  /** Milliseconds. */
  readonly until: number | undefined;
  readonly reason: string | undefined;
}

export async function insertDelegation(client: pg.PoolClient, delegation: NewDelegation): Promise<void> {
  const { id, task, from, to, kind, until, reason } = delegation;
  await client.query({
    text: `
      with d as (
        insert into holdfast.task_delegations (id, task, from_person, to_person, kind, until, reason)
        values ($1, $2, $3, $4, $5, holdfast.at($6), $7)
      )
      update holdfast.tasks set changes = changes + 1 where id = $2`,
    values: [id, task, from, to, kind, until ?? null, reason ?? null],
  });
}

/** Those that somebody gave, or gave or got. @returns What they were. */
export async function endDelegations(
  client: pg.PoolClient,
  task: string,
  who: { readonly from: string } | { readonly either: string },
): Promise<readonly { from: string; to: string; kind: string }[]> {
  const [person, both] = "from" in who ? [who.from, false] : [who.either, true];
  const ended = await client.query<{ from: string; to: string; kind: string; live: boolean }>({
    text: `
      with t as (update holdfast.tasks set changes = changes + 1 where id = $1)
      update holdfast.task_delegations g set ended_at = holdfast.now()
      where g.task = $1 and g.ended_at is null and (g.from_person = $2 or ($3 and g.to_person = $2))
      returning g.from_person as from, g.to_person as to, g.kind, g.until is null or g.until > holdfast.now() as live`,
    values: [task, person, both],
  });
  return ended.rows.filter(({ live }) => live).map(({ from, to, kind }) => ({ from, to, kind }));
}
