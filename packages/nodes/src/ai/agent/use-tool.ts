/**
 * One use of a tool, from the model's request to what it is told.
 *
 * Invariants
 * U1 Nothing is done that is not listed, whose arguments do not fit, or that is asked for too often: the model is told.
 * U2 Exactly those arguments are used that were looked at last, by the schema and, where asked, by a person.
 * U3 What is fixed is given by the flow; it is laid over the arguments, whatever they are.
 * U4 What finished uses of a tool add up to is never above its `atMost`.
 * U5 Whatever is done is done in sub-steps, so a crash repeats none that is recorded.
 */
import { isJsonObject, type Json, type JsonObject } from "@holdfast/dsl";
import { askPerson } from "./ask-person.ts";
import type { ToolAnswer, ToolRequest } from "./conversation.ts";
import { argumentProblem, type ResolvedTool } from "./resolved-tool.ts";
import { runTool, type ToolContext } from "./run-tool.ts";

export interface ToolUse {
  readonly tool: string;
  readonly arguments: Json;
  readonly answer: ToolAnswer;
  readonly approvedBy?: string;
}

/** The tools of an agent, and how often each was used. */
export class Toolbox {
  readonly tools: ReadonlyMap<string, ResolvedTool>;
  readonly #context: ToolContext;
  readonly #used = new Map<string, number>();
  /** What finished uses add up to, of tools with `atMost`. */
  readonly #sums = new Map<string, number>();

  constructor(context: ToolContext, tools: readonly ResolvedTool[]) {
    this.#context = context;
    this.tools = new Map(tools.map((tool) => [tool.params.name, tool]));
  }

  /** @param place tells its sub-steps apart from those of other uses */
  async use(request: ToolRequest & { readonly invalid?: string | undefined }, place: string): Promise<ToolUse> {
    const denied = (error: string): ToolUse => ({
      tool: request.name,
      arguments: request.input,
      answer: { status: "denied", error },
    });
    const tool = this.tools.get(request.name);
    if (tool === undefined) return denied(`There is no tool “${request.name}”.${this.#names()}`);
    if (request.invalid !== undefined) return denied(`The arguments can't be read: ${request.invalid}`);
    const problem = argumentProblem(tool, request.input);
    if (problem !== undefined || !isJsonObject(request.input)) return denied(problem ?? "");
    const used = this.#used.get(request.name) ?? 0;
    const { maxCalls = Number.POSITIVE_INFINITY } = tool.params;
    if (used >= maxCalls) return denied(`“${request.name}” may be used ${maxCalls} times, and was.`);
    this.#used.set(request.name, used + 1);
    return this.#allowed(tool, request.input, place);
  }

  async #allowed(tool: ResolvedTool, wanted: JsonObject, place: string): Promise<ToolUse> {
    const { name, ask } = tool.params;
    const run = async (given: JsonObject, by?: string): Promise<ToolUse> => {
      const answer = await runTool(this.#context, { tool, arguments: given, place, approvedBy: by });
      if (answer.status === "done") this.#sums.set(name, this.#sumWith(tool, given));
      return { tool: name, arguments: given, answer, ...(by !== undefined && { approvedBy: by }) };
    };
    const denied = (given: JsonObject, error: string): ToolUse => ({
      tool: name,
      arguments: given,
      answer: { status: "denied", error },
    });
    const tooMuch = this.#tooMuch(tool, wanted);
    if (tooMuch !== undefined) return denied(wanted, tooMuch);
    if (ask === undefined) return run(wanted);
    const word = await askPerson(this.#context, { name: `ask-${place}/${name}`, tool, ask, arguments: wanted });
    if (!word.may) return { tool: name, arguments: wanted, answer: { status: "refused", error: word.why } };
    // The form is the same schema; it is looked at all the same, as whatever comes from outside.
    const problem = argumentProblem(tool, word.arguments) ?? this.#tooMuch(tool, word.arguments);
    return problem === undefined ? run(word.arguments, word.by ?? "") : denied(word.arguments, problem);
  }

  /** Why the sum of all uses would be too large; said to the model. */
  #tooMuch(tool: ResolvedTool, given: JsonObject): string | undefined {
    const { name, atMost } = tool.params;
    if (atMost === undefined) return undefined;
    const amount = { ...given, ...tool.fixed }[atMost.of];
    if (typeof amount !== "number" || !(amount >= 0)) return `“${atMost.of}” must be a number, and not below 0.`;
    if (this.#sumWith(tool, given) <= atMost.sum) return undefined;
    return `All uses of “${name}” may add up to ${atMost.sum} of “${atMost.of}”; ${this.#sums.get(name) ?? 0} are used.`;
  }

  #sumWith({ params: { name, atMost }, fixed }: ResolvedTool, given: JsonObject): number {
    const amount = { ...given, ...fixed }[atMost?.of ?? ""];
    // Cents of binary fractions add up to what they are on paper.
    return Number(((this.#sums.get(name) ?? 0) + (typeof amount === "number" ? amount : 0)).toFixed(6));
  }

  #names(): string {
    return this.tools.size === 0 ? "" : ` There are ${[...this.tools.keys()].join(", ")}.`;
  }
}
