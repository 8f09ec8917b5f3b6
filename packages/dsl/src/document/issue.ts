/** Something that is wrong in a document, or looks wrong. */
export interface Issue {
  /** Stable, snake_case. */
  readonly code: string;
  /** A document with an `error` can't be published. */
  readonly severity: "error" | "warning";
  /** JSON pointer into the document. */
  readonly pointer: string;
  /** One sentence for the person who has to repair it. */
  readonly message: string;
  /** What to do about it. */
  readonly hint?: string;
  /** Where in the string at `pointer`, in UTF-16 units; `end` is exclusive. */
  readonly range?: { readonly start: number; readonly end: number };
}
