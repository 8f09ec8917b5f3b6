/** What floats: a border first, then a shadow. */
export const POP =
  "hf-pop max-h-(--available-height) overflow-y-auto rounded-md border border-border-strong bg-surface-raised text-13 text-text shadow-float outline-none";

/** A row of a menu or a list that floats. */
export const POP_ROW =
  "flex min-h-7 cursor-default items-center gap-2 rounded-sm px-2 py-1 outline-none select-none data-highlighted:bg-surface-hover data-disabled:text-text-3 pointer-coarse:min-h-11";
