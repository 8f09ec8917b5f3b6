/** The executor of `ai.agent`. */
import { isJsonObject, type Json, type JsonObject, type JsonSchema, type Outcome } from "@holdfast/dsl";
import type { z } from "zod";
import type { DurableContext } from "../action.ts";
import { objectOf } from "../ai/answer-error.ts";
import { Conversation } from "../ai/agent/conversation.ts";
import { resolvedTool, type ResolvedTool } from "../ai/agent/resolved-tool.ts";
import { Toolbox, type ToolUse } from "../ai/agent/use-tool.ts";
import { consult, type Consulted } from "../ai/consult.ts";
import { addBills, billMeta, billOf, NOTHING, type Bill } from "../ai/usage.ts";
import { defineNode } from "../define-node.ts";
import { NodeFailure } from "../failure.ts";
import { output } from "../outcome.ts";
import { aiAgentInfo } from "./definition.ts";

type Context = DurableContext<z.output<(typeof aiAgentInfo)["params"]>>;

/** Of one turn: a model that asks for more is told so, and asks for the rest later. */
const MOST_IN_TURN = 32;

/** `ai.agent` */
export const aiAgent = defineNode({
  ...aiAgentInfo,
  durable: true,
  async execute(context) {
    return new Agent(context, await toolsOf(context)).work();
  },
});

/** The tools, with what flows take as it was when the step first asked. */
async function toolsOf({ params, others, step }: Context): Promise<readonly ResolvedTool[]> {
  const asked = [
    ...new Set(params.tools.flatMap(({ flow }) => (flow === undefined || flow.arguments ? [] : [flow.flow]))),
  ];
  const taken: JsonObject =
    asked.length === 0 || others === undefined
      ? {}
      : await step("flow-inputs", async () => {
          const found = await Promise.all(
            asked.map(async (id): Promise<[string, JsonSchema]> => {
              const flow = await others.flow(id);
              if (flow !== undefined) return [id, flow.input];
              const message = `There is no flow “${id}”, which a tool of this step runs.`;
              throw new NodeFailure({ kind: "error", code: "flow_not_found", message });
            }),
          );
          return Object.fromEntries(found);
        });
  return params.tools.map((tool) => resolvedTool(tool, schemaOf(taken[tool.flow?.flow ?? ""])));
}

const schemaOf = (value: Json | undefined): JsonSchema | undefined =>
  typeof value === "boolean" || isJsonObject(value) ? value : undefined;

class Agent {
  readonly #context: Context;
  readonly #talk: Conversation;
  readonly #toolbox: Toolbox;
  readonly #uses: ToolUse[] = [];
  #bill: Bill = NOTHING;
  #turns = 0;

  constructor(context: Context, tools: readonly ResolvedTool[]) {
    this.#context = context;
    this.#talk = new Conversation(context.params.prompt, context.params.instructions);
    this.#toolbox = new Toolbox(context, tools);
  }

  async work(): Promise<Outcome> {
    const { maxTurns } = this.#context.params;
    for (let turn = 1; turn <= maxTurns; turn += 1) {
      const said = await this.#ask(`turn-${turn}`);
      if (said.toolCalls.length === 0) return this.#output(said);
      // What it asks for in its last turn it would not read: nothing is done.
      if (turn < maxTurns) await this.#useTools(said, turn);
    }
    throw this.#exhausted();
  }

  async #ask(name: string): Promise<Consulted> {
    const { params } = this.#context;
    const offered = [...this.#toolbox.tools.values()].map(({ params: { name: tool, description }, input }) => ({
      name: tool,
      description,
      input,
    }));
    const said = await consult(this.#context, {
      name,
      instructions: this.#talk.instructions,
      messages: this.#talk.messages,
      ...(params.schema !== undefined && { schema: params.schema }),
      ...(offered.length > 0 && { tools: offered }),
      settings: params,
    });
    this.#turns += 1;
    this.#bill = addBills(this.#bill, billOf(said.meta));
    return said;
  }

  /** One after the other: what the second does may hang on the first, and people are asked in that order. */
  async #useTools({ text, toolCalls }: Consulted, turn: number): Promise<void> {
    this.#talk.asked(text, toolCalls);
    const answers: ToolUse["answer"][] = [];
    for (const [index, request] of toolCalls.entries()) {
      if (index >= MOST_IN_TURN) {
        answers.push({ status: "denied", error: `At most ${MOST_IN_TURN} tools are used in one turn.` });
        continue;
      }
      const use = await this.#toolbox.use(request, `${turn}-${index + 1}`);
      this.#uses.push(use);
      answers.push(use.answer);
    }
    this.#talk.answered(toolCalls, answers);
  }

  #output({ text, meta }: Consulted): Outcome {
    const answer: Json = this.#context.params.schema === undefined ? text : objectOf(text);
    const offline = meta["offline"] === true;
    const value = {
      answer,
      turns: offline ? 0 : this.#turns,
      toolCalls: this.#uses.map(({ tool, arguments: given, answer: { status }, approvedBy }) => ({
        tool,
        arguments: given,
        status,
        ...(approvedBy !== undefined && { approvedBy }),
      })),
      ...(offline && { offline }),
    };
    return output(value, undefined, { ...meta, ...billMeta(this.#bill), turns: this.#turns });
  }

  /** Trying again can't help, since every turn is kept; a person may know the answer. */
  #exhausted(): NodeFailure {
    const last = this.#uses.at(-1)?.tool;
    const rest = last === undefined ? "" : `; it last used “${last}”`;
    return new NodeFailure({
      kind: "error",
      exhausted: true,
      code: "ai_agent_turns_exhausted",
      message: `The model had no answer after ${this.#turns} turns${rest}.`,
      details: { turns: this.#turns, toolCalls: this.#uses.length, ...billMeta(this.#bill) },
    });
  }
}
