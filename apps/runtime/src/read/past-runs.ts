/** What the last runs of a flow were given and gave: to tell how a condition would have gone. */
import type { Json, JsonObject } from "@holdfast/dsl";
import { refersToPayload } from "./payloads.ts";
import type { Queryable } from "./queryable.ts";

/** As expressions read it. What is larger than a sample may be is left out, as if it had not been reached. */
export interface PastRun {
  readonly input?: Json;
  readonly trigger: JsonObject;
  readonly nodes: { readonly [node: string]: Json };
  readonly ports: { readonly [node: string]: string };
}

/** Bytes of one value. */
const LARGEST = 8_192;

/** The last runs that nobody else's run has started, the newest first, with the outputs of these nodes. */
export async function pastRuns(
  database: Queryable,
  workspace: number,
  { flow, nodes, limit }: { readonly flow: string; readonly nodes: readonly string[]; readonly limit: number },
): Promise<readonly PastRun[]> {
  const result = await database.query<{
    input: Json;
    has_input: boolean;
    trigger: JsonObject;
    steps: readonly { readonly node: string; readonly port: string; readonly output: Json; readonly large: boolean }[];
  }>(
    `select r.trigger, octet_length(r.input::text) <= $5 as has_input,
            case when octet_length(r.input::text) <= $5 then r.input end as input,
            coalesce((
              select json_agg(json_build_object('node', s.node, 'port', s.port, 'large', s.large, 'output', s.output))
                from (select distinct on (node) node, port, coalesce(octet_length(output::text) > $5, false) as large,
                             case when octet_length(output::text) <= $5 then output end as output
                        from holdfast.steps
                       where run = r.id and node = any($3) and status = 'completed' and call in ('main', 'repair')
                       order by node, seq desc) s
            ), '[]') as steps
       from (select * from holdfast.runs
              where workspace = $1 and parent is null
                and flow = (select ref from holdfast.flows where workspace = $1 and id = $2)
              order by id desc limit $4) r
      order by r.id desc`,
    [workspace, flow, nodes, limit, LARGEST],
  );
  return result.rows.map(({ input, has_input: hasInput, trigger, steps }): PastRun => {
    const known = steps.filter(({ large, output }) => !large && !refersToPayload(output));
    return {
      ...(hasInput && !refersToPayload(input) && { input }),
      trigger,
      nodes: Object.fromEntries(known.map(({ node, output }) => [node, output])),
      ports: Object.fromEntries(steps.map(({ node, port }) => [node, port])),
    };
  });
}
