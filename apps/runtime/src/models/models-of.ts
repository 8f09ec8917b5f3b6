/** The installation's models for one step of one run: with its books. */
import type { AiSettings, LiveText, Models } from "@holdfast/nodes";
import { keepAnswer, recall } from "./answers.ts";
import type { Books } from "./books.ts";
import type { ModelUse } from "./model-use.ts";
import { reserve } from "./reserve.ts";
import { settle } from "./settle.ts";
import { topUp } from "./top-up.ts";

export interface ModelsOf {
  readonly books: Books;
  readonly settings: AiSettings;
  readonly use: ModelUse;
  readonly live: (call: string) => LiveText;
}

export function modelsOf({ books, settings, use, live }: ModelsOf): Models {
  return {
    settings,
    reserve: (request) => reserve(books, use, request),
    settle: (id, charge) => settle(books, id, charge),
    topUp: (request) => topUp(books, use, request),
    recall: (key) => recall(books.database, use, key),
    keep: (key, answer) => keepAnswer(books.database, use, { key, ...answer }),
    live,
  };
}
