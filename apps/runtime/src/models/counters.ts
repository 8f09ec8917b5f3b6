/**
 * What runs, flows and their days have spent and set aside: a counter each.
 *
 * Whoever changes several of one call changes them in the order of `COUNTED`, so no two transactions wait for each other.
 */
import type { BudgetScope } from "@holdfast/nodes";
import type pg from "pg";
import type { Queryable } from "../read/queryable.ts";

/** Scopes with a counter. That of one call needs none. */
export const COUNTED = ["run", "flow", "day"] as const satisfies readonly BudgetScope[];
export type CountedScope = (typeof COUNTED)[number];

/** Tokens, and millionths of a US dollar. */
export interface Amount {
  readonly tokens: number;
  readonly cost: number;
}

/** Which counters a call stands in. */
export interface CountedCall {
  readonly workspace: number;
  readonly flow: number;
  readonly ofRun: string;
  /** As 2026-11-23. */
  readonly day: string;
}

export interface Standing {
  readonly reserved: Amount;
  readonly spent: Amount;
  readonly added: Amount;
}

const NONE: Amount = { tokens: 0, cost: 0 };
export const NOTHING_YET: Standing = { reserved: NONE, spent: NONE, added: NONE };

export function subjectOf(scope: CountedScope, { ofRun, day }: Pick<CountedCall, "ofRun" | "day">): string {
  if (scope === "flow") return "";
  return scope === "run" ? ofRun : day;
}

/** Makes the counters of a call that are not there yet. */
export async function openCounters(client: Queryable, call: CountedCall): Promise<void> {
  await client.query({
    name: "holdfast_model_counters_open",
    text: `
      insert into holdfast.model_budgets (workspace, flow, scope, subject)
      select $1, $2, c.scope, c.subject
        from unnest($3::text[], $4::text[]) with ordinality c (scope, subject, place)
       where not exists (select from holdfast.model_budgets b where b.flow = $2 and b.scope = c.scope and b.subject = c.subject)
       order by c.place
      on conflict do nothing`,
    values: [call.workspace, call.flow, COUNTED, COUNTED.map((scope) => subjectOf(scope, call))],
  });
}

/**
 * Sets an amount aside, if what is spent and set aside then stays within the cap; a cap that is absent holds nobody
 * back. @returns whether it was
 */
export async function setAside(
  client: Queryable,
  { call, scope, amount, cap }: { call: CountedCall; scope: CountedScope; amount: Amount; cap: Partial<Amount> },
): Promise<boolean> {
  const { rowCount } = await client.query({
    name: "holdfast_model_set_aside",
    text: `
      update holdfast.model_budgets
         set reserved_tokens = reserved_tokens + $4, reserved_cost = reserved_cost + $5
       where flow = $1 and scope = $2 and subject = $3
         and ($6::bigint is null or spent_tokens + reserved_tokens + $4 <= $6::bigint + added_tokens)
         and ($7::bigint is null or spent_cost + reserved_cost + $5 <= $7::bigint + added_cost)`,
    values: [
      call.flow,
      scope,
      subjectOf(scope, call),
      amount.tokens,
      amount.cost,
      cap.tokens ?? null,
      cap.cost ?? null,
    ],
  });
  return rowCount === 1;
}

/** Moves what a call stands for: less set aside, more (or less) spent. In all its counters, which are locked in their order. */
export async function moveAmounts(
  client: pg.PoolClient,
  call: CountedCall,
  { reserved, spent }: { readonly reserved: Amount; readonly spent: Amount },
): Promise<void> {
  await client.query({
    name: "holdfast_model_move_amounts",
    text: `
      with held as (
        select b.scope, b.subject
          from unnest($2::text[], $3::text[]) with ordinality c (scope, subject, place)
          join holdfast.model_budgets b on b.flow = $1 and b.scope = c.scope and b.subject = c.subject
         order by c.place for update of b)
      update holdfast.model_budgets b
         set reserved_tokens = reserved_tokens + $4, reserved_cost = reserved_cost + $5,
             spent_tokens = spent_tokens + $6, spent_cost = spent_cost + $7
        from held
       where b.flow = $1 and b.scope = held.scope and b.subject = held.subject`,
    values: [
      call.flow,
      COUNTED,
      COUNTED.map((scope) => subjectOf(scope, call)),
      reserved.tokens,
      reserved.cost,
      spent.tokens,
      spent.cost,
    ],
  });
}

/** Lets a scope have more. */
export async function addToCounter(
  client: Queryable,
  { call, scope, more }: { call: CountedCall; scope: CountedScope; more: Amount },
): Promise<void> {
  await client.query(
    `update holdfast.model_budgets set added_tokens = added_tokens + $4, added_cost = added_cost + $5
      where flow = $1 and scope = $2 and subject = $3`,
    [call.flow, scope, subjectOf(scope, call), more.tokens, more.cost],
  );
}

/** As it stands, for as long as the transaction lasts. */
export async function lockCounter(client: Queryable, call: CountedCall, scope: CountedScope): Promise<Standing> {
  const { rows } = await client.query<{ reserved: Amount; spent: Amount; added: Amount }>(
    `select json_build_object('tokens', reserved_tokens, 'cost', reserved_cost) as reserved,
            json_build_object('tokens', spent_tokens, 'cost', spent_cost) as spent,
            json_build_object('tokens', added_tokens, 'cost', added_cost) as added
       from holdfast.model_budgets where flow = $1 and scope = $2 and subject = $3 for update`,
    [call.flow, scope, subjectOf(scope, call)],
  );
  return rows[0] ?? NOTHING_YET;
}
