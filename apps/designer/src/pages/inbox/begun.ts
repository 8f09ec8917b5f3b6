/** What was begun on a card and not sent: it is there again when the card is. As long as the page is open. */
import type { JsonObject } from "@holdfast/dsl";

export interface Draft {
  readonly values: JsonObject;
  readonly comment: string;
}

export type Begun = Map<string, Draft>;
