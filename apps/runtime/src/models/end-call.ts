/** Ends a call in the books: what was set aside for it is given back, and what it was counts as spent. */
import type { TokenCounts } from "@holdfast/nodes";
import type pg from "pg";
import { type Amount, moveAmounts } from "./counters.ts";

interface CallRow {
  readonly workspace: number;
  readonly flow: number;
  readonly ofRun: string;
  readonly day: string;
  readonly status: "reserved" | "settled" | "failed" | "lost";
  readonly modelAsked: string;
  readonly reserved: Amount;
  readonly most: TokenCounts;
  readonly mostCost: number | null;
  readonly cost: number | null;
  /** What it counts as by now. */
  readonly spent: Amount;
}

/** What a call was. */
export interface CallEnd extends TokenCounts {
  readonly status: "settled" | "failed" | "lost";
  readonly model: string | null;
  readonly cost: number | null;
}

/** The call, for as long as the transaction lasts. */
export async function lockCall(client: pg.PoolClient, id: string): Promise<CallRow | undefined> {
  const { rows } = await client.query<CallRow>({
    name: "holdfast_model_call_lock",
    text: `
      select workspace, flow, of_run as "ofRun", day::text, status, model_asked as "modelAsked", cost,
             reserved_cost as "mostCost",
             json_build_object('tokens', reserved_input + reserved_output, 'cost', coalesce(reserved_cost, 0)) as reserved,
             json_build_object('inputTokens', reserved_input, 'cachedInputTokens', 0, 'outputTokens', reserved_output) as most,
             json_build_object('tokens', coalesce(input_tokens + output_tokens, 0), 'cost', coalesce(cost, 0)) as spent
        from holdfast.model_calls where id = $1 for update`,
    values: [id],
  });
  return rows[0];
}

/** A lost one may be ended again: somebody did come back with its figures. */
export async function endCall(client: pg.PoolClient, id: string, call: CallRow, end: CallEnd): Promise<void> {
  await client.query({
    name: "holdfast_model_call_end",
    text: `
      update holdfast.model_calls
         set status = $2, model_answered = $3, input_tokens = $4, cached_tokens = $5, output_tokens = $6, cost = $7,
             ended_at = holdfast.now()
       where id = $1`,
    values: [id, end.status, end.model, end.inputTokens, end.cachedInputTokens, end.outputTokens, end.cost],
  });
  const isReserved = call.status === "reserved";
  await moveAmounts(client, call, {
    reserved: isReserved ? { tokens: -call.reserved.tokens, cost: -call.reserved.cost } : { tokens: 0, cost: 0 },
    spent: {
      tokens: end.inputTokens + end.outputTokens - call.spent.tokens,
      cost: (end.cost ?? 0) - call.spent.cost,
    },
  });
}
