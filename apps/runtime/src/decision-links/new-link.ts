/** A link for one person to one task. Its token is told once, in a mail; what is stored can't be turned back into it. */
import type { Queryable } from "../read/queryable.ts";
import { hashToken, newToken } from "../session/token.ts";

export interface LinkFor {
  readonly workspace: number;
  readonly person: string;
  readonly task: string;
}

/** Good for 72 hours, and not beyond the task's deadline. */
export async function newDecisionLink(database: Queryable, { workspace, person, task }: LinkFor): Promise<string> {
  const token = newToken();
  await database.query(
    `insert into holdfast.decision_links (hash, workspace, person, task, created_at, expires_at)
     select $1, $2, $3, t.id, now.at, least(now.at + interval '72 hours', t.expires_at)
     from holdfast.tasks t, (select holdfast.now() as at offset 0) now where t.id = $4 and t.workspace = $2`,
    [hashToken(token), workspace, person, task],
  );
  return token;
}
