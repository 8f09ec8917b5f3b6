/** Node types of the benchmark: all `repeatable`, so each has a checkpoint of its own and no intent. */
import type { Outcome } from "@holdfast/dsl";
import { type ActionContext, type ActionNode, defineNode } from "@holdfast/nodes";
import { z } from "zod";
import { randomPause } from "../../load/random-pause.ts";

/** Who wants to know that a run has reached a step. */
export class Marks {
  readonly #waiting = new Map<string, () => void>();
  /** When each run last reached it, by the wall clock, milliseconds. */
  readonly reached = new Map<string, number>();

  mark(run: string): void {
    this.reached.set(run, Date.now());
    this.#waiting.get(run)?.();
    this.#waiting.delete(run);
  }

  /** Resolves when the run gets there. Ask before it can. */
  next(run: string): Promise<void> {
    return new Promise((resolve) => this.#waiting.set(run, resolve));
  }
}

const NOTHING: Outcome = { type: "output", port: "out", value: null };

export function nodeTypes(marks: Marks): readonly ActionNode[] {
  return [
    nodeType("nothing", () => NOTHING),
    nodeType("pause", async () => {
      await randomPause();
      return NOTHING;
    }),
    nodeType("mark", ({ run }) => {
      marks.mark(run.id);
      return NOTHING;
    }),
    nodeType("hold", async ({ run, signal }) => {
      marks.mark(run.id);
      await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
      return NOTHING;
    }),
  ];
}

function nodeType(name: string, act: (context: ActionContext) => Outcome | Promise<Outcome>): ActionNode {
  return defineNode({
    type: `bench.${name}`,
    version: 1,
    title: name,
    description: "A step of the benchmark.",
    icon: "gauge",
    category: "action",
    effect: "repeatable",
    params: z.strictObject({}),
    credentials: [],
    output: { out: true },
    sentence: name,
    examples: [],
    execute: async (context) => act(context),
  });
}
