/** Steps whose node type was missing go on by themselves once it is back: nothing was sent, so nobody has to be asked. */
import type pg from "pg";
import type { Caller, Services } from "./services.ts";

export interface RetryMissing {
  readonly database: pg.Pool;
  readonly services: Pick<Services, "resolveIncident">;
  readonly has: (type: string, version: number) => boolean;
}

interface Missing {
  readonly id: string;
  readonly workspace: number;
  readonly type: string | null;
  readonly version: number | null;
}

export async function retryMissing({ database, services, has }: RetryMissing): Promise<void> {
  const { rows } = await database.query<Missing>(
    `select id, workspace, error #>> '{details,type}' as type, (error #>> '{details,version}')::int as version
     from holdfast.incidents where status = 'open' and kind = 'node_type_missing' order by id`,
  );
  for (const { id: incident, workspace, type, version } of rows) {
    if (type === null || version === null || !has(type, version)) continue;
    const caller: Caller = { workspace, actor: { kind: "system", id: "node-types" }, door: "system" };
    // A person, or another process, may have been quicker.
    await services.resolveIncident(caller, { incident, action: "retry" }).catch(() => undefined);
  }
}
