/**
 * How people decide: how long it takes them, how often they want something else than a model proposed, and where work
 * piles up. By flow and by whom a task is for, never by person.
 */
import { carriesProposal } from "./ai-proposals.ts";
import { readVersions } from "./flow-versions.ts";
import type { Queryable } from "./queryable.ts";
import { iso } from "./time.ts";

export interface InsightsFilter {
  /** Days back from now. */
  readonly days: number;
  readonly flow?: string | undefined;
  /** IANA name: where days begin. */
  readonly timeZone: string;
}

/** Of decisions that stand. */
export interface DecisionFigures {
  readonly decided: number;
  /** Milliseconds from opening to decision; null: nothing was decided. */
  readonly median: number | null;
  readonly p90: number | null;
  /** Decisions whose task carried what a model proposed. */
  readonly proposals: number;
  /** Of these: other values than proposed, or another answer than the first. */
  readonly overruled: number;
}

/** Open tasks by their age. */
export interface OpenFigures {
  readonly day: number;
  readonly threeDays: number;
  readonly week: number;
  readonly older: number;
  /** Of all of them: past the time by which they should have been decided. */
  readonly overdue: number;
}

export interface ForWhom {
  readonly kind: "role" | "group" | "people" | "everybody";
  readonly name: string;
}

export interface Insights {
  readonly from: string;
  readonly to: string;
  readonly total: DecisionFigures;
  readonly byFlow: readonly (DecisionFigures & { readonly flow: string; readonly name: string })[];
  /** A task that is for two groups counts in both. */
  readonly byGroup: readonly (DecisionFigures & ForWhom)[];
  /** Days, or weeks where there are many; those without a decision are left out. */
  readonly trend: readonly { readonly at: string; readonly decided: number; readonly median: number | null }[];
  readonly step: "day" | "week";
  readonly open: {
    readonly total: OpenFigures;
    readonly byFlow: readonly (OpenFigures & { readonly flow: string; readonly name: string })[];
    readonly byGroup: readonly (OpenFigures & ForWhom)[];
  };
}

/** Longer times are told by weeks. */
const MOST_DAYS = 31;

export async function readInsights(database: Queryable, workspace: number, filter: InsightsFilter): Promise<Insights> {
  const { rows: times } = await database.query<{ from: number; to: number }>(
    "select holdfast.ms(holdfast.now() - $1 * interval '1 day') as from, holdfast.ms(holdfast.now()) as to",
    [filter.days],
  );
  const { from, to } = times[0] ?? { from: 0, to: 0 };
  const step = filter.days > MOST_DAYS ? "week" : "day";
  const asked: Asked = { workspace, from, to, flow: filter.flow ?? null };
  const [decided, decidedFor, open, openFor, names] = await Promise.all([
    decidedRows(database, asked, step, filter.timeZone),
    decidedForRows(database, asked),
    openRows(database, asked),
    openForRows(database, asked),
    flowNames(database, workspace),
  ]);
  const proposals = await tallied(database, decided.tallies);
  const proposalsFor = await tallied(database, decidedFor.tallies);
  const named = <Row extends { readonly flow: number }>(row: Row): Row & { flow: string; name: string } => {
    const { id, name } = names.get(row.flow) ?? { id: String(row.flow), name: String(row.flow) };
    return { ...row, flow: id, name };
  };
  return {
    from: iso(from),
    to: iso(to),
    total: { ...(decided.total ?? NO_TIMES), ...proposals(() => true) },
    byFlow: decided.byFlow.map((row) => ({ ...named(row), ...proposals(({ flow }) => flow === row.flow) })),
    byGroup: decidedFor.rows.map((row) => ({
      ...row,
      ...proposalsFor(({ kind, name }) => kind === row.kind && name === row.name),
    })),
    trend: decided.trend,
    step,
    open: {
      total: open.find(({ flow }) => flow === null)?.figures ?? NOTHING_OPEN,
      byFlow: open.flatMap(({ flow, figures }) => (flow === null ? [] : [named({ flow, ...figures })])),
      byGroup: openFor,
    },
  };
}

type Times = Pick<DecisionFigures, "decided" | "median" | "p90">;
type Proposals = Pick<DecisionFigures, "proposals" | "overruled">;

const NO_TIMES: Times = { decided: 0, median: null, p90: null };
const NOTHING_OPEN: OpenFigures = { day: 0, threeDays: 0, week: 0, older: 0, overdue: 0 };

interface Asked {
  readonly workspace: number;
  readonly from: number;
  readonly to: number;
  readonly flow: string | null;
}

/** Decisions about one question of one version, which carried a proposal or not. */
interface Tally {
  readonly version: number;
  readonly node: string;
  readonly flow: number;
  readonly kind: ForWhom["kind"];
  readonly name: string;
  readonly decided: number;
  /** With other values than the task came with, or another answer than the first. */
  readonly other: number;
}

/** $1 workspace, $2 from, $3 flow. By the index on decided tasks; a run is found by its key. */
const DECIDED = `
  select r.flow, r.flow_version, t.node, t.assign_to, t.closed_at,
         extract(epoch from t.closed_at - t.opened_at) * 1000 as took,
         d.proposal_diff <> '[]' or d.outcome <> t.outcomes[1] as other
    from holdfast.tasks t
    join holdfast.runs r on r.id = t.run
    join holdfast.task_decisions d on d.task = t.id and d.decides and d.taken_back_at is null
   where t.workspace = $1 and t.status = 'decided' and t.closed_at >= holdfast.at($2)
     and ($3::text is null or r.flow = (select ref from holdfast.flows where workspace = $1 and id = $3))`;

const TIMES = `
  count(*)::int as decided,
  percentile_cont(0.5) within group (order by took) as median,
  percentile_cont(0.9) within group (order by took) as p90`;

/** For whom a task is. */
const FOR_WHOM = `
  cross join lateral (
    select 'role' as kind, jsonb_array_elements_text(assign_to -> 'roles') as name
    union all select 'group', jsonb_array_elements_text(assign_to -> 'groups')
    union all select 'people', '' where jsonb_array_length(assign_to -> 'people') > 0
    union all select 'everybody', '' where coalesce(jsonb_array_length(assign_to -> 'roles'), 0)
      + coalesce(jsonb_array_length(assign_to -> 'groups'), 0) + coalesce(jsonb_array_length(assign_to -> 'people'), 0) = 0
  ) whom`;

/** Sums up, of the tallies that fit, those whose question carries what a model proposed. */
async function tallied(
  database: Queryable,
  tallies: readonly Tally[],
): Promise<(fits: (tally: Tally) => boolean) => Proposals> {
  const versions = await readVersions(
    database,
    tallies.map(({ version }) => version),
  );
  const known = new Map<string, boolean>();
  const carrying = tallies.filter(({ version, node }) => {
    const key = `${version} ${node}`;
    const read = versions.get(version);
    const carries = known.get(key) ?? (read !== undefined && carriesProposal(read, node));
    known.set(key, carries);
    return carries;
  });
  return (fits) => {
    const own = carrying.filter(fits);
    return {
      proposals: own.reduce((sum, { decided }) => sum + decided, 0),
      overruled: own.reduce((sum, { other }) => sum + other, 0),
    };
  };
}

async function decidedRows(
  database: Queryable,
  { workspace, from, flow }: Asked,
  step: Insights["step"],
  timeZone: string,
): Promise<{
  total: Times | undefined;
  byFlow: readonly (Times & { readonly flow: number })[];
  trend: Insights["trend"];
  tallies: readonly Tally[];
}> {
  type Row = Times & Tally & { readonly by: number | null; readonly at: number | null };
  const { rows } = await database.query<Row>(
    `with decided as materialized (select *, date_trunc($4, closed_at, $5) as bucket from (${DECIDED}) d)
     select flow, holdfast.ms(bucket) as at, grouping(flow, bucket) as by, null::int as version, null as node, ${TIMES},
            null::int as other
       from decided group by grouping sets ((), (flow), (bucket))
     union all
     select flow, null, null, flow_version, node, count(*)::int, null, null, count(*) filter (where other)::int
       from decided group by flow, flow_version, node
     order by decided desc, flow, at`,
    [workspace, from, flow, step, timeZone],
  );
  const total = rows.find(({ by }) => by === 3);
  return {
    total: total === undefined ? undefined : timesOf(total),
    byFlow: rows.filter(({ by }) => by === 1).map((row) => ({ flow: row.flow, ...timesOf(row) })),
    trend: rows
      .flatMap(({ by, at, decided, median }) => (by === 2 && at !== null ? [{ at, decided, median }] : []))
      .toSorted((a, b) => a.at - b.at)
      .map(({ at, ...row }) => ({ at: iso(at), ...row })),
    tallies: rows.filter(({ by }) => by === null),
  };
}

const timesOf = ({ decided, median, p90 }: Times): Times => ({ decided, median, p90 });

async function decidedForRows(
  database: Queryable,
  { workspace, from, flow }: Asked,
): Promise<{ readonly rows: readonly (Times & ForWhom)[]; readonly tallies: readonly Tally[] }> {
  const { rows } = await database.query<Times & Tally>(
    `with decided as materialized (select d.*, whom.kind, whom.name from (${DECIDED}) d ${FOR_WHOM})
     select kind, name, null::int as flow, null::int as version, null as node, ${TIMES}, null::int as other
       from decided group by kind, name
     union all
     select kind, name, flow, flow_version, node, count(*)::int, null, null, count(*) filter (where other)::int
       from decided group by kind, name, flow, flow_version, node
     order by decided desc, kind, name`,
    [workspace, from, flow],
  );
  return {
    rows: rows
      .filter(({ version }) => version === null)
      .map((row) => ({ kind: row.kind, name: row.name, ...timesOf(row) })),
    tallies: rows.filter(({ version }) => version !== null),
  };
}

/** $1 workspace, $2 flow, $3 now: asking the clock for every row would take longer than all the rest. */
const OPEN = `
  select r.flow, t.assign_to, holdfast.at($3) - t.opened_at as age,
         coalesce(t.due_at, t.expires_at) < holdfast.at($3) as overdue
    from holdfast.tasks t join holdfast.runs r on r.id = t.run
   where t.workspace = $1 and t.status = 'open'
     and ($2::text is null or r.flow = (select ref from holdfast.flows where workspace = $1 and id = $2))`;

const AGES = `
  count(*) filter (where age < interval '1 day')::int as day,
  count(*) filter (where age >= interval '1 day' and age < interval '3 days')::int as "threeDays",
  count(*) filter (where age >= interval '3 days' and age < interval '7 days')::int as week,
  count(*) filter (where age >= interval '7 days')::int as older,
  count(*) filter (where overdue)::int as overdue`;

async function openRows(
  database: Queryable,
  { workspace, flow, to }: Asked,
): Promise<readonly { readonly flow: number | null; readonly figures: OpenFigures }[]> {
  const { rows } = await database.query<OpenFigures & { flow: number | null }>(
    `select flow, ${AGES} from (${OPEN}) o group by grouping sets ((), (flow)) order by count(*) desc, flow`,
    [workspace, flow, to],
  );
  return rows.map(({ flow: ref, ...figures }) => ({ flow: ref, figures }));
}

async function openForRows(database: Queryable, { workspace, flow, to }: Asked): Promise<Insights["open"]["byGroup"]> {
  const { rows } = await database.query<OpenFigures & ForWhom>(
    `select kind, name, ${AGES} from (${OPEN}) o ${FOR_WHOM} group by kind, name order by count(*) desc, kind, name`,
    [workspace, flow, to],
  );
  return rows;
}

async function flowNames(
  database: Queryable,
  workspace: number,
): Promise<ReadonlyMap<number, { readonly id: string; readonly name: string }>> {
  const { rows } = await database.query<{ ref: number; id: string; name: string }>(
    `select f.ref, f.id, coalesce(
              (select v.name from holdfast.flow_versions v where v.flow = f.ref order by v.version = f.live_version desc nulls last, v.version desc limit 1),
              f.id) as name
       from holdfast.flows f where f.workspace = $1`,
    [workspace],
  );
  return new Map(rows.map(({ ref, id, name }) => [ref, { id, name }]));
}
