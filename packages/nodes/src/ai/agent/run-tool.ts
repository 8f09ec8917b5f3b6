/** Runs a tool with arguments that were looked at. */
import { createHash } from "node:crypto";
import { isJsonObject, type Json, type JsonObject, type Outcome } from "@holdfast/dsl";
import type { DurableContext } from "../../action.ts";
import { fatalFailure, NodeFailure } from "../../failure.ts";
import type { OtherNodes } from "../../others.ts";
import type { ToolAnswer } from "./conversation.ts";
import { httpCallParams, UnsendableError } from "./http-call.ts";
import { partsWithin } from "./parts-within.ts";
import type { ResolvedTool } from "./resolved-tool.ts";
import type { ToolParams } from "./tool-params.ts";

export type ToolContext = Pick<DurableContext, "step" | "wait" | "runFlow" | "others" | "key" | "signal">;

export interface ToolRun {
  readonly tool: ResolvedTool;
  readonly arguments: JsonObject;
  /** Tells its sub-steps apart. */
  readonly place: string;
  readonly approvedBy: string | undefined;
}

/** A call of another node type. */
interface Call {
  readonly type: string;
  readonly params: JsonObject;
  readonly credential: string | undefined;
}

/** @throws NodeFailure for what may pass, or may have happened: the step deals with it, and not the model */
export async function runTool(context: ToolContext, run: ToolRun): Promise<ToolAnswer> {
  if (context.others === undefined) return { status: "denied", error: "Tools are used in runs only." };
  const { flow } = run.tool.params;
  if (flow !== undefined) return runFlow(context, run, flow.flow);
  let call: Call;
  try {
    call = callOf(run);
  } catch (error) {
    if (error instanceof UnsendableError) return { status: "denied", error: error.message };
    throw error;
  }
  return runNode(context, context.others, run, call);
}

function callOf({ tool, arguments: given }: ToolRun): Call {
  const { node, http } = tool.params;
  const values = { ...given, ...tool.fixed };
  if (node !== undefined) return { type: node.type, params: values, credential: node.credential };
  if (http === undefined) throw fatalFailure("params_invalid", `“${tool.params.name}” does not say what it does.`);
  return { type: "http.request", params: httpCallParams(http, values), credential: http.credential };
}

async function runFlow(
  context: ToolContext,
  { tool, arguments: given, place }: ToolRun,
  flow: string,
): Promise<ToolAnswer> {
  const ended = await context.runFlow(`tool-${place}/${tool.params.name}`, {
    flow,
    input: { ...given, ...tool.fixed },
  });
  if (ended.status === "completed") return { status: "done", result: ended.output };
  const how = ended.status === "failed" ? "failed" : "was canceled";
  return { status: "failed", error: `${tool.params.name} ${how}: ${ended.error.message}` };
}

async function runNode(context: ToolContext, others: OtherNodes, run: ToolRun, call: Call): Promise<ToolAnswer> {
  const name = `tool-${run.place}/${run.tool.params.name}`;
  const does = others.look(call.type, call.params);
  if (does === undefined) {
    throw new NodeFailure({
      kind: "error",
      code: "node_type_missing",
      message: `The node type “${call.type}”, which the tool ${run.tool.params.name} uses, is not installed here.`,
    });
  }
  const record = recordOf(run);
  let kept: JsonObject;
  if (does.isDurable) {
    const key = context.key.replace(/[^:]*$/, name);
    const parts = partsWithin(context, name, does.effect);
    const answer = answerOf(await others.call({ ...call, key, signal: context.signal, parts }), run.tool.params);
    kept = await context.step(name, () => ({ ...record, ...answer }), { effect: "repeatable" });
  } else {
    kept = await context.step(
      name,
      async ({ key, signal }) => ({
        ...record,
        ...answerOf(await others.call({ ...call, key, signal }), run.tool.params),
      }),
      { effect: does.effect },
    );
  }
  return answerFrom(kept, record);
}

/** What is kept of a use besides its answer: exactly these arguments were used. */
function recordOf({ tool, arguments: given, approvedBy }: ToolRun): JsonObject {
  return {
    tool: tool.params.name,
    arguments: given,
    hash: createHash("sha256").update(sorted(given)).digest("hex"),
    ...(approvedBy !== undefined && { approvedBy }),
  };
}

/** The same text for the same values, in whatever order they are. */
function sorted(value: Json): string {
  return JSON.stringify(value, (_, each: unknown) =>
    typeof each === "object" && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}

/** What the model is told of the outcome; what may pass is left to the step. */
function answerOf(outcome: Outcome, { http }: ToolParams): JsonObject {
  if (outcome.type === "output") {
    const { port, value = null } = outcome;
    // Headers tell a model nothing, and cost it tokens.
    if (http !== undefined && isJsonObject(value)) {
      return { status: "done", result: { status: value["status"] ?? null, body: value["body"] ?? null } };
    }
    return { status: "done", result: port === "out" ? value : { [port]: value } };
  }
  if (outcome.type !== "fail") return { status: "failed", error: "It does not end by itself." };
  if (outcome.error.kind !== "fatal") throw new NodeFailure(outcome.error);
  return { status: "failed", error: `${outcome.error.message} (${outcome.error.code})` };
}

function answerFrom(kept: JsonObject, record: JsonObject): ToolAnswer {
  const { status, result = null, error, hash } = kept;
  if (hash !== record["hash"]) {
    throw fatalFailure("ai_agent_arguments_changed", "The tool was used with other arguments than these.");
  }
  if (status === "done") return { status, result };
  return { status: "failed", error: typeof error === "string" ? error : "It failed." };
}
