/** Something that the story tells did not happen. The message says what. */
export class StoryError extends Error {
  override readonly name = "StoryError";
}

/** @throws StoryError */
export function must(happened: boolean, what: string): asserts happened {
  if (!happened) throw new StoryError(what);
}
