/** Where a decision differs from what the form was filled in with: what an AI proposed and a person wanted instead. */
import { diffValues, type Json, type JsonObject } from "@holdfast/dsl";

/** A place in the data; `before` or `after` is missing where nothing stood or stands. Types are kept. */
export type ProposalChange = { readonly pointer: string; readonly before?: Json; readonly after?: Json };

export function proposalDiff(proposed: JsonObject, decided: JsonObject): ProposalChange[] {
  return diffValues(proposed, decided).map(({ kind: _, ...change }) => change);
}
