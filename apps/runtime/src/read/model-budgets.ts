/** What budgets of a flow have left, and what people allowed beyond them. */
import { isJsonObject, type Json, type JsonObject, parseFlow, walkNodes } from "@holdfast/dsl";
import { parseActor } from "../actor/actor.ts";
import { dayOf } from "../models/day.ts";
import { toDollars } from "../models/money.ts";
import { personNames } from "./draft-view.ts";
import type { ReadVersion } from "./flow-versions.ts";
import type { ModelBudget, ModelTopUp } from "./model-view.ts";
import type { Queryable } from "./queryable.ts";
import { iso } from "./time.ts";

/** Those that hold for more than one run. */
const SCOPES = ["flow", "day"] as const;
const UNITS = ["tokens", "money"] as const;

type Cap = Pick<ModelBudget, "scope" | "unit" | "cap" | "node" | "name">;

interface Counter {
  readonly reserved_tokens: number;
  readonly spent_tokens: number;
  readonly added_tokens: number;
  readonly reserved_cost: number;
  readonly spent_cost: number;
  readonly added_cost: number;
}

/** As the version says them: where several nodes have one, the least. */
export async function readModelBudgets(
  database: Queryable,
  flow: number,
  version: ReadVersion,
): Promise<ModelBudget[]> {
  const parsed = parseFlow(version.document);
  if (!parsed.ok) return [];
  const asks = new Set(version.manifests.filter(({ category }) => category === "ai").map(({ type }) => type));
  const nodes = [...walkNodes(parsed.flow)].filter(({ node }) => asks.has(node.type));
  const caps = leastCaps(
    nodes.flatMap(({ id, node }) => capsOf({ node: id, name: version.nodeName(id) }, node.params)),
  );
  if (caps.length === 0) return [];
  const { rows: times } = await database.query<{ now: number }>("select holdfast.ms(holdfast.now()) as now");
  const today = dayOf(times[0]?.now ?? 0, parsed.flow.settings?.timeZone ?? "UTC");
  const { rows } = await database.query<Counter & { scope: string }>(
    `select scope, reserved_tokens, spent_tokens, added_tokens, reserved_cost, spent_cost, added_cost
       from holdfast.model_budgets
      where flow = $1 and ((scope = 'flow' and subject = '') or (scope = 'day' and subject = $2))`,
    [flow, today],
  );
  return caps.map((cap) => ({
    ...cap,
    ...standingOf(
      cap,
      rows.find(({ scope }) => scope === cap.scope),
    ),
  }));
}

function capsOf(of: Pick<Cap, "node" | "name">, params: JsonObject): Cap[] {
  const at = (value: Json | undefined, key: string): Json | undefined => (isJsonObject(value) ? value[key] : undefined);
  return SCOPES.flatMap((scope) =>
    UNITS.flatMap((unit) => {
      const cap = at(at(params["budget"], scope), unit);
      return typeof cap === "number" ? [{ ...of, scope, unit, cap }] : [];
    }),
  );
}

function leastCaps(caps: readonly Cap[]): readonly Cap[] {
  const least = new Map<string, Cap>();
  for (const cap of caps) {
    const key = `${cap.scope} ${cap.unit}`;
    if (cap.cap < (least.get(key)?.cap ?? Infinity)) least.set(key, cap);
  }
  return [...least.values()];
}

function standingOf({ unit }: Cap, counter: Counter | undefined): Pick<ModelBudget, "spent" | "reserved" | "added"> {
  if (counter === undefined) return { spent: 0, reserved: 0, added: 0 };
  return unit === "tokens"
    ? { spent: counter.spent_tokens, reserved: counter.reserved_tokens, added: counter.added_tokens }
    : {
        spent: toDollars(counter.spent_cost),
        reserved: toDollars(counter.reserved_cost),
        added: toDollars(counter.added_cost),
      };
}

const MOST_TOP_UPS = 20;

export async function readTopUps(
  database: Queryable,
  { workspace, from, flow }: { readonly workspace: number; readonly from: number; readonly flow: number | null },
): Promise<ModelTopUp[]> {
  type Row = Pick<ModelTopUp, "runId" | "flow" | "node" | "scope" | "unit" | "amount"> & {
    readonly at: number;
    readonly actor: string | null;
  };
  const { rows } = await database.query<Row>(
    `select holdfast.ms(t.at) as at, t.run as "runId", f.id as flow, t.node, t.scope, t.unit, t.amount, t.actor
       from holdfast.model_top_ups t join holdfast.flows f on f.ref = t.flow
      where t.workspace = $1 and t.at >= holdfast.at($2) and ($3::int is null or t.flow = $3)
      order by t.at desc limit ${MOST_TOP_UPS}`,
    [workspace, from, flow],
  );
  const names = await personNames(
    database,
    rows.map(({ actor }) => (actor === null ? null : parseActor(actor))),
  );
  return rows.map(({ at, actor, amount, ...row }) => ({
    at: iso(at),
    ...row,
    amount: row.unit === "money" ? toDollars(amount) : amount,
    by: actor === null ? null : (names[parseActor(actor).id] ?? actor),
  }));
}
