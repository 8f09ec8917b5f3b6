/** Lets a budget have more, because a person said so: once for each sub-step that asked. */
import type { Models } from "@holdfast/nodes";
import { inTransaction } from "../database/transaction.ts";
import type { Books } from "./books.ts";
import { addToCounter, type CountedCall, openCounters, subjectOf } from "./counters.ts";
import { dayOf } from "./day.ts";
import type { ModelUse } from "./model-use.ts";
import { toMillionths } from "./money.ts";

export async function topUp(
  { database, clock }: Books,
  use: ModelUse,
  { call: subStep, scope, unit, amount, by }: Parameters<Models["topUp"]>[0],
): Promise<void> {
  const day = dayOf(clock.now(), use.timeZone);
  const call: CountedCall = { workspace: use.workspace, flow: use.flow, ofRun: use.ofRun, day };
  const whole = unit === "money" ? toMillionths(amount) : Math.ceil(amount);
  if (!(whole > 0)) return;
  await inTransaction(database, async (client) => {
    const noted = await client.query(
      `insert into holdfast.model_top_ups (run, node, call, workspace, flow, scope, subject, unit, amount, actor)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
       on conflict do nothing`,
      [
        use.run,
        use.node,
        subStep,
        use.workspace,
        use.flow,
        scope,
        scope === "call" ? use.run : subjectOf(scope, call),
        unit,
        whole,
        by ?? null,
      ],
    );
    if (noted.rowCount === 0 || scope === "call") return;
    await openCounters(client, call);
    const more = { tokens: unit === "tokens" ? whole : 0, cost: unit === "money" ? whole : 0 };
    await addToCounter(client, { call, scope, more });
  });
}
