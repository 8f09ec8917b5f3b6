/** Runs another flow and takes its output. */
import { parseDuration, type StepError } from "@holdfast/dsl";
import { z } from "zod";
import { defineControl, nodeInfo } from "../define-node.ts";
import { fail, output } from "../outcome.ts";
import { schemaChecker } from "../schema/checker.ts";
import { duration, json, schemaParam } from "../schema/params.ts";

const info = nodeInfo({
  type: "invoke",
  version: 1,
  title: "Run a flow",
  description: "Runs another flow, waits until it has ended, and goes on with its output.",
  icon: "workflow",
  category: "flow",
  params: z.strictObject({
    flow: z.string().min(1).meta({ "x-literal": true, "x-flow": true, "x-label": "Flow", "x-order": 1 }),
    input: json().optional().meta({ "x-label": "Input", "x-order": 2, description: "What the flow is started with." }),
    version: z.int().positive().optional().meta({
      "x-literal": true,
      "x-label": "Version",
      "x-order": 3,
      "x-more": true,
      description: "Left empty: the one that is live when the step begins.",
    }),
    timeout: duration().optional().meta({
      "x-label": "Time limit",
      "x-order": 4,
      "x-tab": "deadline",
      description: "A flow that takes longer is canceled, and the step fails.",
    }),
    output: schemaParam().optional().meta({
      "x-label": "Output",
      "x-order": 5,
      "x-more": true,
      description: "The fields that the flow gives, so that later nodes can read them. Another output fails the step.",
    }),
  }),
  origin: "flow",
  output: { out: { $param: "/output" } },
  sentence: "Run {flow}[ version {version}][, at most {timeout}]",
  presets: [{ id: "subflow", params: { flow: "" } }],
  examples: [
    { title: "Ask another flow", params: { flow: "credit-check", input: { customerId: "{{ input.customerId }}" } } },
    {
      title: "With a time limit and a checked output",
      params: {
        flow: "credit-check",
        input: { customerId: "{{ input.customerId }}" },
        timeout: "1h",
        output: { type: "object", properties: { score: { type: "number" } }, required: ["score"] },
      },
    },
  ],
});

const check = schemaChecker();

/** `invoke` */
export const invoke = defineControl({
  ...info,
  begin(params, { now }) {
    return {
      type: "children",
      children: {
        source: { flow: params.flow, ...(params.version !== undefined && { version: params.version }) },
        items: [params.input ?? {}],
        firstIndex: 0,
        concurrency: 1,
        onItemError: "stop",
        ...(params.timeout !== undefined && { deadline: now + parseDuration(params.timeout) }),
      },
    };
  },
  resume(params, _context, results) {
    const result = results[0];
    if (!result) {
      return fail({ kind: "fatal", code: "child_missing", message: `The run of ${params.flow} left no result.` });
    }
    if (result.status !== "completed") return fail(childError(params.flow, result.status, result.error));
    const problem = params.output && check(params.output, result.output);
    return problem
      ? fail({
          kind: "fatal",
          code: "output_invalid",
          message: `The output of ${params.flow} does not fit: ${problem.message}`,
          pointer: problem.pointer,
        })
      : output(result.output);
  },
});

/** A child's failure is final for its parent: the child has done its own retries. */
function childError(flow: string, status: "failed" | "canceled", error: StepError): StepError {
  return {
    kind: "fatal",
    code: status === "failed" ? "child_failed" : "child_canceled",
    message: `${flow} ${status === "failed" ? "failed" : "was canceled"}: ${error.message}`,
    details: { code: error.code, message: error.message },
  };
}
