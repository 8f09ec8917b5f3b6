/** What a run's questions to language models took: all of them, and those of each node. Iterations of its loops count. */
import { CALL_SUMS, type CallSums, LOOKUP_SUMS, type LookupSums, modelFigures } from "./model-figures.ts";
import type { ModelFigures } from "./model-view.ts";
import type { Queryable } from "./queryable.ts";

/** Of a run, or of an iteration of a loop, which is a run of its own. */
const OF_RUN = (row: string): string => `(${row}.of_run = $1 or ${row}.run = $1)`;

/** Null: it asked none. */
export async function runModels(database: Queryable, run: string): Promise<ModelFigures | null> {
  const { rows } = await database.query<CallSums & LookupSums>({
    name: "holdfast_run_models",
    text: `
      select calls.*, looks.*
        from (select ${CALL_SUMS} from holdfast.model_calls c where ${OF_RUN("c")}) calls,
             (select ${LOOKUP_SUMS} from holdfast.model_lookups l where ${OF_RUN("l")}) looks`,
    values: [run],
  });
  const [row] = rows;
  return row === undefined || row.calls + row.looked === 0 ? null : modelFigures(row, row);
}

/** The answer of a node that was looked for in the cache. */
export interface NodeCache {
  readonly key: string;
  /** It was there. */
  readonly hit: boolean;
  /** How often it has been given by now, and asked for anew, in the whole workspace. */
  readonly given: number;
  readonly asked: number;
  /** Null: it is kept no more. */
  readonly expiresAt: number | null;
}

export interface NodeModels extends ModelFigures {
  /** As they were asked for. */
  readonly models: readonly string[];
  /** Calls under way. */
  readonly underWay: number;
  readonly cache: readonly NodeCache[];
}

/** Looks into the cache that are told of a node at most. */
const MOST_LOOKS = 20;

export async function nodeModels(
  database: Queryable,
  workspace: number,
  run: string,
): Promise<{ readonly [node: string]: NodeModels }> {
  const [calls, looks] = await Promise.all([
    database.query<CallSums & { node: string; models: string[]; underWay: number }>({
      name: "holdfast_node_models",
      text: `
        select c.node, ${CALL_SUMS}, count(*) filter (where c.status = 'reserved')::int as "underWay",
               array_agg(distinct c.model_asked) as models
          from holdfast.model_calls c where ${OF_RUN("c")} group by c.node`,
      values: [run],
    }),
    database.query<LookupSums & { node: string; cache: NodeCache[] }>({
      name: "holdfast_node_lookups",
      text: `
        select l.node, ${LOOKUP_SUMS},
               (array_agg(json_build_object(
                  'key', l.key, 'hit', l.hit, 'given', coalesce(a.hits, 0), 'asked', coalesce(a.misses, 0),
                  'expiresAt', case when a.expires_at > holdfast.now() then holdfast.ms(a.expires_at) end)
                order by l.at))[1:${MOST_LOOKS}] as cache
          from holdfast.model_lookups l
          left join holdfast.model_answers a on a.workspace = $2 and a.key = l.key
         where ${OF_RUN("l")} group by l.node`,
      values: [run, workspace],
    }),
  ]);
  const nodes = new Set([...calls.rows, ...looks.rows].map(({ node }) => node));
  return Object.fromEntries(
    [...nodes].map((node): [string, NodeModels] => {
      const called = calls.rows.find((row) => row.node === node);
      const looked = looks.rows.find((row) => row.node === node);
      const { models = [], underWay = 0 } = called ?? {};
      return [node, { ...modelFigures(called, looked), models, underWay, cache: looked?.cache ?? [] }];
    }),
  );
}
