/** What people have done with tasks: votes, comments, files, and to whom they gave them. */
import type { JsonObject } from "@holdfast/dsl";
import type { Queryable } from "../read/queryable.ts";

export interface SaidVote {
  readonly id: string;
  readonly outcome: string;
  readonly actor: string;
  readonly name: string | null;
  readonly onBehalfOf: string | null;
  readonly onBehalfOfName: string | null;
  /** What the form was sent with; null: a decision that came without any. */
  readonly data: JsonObject | null;
  readonly comment: string | null;
  readonly via: string;
  /** Milliseconds. */
  readonly at: number;
}

export interface SaidComment {
  readonly id: string;
  readonly actor: string;
  readonly name: string | null;
  readonly text: string;
  readonly at: number;
}

export interface AttachedFile {
  readonly id: string;
  readonly actor: string;
  readonly actorName: string | null;
  readonly name: string;
  readonly type: string;
  /** Bytes. */
  readonly size: number;
  readonly at: number;
}

export interface GivenTo {
  readonly from: string;
  readonly fromName: string;
  readonly to: string;
  readonly toName: string;
  readonly kind: "delegate" | "handOver";
  readonly reason: string | null;
  readonly at: number;
  readonly until: number | null;
}

export interface Talk {
  readonly votes: readonly SaidVote[];
  readonly comments: readonly SaidComment[];
  readonly files: readonly AttachedFile[];
  /** In force. */
  readonly delegations: readonly GivenTo[];
}

/** The name of the person behind `x.actor`, who is a person or holds a key. */
const NAME = `coalesce(
  (select p.name from holdfast.people p where x.actor = 'person:' || p.id),
  (select p.name from holdfast.api_keys k join holdfast.people p on p.id = k.person where x.actor = 'key:' || k.id))`;

/** By task, the oldest first; votes that were taken back are left out. */
export async function talkOf(database: Queryable, tasks: readonly string[]): Promise<ReadonlyMap<string, Talk>> {
  if (tasks.length === 0) return new Map();
  const { rows } = await database.query<Talk & { readonly id: string }>({
    name: "holdfast_task_talk",
    text: `
      select t.id,
        coalesce((
          select json_agg(json_build_object('id', x.id, 'outcome', x.outcome, 'actor', x.actor, 'name', ${NAME},
            'onBehalfOf', x.on_behalf_of, 'onBehalfOfName', (select p.name from holdfast.people p where p.id = x.on_behalf_of),
            'data', x.data, 'comment', x.comment, 'via', x.via, 'at', holdfast.ms(x.decided_at)) order by x.id)
          from holdfast.task_decisions x where x.task = t.id and x.taken_back_at is null), '[]') as votes,
        coalesce((
          select json_agg(json_build_object('id', x.id, 'actor', x.actor, 'name', ${NAME}, 'text', x.text,
            'at', holdfast.ms(x.at)) order by x.id)
          from holdfast.task_comments x where x.task = t.id), '[]') as comments,
        coalesce((
          select json_agg(json_build_object('id', x.id, 'actor', x.actor, 'actorName', ${NAME}, 'name', x.name,
            'type', x.type, 'size', x.size, 'at', holdfast.ms(x.at)) order by x.id)
          from holdfast.task_files x where x.task = t.id), '[]') as files,
        coalesce((
          select json_agg(json_build_object('from', g.from_person, 'fromName', a.name, 'to', g.to_person, 'toName', b.name,
            'kind', g.kind, 'reason', g.reason, 'at', holdfast.ms(g.at), 'until', holdfast.ms(g.until)) order by g.id)
          from holdfast.task_delegations g
          join holdfast.people a on a.id = g.from_person join holdfast.people b on b.id = g.to_person
          where g.task = t.id and g.ended_at is null and (g.until is null or g.until > holdfast.now())), '[]') as delegations
      from holdfast.tasks t where t.id = any($1::uuid[])`,
    values: [tasks],
  });
  return new Map(rows.map(({ id, ...talk }) => [id, talk]));
}
