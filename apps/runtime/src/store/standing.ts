/** What stands around tasks at a moment, read as one whole. */
import type { Queryable } from "../read/queryable.ts";
import type { Claim, CountedVote, DecidingPerson, Delegation, Standing } from "../tasks/standing.ts";

/** After so long a claim is as if there were none. */
export const CLAIM_HOURS = 8;

/** An SQL condition: the claim of `t` is in force. `now`: an expression that gives the time. */
export const claimedSql = (now: string): string => `t.claimed_at > ${now} - interval '${CLAIM_HOURS} hours'`;

/** Whoever decided one of the nodes of `t.not_deciders_of`: in its run, in a run whose loop body that is, or in one of its bodies. */
const EARLIER = `
  array(
    with recursive up as (
      select r.id, r.parent, r.body from holdfast.runs r where r.id = t.run
      union all
      select p.id, p.parent, p.body from up join holdfast.runs p on p.id = up.parent where up.body
    ), down as (
      select t.run as id
      union all
      select c.id from down join holdfast.runs c on c.parent = down.id and c.body
    )
    select unnest(array[substr(d.actor, 8), d.on_behalf_of::text])
    from holdfast.tasks e join holdfast.task_decisions d on d.task = e.id and d.taken_back_at is null
    where e.run in (select id from up union select id from down) and e.node = any(t.not_deciders_of) and e.id <> t.id)`;

interface StandingRow {
  readonly id: string;
  readonly delegations: readonly Delegation[];
  readonly votes: readonly CountedVote[];
  readonly earlier: readonly (string | null)[];
  readonly claimedBy: string | null;
  readonly claimedAt: number | null;
}

/** Around one task, as far as it is about one person. */
export async function standingOf(database: Queryable, task: string, person: string | undefined): Promise<Standing> {
  return (await standingsOf(database, [task], person ?? null)).get(task) ?? NOTHING;
}

const NOTHING: Standing = {
  people: new Map(),
  delegations: [],
  absences: [],
  earlier: new Set(),
  votes: [],
  claim: undefined,
};

/**
 * By task.
 * @param about A person: nobody is read but them and whoever has to do with what they may; `everybody`: all who are
 * enabled in the workspace.
 */
export async function standingsOf(
  database: Queryable,
  tasks: readonly string[],
  about: string | null | { readonly everybody: number },
): Promise<ReadonlyMap<string, Standing>> {
  if (tasks.length === 0) return new Map();
  const person = typeof about === "string" ? about : null;
  const everybody = typeof about === "object" && about !== null ? about.everybody : null;
  const { rows } = await database.query<StandingRow>({
    name: "holdfast_standings",
    text: `
      select t.id,
        coalesce((
          select json_agg(json_build_object('from', g.from_person, 'to', g.to_person, 'kind', g.kind) order by g.id)
          from holdfast.task_delegations g
          where g.task = t.id and g.ended_at is null and (g.until is null or g.until > now.at)), '[]') as delegations,
        coalesce((
          select json_agg(json_build_object('actor', d.actor, 'onBehalfOf', d.on_behalf_of, 'outcome', d.outcome) order by d.id)
          from holdfast.task_decisions d where d.task = t.id and d.taken_back_at is null), '[]') as votes,
        case when cardinality(t.not_deciders_of) = 0 then '{}' else ${EARLIER} end as earlier,
        case when ${claimedSql("now.at")} then t.claimed_by end as "claimedBy", holdfast.ms(t.claimed_at) as "claimedAt"
      from (select holdfast.now() as at offset 0) now, holdfast.tasks t where t.id = any($1::uuid[])`,
    values: [tasks],
  });
  const absences = await absencesOfNow(database, person, everybody);
  const people = await peopleById(database, everybody, [
    ...(person === null ? [] : [person]),
    ...absences.map((absence) => absence.person),
    ...rows.flatMap(({ delegations, claimedBy }) => [
      ...delegations.flatMap(({ from, to }) => [from, to]),
      ...(claimedBy === null ? [] : [claimedBy]),
    ]),
  ]);
  return new Map(
    rows.map(({ id, delegations, votes, earlier, claimedBy, claimedAt }) => {
      const claim: Claim | undefined =
        claimedBy === null || claimedAt === null ? undefined : { by: claimedBy, since: claimedAt };
      return [
        id,
        { people, delegations, absences, votes, claim, earlier: new Set(earlier.filter((one) => one !== null)) },
      ];
    }),
  );
}

async function absencesOfNow(
  database: Queryable,
  delegate: string | null,
  workspace: number | null,
): Promise<Standing["absences"]> {
  if (delegate === null && workspace === null) return [];
  const { rows } = await database.query<Standing["absences"][number]>({
    name: "holdfast_absences_of_now",
    text: `
      select a.person, a.delegate from holdfast.absences a, (select holdfast.now() as at offset 0) now
      where a.ended_at is null and a.from_at <= now.at and now.at < a.until_at
        and ($1::uuid is null or a.delegate = $1) and ($2::int is null or a.workspace = $2)
      order by a.id`,
    values: [delegate, workspace],
  });
  return rows;
}

/** Those who are enabled: of a workspace, or by id. */
async function peopleById(
  database: Queryable,
  workspace: number | null,
  ids: readonly string[],
): Promise<ReadonlyMap<string, DecidingPerson>> {
  const { rows } = await database.query<DecidingPerson>({
    name: "holdfast_deciding_people",
    text: `
      select p.id, p.name, p.email, p.roles, p.groups from holdfast.people p
      where p.disabled_at is null and (p.workspace = $1 or ($1 is null and p.id = any($2::uuid[])))
      order by lower(p.name), p.id`,
    values: [workspace, [...new Set(ids)]],
  });
  return new Map(rows.map((row) => [row.id, row]));
}
