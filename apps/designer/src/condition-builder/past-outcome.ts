/** How past runs would have gone: a condition on what they were given and gave. */
import { compileCondition, ExpressionError, type Compiled, type Reference, type Roots } from "@holdfast/dsl";

export interface PastOutcome {
  readonly held: number;
  /** Runs that had all that the condition reads. */
  readonly of: number;
}

/** What past runs can tell about: not the item of a loop, nor an event that is yet to come. */
const TOLD: ReadonlySet<Reference["root"]> = new Set(["input", "trigger", "nodes", "ports"]);

/** The nodes that a condition reads; undefined where past runs can't tell how it would have gone. */
export function nodesRead(source: string): readonly string[] | undefined {
  try {
    const { references } = compileCondition(source);
    if (references.length === 0 || references.some(({ root }) => !TOLD.has(root))) return undefined;
    return [...new Set(references.flatMap(({ id }) => id ?? []))].toSorted();
  } catch {
    return undefined;
  }
}

export function pastOutcome(source: string, runs: readonly Roots[]): PastOutcome {
  const condition = compileCondition(source);
  let [held, of] = [0, 0];
  for (const roots of runs) {
    const value = valueIn(condition, roots);
    if (typeof value !== "boolean") continue;
    of += 1;
    if (value) held += 1;
  }
  return { held, of };
}

/** A run that did not get so far says nothing. */
function valueIn(condition: Compiled, roots: Roots): unknown {
  try {
    return condition.evaluate(roots);
  } catch (error) {
    if (error instanceof ExpressionError) return undefined;
    throw error;
  }
}
