/** What asking language models took in the last days: by flow, node, model and day, against budgets, with top-ups. */
import { CALL_SUMS, type CallSums, LOOKUP_SUMS, type LookupSums, modelFigures } from "./model-figures.ts";
import type { ModelUseView } from "./model-view.ts";
import { readModelBudgets, readTopUps } from "./model-budgets.ts";
import { readVersions, type ReadVersion } from "./flow-versions.ts";
import type { Queryable } from "./queryable.ts";
import { iso } from "./time.ts";
import { toDollars } from "../models/money.ts";

export interface ModelUseFilter {
  /** Days back from now. */
  readonly days: number;
  readonly flow?: string | undefined;
  /** IANA name: where days begin. */
  readonly timeZone: string;
}

interface Asked {
  readonly workspace: number;
  readonly from: number;
  /** `flows.ref`; null: all. */
  readonly flow: number | null;
  readonly timeZone: string;
}

/** Nodes that are told of at most, the dearest first. */
const MOST_NODES = 30;

/** Undefined: there is no such flow. */
export async function readModelUse(
  database: Queryable,
  workspace: number,
  { days, flow, timeZone }: ModelUseFilter,
): Promise<ModelUseView | undefined> {
  const { rows } = await database.query<{ from: number; to: number; flow: number | null }>(
    `select holdfast.ms(holdfast.now() - $1 * interval '1 day') as from, holdfast.ms(holdfast.now()) as to,
            (select ref from holdfast.flows where workspace = $2 and id = $3) as flow`,
    [days, workspace, flow ?? null],
  );
  const { from, to, flow: ref } = rows[0] ?? { from: 0, to: 0, flow: null };
  if (flow !== undefined && ref === null) return undefined;
  const asked: Asked = { workspace, from, flow: ref, timeZone };
  const [calls, lookups] = await Promise.all([callRows(database, asked), lookupRows(database, asked)]);
  const flows = await flowsOf(
    database,
    [...calls, ...lookups].map((row) => row.flow).concat(ref === null ? [] : [ref]),
  );
  const version = ref === null ? undefined : flows.get(ref)?.version;
  const of = (kind: Kind) => figuresOf(kind, calls, lookups);
  const nameOf = (flowRef: number | null): string => flows.get(flowRef ?? 0)?.version?.name ?? idOf(flowRef);
  const idOf = (flowRef: number | null): string => flows.get(flowRef ?? 0)?.id ?? String(flowRef);
  return {
    from: iso(from),
    to: iso(to),
    total: of("total")[0]?.figures ?? modelFigures(),
    byFlow: of("flow").map(({ row, figures }) => ({ flow: idOf(row.flow), name: nameOf(row.flow), ...figures })),
    byNode: of("node")
      .slice(0, MOST_NODES)
      .map(({ row: { flow: flowRef, node }, figures }) => {
        const id = node ?? "";
        const name = flows.get(flowRef ?? 0)?.version?.nodeName(id) ?? id;
        return { node: id, name, flow: idOf(flowRef), ...figures };
      }),
    byModel: of("model").map(({ row, figures }) => ({ model: row.model ?? "", ...figures })),
    trend: trendOf(calls),
    budgets: version === undefined || ref === null ? [] : await readModelBudgets(database, ref, version),
    topUps: await readTopUps(database, asked),
  };
}

const KINDS = { total: 15, flow: 7, node: 3, model: 13, day: 14 } as const;
type Kind = keyof typeof KINDS;

/** What a row is of: `kind` as Postgres groups it; what it is not of is null. */
interface Of {
  readonly kind: number;
  readonly flow: number | null;
  readonly node: string | null;
}
type CallRow = CallSums & Of & { readonly model: string | null; readonly day: string | null };
type LookupRow = LookupSums & Of;

async function callRows(database: Queryable, { workspace, from, flow, timeZone }: Asked): Promise<readonly CallRow[]> {
  const { rows } = await database.query<CallRow>(
    `with calls as (
       select c.*, c.model_asked as model, (c.at at time zone $4)::date::text as local_day
         from holdfast.model_calls c
        where c.workspace = $1 and c.at >= holdfast.at($2) and ($3::int is null or c.flow = $3))
     select grouping(c.flow, c.node, c.model, c.local_day) as kind, c.flow, c.node, c.model, c.local_day as day, ${CALL_SUMS}
       from calls c
      group by grouping sets ((), (c.flow), (c.flow, c.node), (c.model), (c.local_day))`,
    [workspace, from, flow, timeZone],
  );
  return rows;
}

async function lookupRows(database: Queryable, { workspace, from, flow }: Asked): Promise<readonly LookupRow[]> {
  const { rows } = await database.query<LookupRow>(
    `select grouping(l.flow, l.node) * 4 + 3 as kind, l.flow, l.node, ${LOOKUP_SUMS}
       from holdfast.model_lookups l
      where l.workspace = $1 and l.at >= holdfast.at($2) and ($3::int is null or l.flow = $3)
      group by grouping sets ((), (l.flow), (l.flow, l.node))`,
    [workspace, from, flow],
  );
  return rows;
}

/** The dearest first. One that was only answered from the cache has no calls. */
function figuresOf(
  kind: Kind,
  calls: readonly CallRow[],
  lookups: readonly LookupRow[],
): readonly {
  readonly row: Of & { readonly model?: string | null };
  readonly figures: ReturnType<typeof modelFigures>;
}[] {
  const called = calls.filter((row) => row.kind === KINDS[kind]);
  const looked = lookups.filter((row) => row.kind === KINDS[kind]);
  const same = (a: Of, b: Of): boolean => a.flow === b.flow && a.node === b.node;
  const onlyLooked = looked.filter((row) => !called.some((other) => same(other, row)));
  return [
    ...called.map((row) => ({
      row,
      figures: modelFigures(
        row,
        looked.find((other) => same(other, row)),
      ),
    })),
    ...onlyLooked.map((row) => ({ row, figures: modelFigures(undefined, row) })),
  ].toSorted((a, b) => (b.figures.costUsd ?? 0) - (a.figures.costUsd ?? 0) || b.figures.tokens - a.figures.tokens);
}

const trendOf = (calls: readonly CallRow[]): ModelUseView["trend"] =>
  calls
    .flatMap(({ kind, day, cost, input, output, calls: count }) =>
      kind === KINDS.day && day !== null
        ? [{ day, costUsd: toDollars(cost ?? 0), tokens: input + output, calls: count }]
        : [],
    )
    .toSorted((a, b) => a.day.localeCompare(b.day));

interface NamedFlow {
  readonly id: string;
  /** The live one, else the newest. */
  readonly version: ReadVersion | undefined;
}

async function flowsOf(database: Queryable, refs: readonly (number | null)[]): Promise<ReadonlyMap<number, NamedFlow>> {
  const { rows } = await database.query<{ ref: number; id: string; version: number | null }>(
    `select f.ref, f.id, (select v.ref from holdfast.flow_versions v where v.flow = f.ref
                           order by v.version = f.live_version desc nulls last, v.version desc limit 1) as version
       from holdfast.flows f where f.ref = any($1::int[])`,
    [refs.filter((ref) => ref !== null)],
  );
  const versions = await readVersions(
    database,
    rows.flatMap(({ version }) => (version === null ? [] : [version])),
  );
  return new Map(rows.map(({ ref, id, version }) => [ref, { id, version: versions.get(version ?? 0) }]));
}
