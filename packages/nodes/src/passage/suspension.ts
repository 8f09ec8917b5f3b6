/** Ends a passage for a wait. */

/**
 * What `ctx.wait` throws when the node has to be left for the time of the wait: `finally` blocks run, and whoever
 * catches everything should throw it on. A node that swallows it is suspended all the same: whatever it does
 * afterwards counts for nothing, and no sub-step begins.
 */
export class Suspension extends Error {
  override readonly name = "Suspension";

  constructor() {
    super("The node waits. This is no failure: throw it on.");
  }
}
