/** The answers that were given for nodes, handed out one by one. */
import { DEFAULT_PORT } from "@holdfast/dsl";
import type { Answer, Outcome, StepError } from "@holdfast/dsl";
import type { Answers } from "./setup.ts";

export class AnswerBook {
  readonly #given = new Map<string, readonly Answer[]>();
  readonly #used = new Map<string, number>();
  readonly #forced = new Map<string, StepError[]>();
  readonly #once: ReadonlySet<string>;

  /** @param once nodes whose last answer does not stay */
  constructor(answers: Answers = {}, once: ReadonlySet<string> = new Set()) {
    this.#once = once;
    for (const [node, answer] of Object.entries(answers)) this.give(node, answer);
  }

  /** Replaces what was given for the node. */
  give(node: string, answer: Answer | readonly Answer[]): void {
    this.#given.set(node, "length" in answer ? answer : [answer]);
    this.#used.set(node, 0);
  }

  /** Makes the node's next attempt fail, whatever is given for it. */
  force(node: string, error: StepError): void {
    this.#forced.set(node, [...(this.#forced.get(node) ?? []), error]);
  }

  /** What the node answers now. Undefined: nothing is given. */
  next(node: string): Outcome | undefined {
    const forced = this.#forced.get(node)?.shift();
    if (forced !== undefined) return { type: "fail", error: forced };
    const answer = this.#due(node);
    if (answer === undefined) return undefined;
    this.#used.set(node, this.#usedOf(node) + 1);
    return outcomeOf(answer);
  }

  /** Whether {@link next} has an answer. */
  has(node: string): boolean {
    return (this.#forced.get(node)?.length ?? 0) > 0 || this.#due(node) !== undefined;
  }

  #usedOf(node: string): number {
    return this.#used.get(node) ?? 0;
  }

  #due(node: string): Answer | undefined {
    const answers = this.#given.get(node) ?? [];
    const used = this.#usedOf(node);
    return this.#once.has(node) ? answers[used] : answers[Math.min(used, answers.length - 1)];
  }
}

function outcomeOf(answer: Answer): Outcome {
  if ("output" in answer) return { type: "output", port: answer.port ?? DEFAULT_PORT, value: answer.output };
  const { code, message, kind } = answer.error;
  return { type: "fail", error: { kind: kind ?? "error", code, message: message ?? code } };
}
