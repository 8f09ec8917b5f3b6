/** Something that the person at the terminal can mend. The message is all that is shown: one clear line. */
export class SetupError extends Error {
  /** @override */
  name = "SetupError";
}
