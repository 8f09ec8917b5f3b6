/** What a step of several parts did, part by part, as people would tell it. */
import { isJsonObject, type Json, type JsonObject } from "@holdfast/dsl";
import { failureText } from "../../words/step-errors.ts";
import type { RunStep } from "./run-step.ts";

/** A use of a tool that a model asks for. */
export interface Wish {
  readonly tool: string;
  readonly arguments: Json;
}

export type Did =
  /** A model was asked; it answered, or wishes to use tools. */
  | { readonly kind: "model"; readonly text: string; readonly wishes: readonly Wish[] }
  | {
      readonly kind: "tool";
      readonly tool: string;
      readonly arguments: Json;
      readonly approvedBy: string | undefined;
      /** What came of it. */
      readonly result: Json | undefined;
      readonly error: string | undefined;
    }
  | {
      readonly kind: "person";
      readonly by: string;
      readonly outcome: string;
      readonly comment: string | undefined;
      readonly data: Json | undefined;
    }
  | { readonly kind: "flow"; readonly output: Json | undefined; readonly error: string | undefined }
  | { readonly kind: "event"; readonly outcome: string; readonly data: Json | undefined }
  | { readonly kind: "waited" }
  /** A try that failed, before another one was made. */
  | { readonly kind: "tried"; readonly error: string }
  | { readonly kind: "failed"; readonly name: string; readonly error: string }
  /** Anything else, under its own name. */
  | { readonly kind: "part"; readonly name: string; readonly value: Json };

export function didIn({ call, output, error }: Pick<RunStep, "call" | "output" | "error">): Did {
  if (error !== null) return { kind: "failed", name: call, error: failureText(error) };
  const value = isJsonObject(output) ? known(output) : undefined;
  return value ?? { kind: "part", name: call, value: output };
}

/** By its shape alone: whatever node has kept it. */
function known(value: JsonObject): Did | undefined {
  const { text, toolCalls, finishReason, tool, outcome, status, at, code, message, data } = value;
  if (typeof text === "string" && Array.isArray(toolCalls) && finishReason !== undefined) {
    return { kind: "model", text, wishes: toolCalls.flatMap(wishOf) };
  }
  if (typeof tool === "string" && "arguments" in value) return toolUse(tool, value);
  if (typeof outcome === "string" && typeof at === "string") return decided(outcome, value);
  if (status === "completed" && "output" in value) return { kind: "flow", output: value["output"], error: undefined };
  if ((status === "failed" || status === "canceled") && isJsonObject(value["error"])) {
    return { kind: "flow", output: undefined, error: textIn(value["error"], "message") ?? status };
  }
  if (typeof at === "string" && data === undefined) return { kind: "waited" };
  return typeof code === "string" && typeof message === "string" ? { kind: "tried", error: message } : undefined;
}

function wishOf(wish: Json): Wish[] {
  if (!isJsonObject(wish) || typeof wish["name"] !== "string") return [];
  return [{ tool: wish["name"], arguments: wish["input"] ?? null }];
}

function toolUse(tool: string, value: JsonObject): Did {
  return {
    kind: "tool",
    tool,
    arguments: value["arguments"] ?? null,
    approvedBy: textIn(value, "approvedBy"),
    result: value["result"],
    error: textIn(value, "error"),
  };
}

function decided(outcome: string, value: JsonObject): Did {
  const { by, data } = value;
  if (!isJsonObject(by)) return { kind: "event", outcome, data };
  const name = textIn(by, "name") ?? textIn(by, "id") ?? "";
  return { kind: "person", by: name, outcome, comment: textIn(value, "comment"), data };
}

function textIn(value: JsonObject, name: string): string | undefined {
  const text = value[name];
  return typeof text === "string" && text !== "" ? text : undefined;
}
