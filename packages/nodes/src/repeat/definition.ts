/** Runs its body again and again until a condition holds. */
import { parseDuration, type Json, type Outcome } from "@holdfast/dsl";
import { z } from "zod";
import { defineControl, nodeInfo } from "../define-node.ts";
import { evaluateAt } from "../evaluate-at.ts";
import { fail, fatal, output } from "../outcome.ts";
import { bodyParam, condition, duration } from "../schema/params.ts";

const info = nodeInfo({
  type: "repeat",
  version: 1,
  title: "Repeat",
  description: "Does the steps within again and again until a condition holds. It is looked at after each passage.",
  icon: "rotate-cw",
  category: "loop",
  params: z.strictObject({
    until: condition(["last", "index"]).meta({
      "x-label": "Until",
      "x-order": 1,
      description: "Reads what the passage gave as last.",
    }),
    maxIterations: z.int().min(1).max(100_000).meta({
      "x-literal": true,
      "x-label": "At most, times",
      "x-order": 2,
      description: "If the condition does not hold by then, the step fails.",
    }),
    pause: duration().optional().meta({ "x-label": "Pause between passages", "x-order": 3 }),
    body: bodyParam(),
  }),
  output: {
    out: {
      type: "object",
      properties: { last: { $typeOf: "/body" }, iterations: { type: "integer" } },
      required: ["last", "iterations"],
      additionalProperties: false,
    },
  },
  sentence: "Repeat until {until}, at most {maxIterations} times[, {pause} apart]",
  presets: [
    {
      id: "repeat",
      params: { until: "true", maxIterations: 10, body: { nodes: {}, edges: [{ from: "start", to: "end" }] } },
    },
  ],
  examples: [
    {
      title: "Ask until a job is done",
      params: {
        until: "last.state == 'done'",
        maxIterations: 20,
        pause: "30s",
        body: {
          nodes: {
            ask: { type: "http.request", params: { method: "GET", url: "https://jobs.example/{{ input.jobId }}" } },
            state: { type: "end", params: { output: { state: "{{ nodes.ask.body.state }}" } } },
          },
          edges: [
            { from: "start", to: "ask" },
            { from: "ask", to: "state" },
          ],
        },
      },
    },
  ],
});

/** `repeat` */
export const repeat = defineControl({
  ...info,
  begin: () => iteration(0),
  resume({ until, maxIterations, pause }, context, results) {
    const result = results.at(-1);
    if (!result) return fatal("child_missing", "An iteration left no result.");
    const iterations = result.index + 1;
    if (result.status !== "completed") {
      return fail({
        kind: "fatal",
        code: "iteration_failed",
        message: `Iteration ${iterations} failed: ${result.error.message}`,
        details: { index: result.index, code: result.error.code, message: result.error.message },
      });
    }
    const last = result.output;
    const done = evaluateAt(context, { source: until, pointer: "/until" }, { last, index: result.index });
    if (typeof done !== "boolean") {
      return fatal("condition_not_boolean", "The condition of the loop gave no true or false.", {
        pointer: "/params/until",
      });
    }
    if (done) return output({ last, iterations });
    if (iterations >= maxIterations) {
      return fatal("max_iterations_reached", `The condition was still not met after ${iterations} iterations.`, {
        pointer: "/params/maxIterations",
      });
    }
    return iteration(iterations, last, pause === undefined ? undefined : context.now + parseDuration(pause));
  },
});

/** One more child, which sees what the one before gave. */
function iteration(firstIndex: number, last?: Json, notBefore?: number): Outcome {
  return {
    type: "children",
    children: {
      source: "body",
      items: [null],
      firstIndex,
      concurrency: 1,
      onItemError: "stop",
      ...(last !== undefined && { last }),
      ...(notBefore !== undefined && { notBefore }),
    },
  };
}
