/** The installation's models for whoever tries a node out: in the books of its flow, and within its budgets. */
import { type AiSettings, fatalFailure, type Models } from "@holdfast/nodes";
import type { Books } from "./books.ts";
import { type ModelUse, TRY_OUT } from "./model-use.ts";
import { reserve } from "./reserve.ts";
import { settle } from "./settle.ts";

/** @param use with a run that is none: an id of this try alone */
export function modelsOfTry(books: Books, settings: AiSettings, use: ModelUse): Models {
  return {
    settings,
    async reserve(request) {
      const said = await reserve(books, use, { ...request, call: TRY_OUT + request.call });
      if (said.kind !== "overrun") return said;
      const message = `The budget of this step has no room for a call of ${request.model}. Try it out with a larger one, or answer by hand.`;
      throw fatalFailure("ai_budget_used_up", message);
    },
    settle: (id, charge) => settle(books, id, charge),
    // Whoever tries a prompt out wants to see what the model says now, and nobody is asked for more.
    recall: () => Promise.resolve(undefined),
    keep: () => Promise.resolve(),
    topUp: () => Promise.resolve(),
    live: () => ({ write: () => undefined, end: () => undefined }),
  };
}
