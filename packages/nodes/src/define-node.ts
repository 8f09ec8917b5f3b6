/**
 * How a node type is made.
 *
 * A control node is a pure function that the simulator runs too; an action has `execute` on the server. Both are
 * described by the same zod params, which become the manifest's JSON Schema and the behavior's types.
 */
import {
  effectOf,
  stepErrorOf,
  type ControlContext,
  type ControlNode,
  type ChildResult,
  type NodeManifest,
  type Outcome,
  type OutputShape,
} from "@holdfast/dsl";
import type { z } from "zod";
import type { ActionContext, ActionNode, Durability, DurableContext } from "./action.ts";
import { failureOf, fatalFailure, wordsOf } from "./failure.ts";
import type { AttachedFiles } from "./files.ts";
import { portAndValue, type Leaving } from "./leave.ts";
import { toJson, whyNotJson, withoutUndefined } from "./json.ts";
import { fail, fatal, output, toOutcome } from "./outcome.ts";
import type { Parts } from "./others.ts";
import { manifestOf, zodOutputs, type NodeInfo, type NodeOutput } from "./schema/manifest-of.ts";
import { paramsParser } from "./schema/parse-params.ts";

export { nodeInfo, type NodeInfo, type NodeOutput } from "./schema/manifest-of.ts";

/** A description with its pure behavior. */
export interface ControlDefinition<Params extends z.ZodType> extends NodeInfo<Params> {
  readonly begin: (params: z.output<Params>, context: ControlContext) => Outcome;
  readonly resume?: (params: z.output<Params>, context: ControlContext, results: readonly ChildResult[]) => Outcome;
}

/**
 * What `execute` answers: where the outputs are zod schemas the value itself, or `leave(port, value)`; else an outcome.
 */
export type NodeResult<Output extends NodeOutput> = Output extends z.ZodType
  ? z.input<Output> | Leaving<"out", z.input<Output>>
  : Output extends { readonly [port: string]: z.ZodType }
    ? { [Port in keyof Output & string]: Leaving<Port, z.input<Output[Port]>> }[keyof Output & string]
    : Outcome;

/** A description with its executor. One that says `durable` has sub-steps and waits. */
export type ActionDefinition<Params extends z.ZodType, Output extends NodeOutput> = NodeInfo<Params, Output> &
  (
    | {
        readonly durable: true;
        readonly execute: (context: DurableContext<z.output<Params>>) => Promise<NodeResult<Output>>;
      }
    | {
        readonly durable?: false;
        readonly execute: (context: ActionContext<z.output<Params>>) => Promise<NodeResult<Output>>;
      }
  );

/**
 * Makes a control node type.
 *
 * @example
 * ```ts
 * export const fail = defineControl({ ...info, begin: ({ code, message }) => fatal(code, message) });
 * ```
 */
export function defineControl<Params extends z.ZodType>(definition: ControlDefinition<Params>): ControlNode {
  const parse = paramsParser(definition.params);
  const { begin, resume } = definition;
  return {
    manifest: manifestOf(definition, "control"),
    ...(definition.migrate && { migrate: definition.migrate }),
    begin(params, context) {
      const parsed = parse(params);
      return parsed.ok ? guarded(() => begin(parsed.params, context)) : fail(parsed.error);
    },
    ...(resume && {
      resume(params, context, results) {
        const parsed = parse(params);
        return parsed.ok ? guarded(() => resume(parsed.params, context, results)) : fail(parsed.error);
      },
    }),
  };
}

/**
 * Makes an action node type.
 *
 * A node classifies the failures of its target itself, and throws a `NodeFailure` (or answers with `fail`). What else it
 * throws is taken for the worst that its effect allows, with every form of its credential taken out of the message.
 *
 * @example
 * ```ts
 * export const greet = defineNode({
 *   type: "acme.greet",
 *   version: 1,
 *   title: "Greet",
 *   description: "Says hello.",
 *   icon: "hand",
 *   category: "action",
 *   params: z.strictObject({ name: z.string().meta({ "x-label": "Name" }) }),
 *   output: z.object({ text: z.string() }),
 *   sentence: "Greet {name}",
 *   examples: [{ title: "A customer", params: { name: "{{ input.name }}" } }],
 *   execute: async ({ params }) => ({ text: `Hello, ${params.name}!` }),
 * });
 * ```
 */
export function defineNode<Params extends z.ZodType, const Output extends NodeOutput = { [port: string]: OutputShape }>(
  definition: ActionDefinition<Params, Output>,
): ActionNode {
  const parse = paramsParser(definition.params);
  const manifest = manifestOf(definition, "action");
  const answer = answerOf(zodOutputs(definition.output));
  return {
    manifest,
    ...(definition.migrate && { migrate: definition.migrate }),
    async execute(context) {
      const parsed = parse(context.params);
      if (!parsed.ok) return fail(parsed.error);
      let used: Awaited<ReturnType<typeof context.credential>>;
      const credential = async (): Promise<typeof used> => (used = await context.credential());
      try {
        const given = {
          ...context,
          params: parsed.params,
          credential,
          progress: context.progress ?? NOBODY,
          files: context.files ?? NO_FILES,
        };
        if (definition.durable !== true) return answer(await definition.execute({ ...given, ...NOT_DURABLE }));
        return answer(await definition.execute({ ...given, ...durability(context.passage) }));
      } catch (error) {
        const failure = failureOf(error);
        if (failure !== undefined) {
          return fail(used === undefined ? failure : { ...failure, message: used.redact(failure.message) });
        }
        const message = wordsOf(error);
        // A durable one does nothing to the world outside of its sub-steps, which say themselves what became of them.
        const inDoubt = definition.durable !== true && effectOf(manifest, context.params) === "once";
        return fail({
          kind: inDoubt ? "unknown" : "error",
          code: "node_threw",
          message: `The node broke: ${used ? used.redact(message) : message}`,
        });
      }
    },
  };
}

/** Progress, where nobody looks on. */
const NOBODY = (): void => undefined;

const NO_FILES: AttachedFiles = { read: () => Promise.resolve(undefined) };

const notDurable = (): never => {
  throw fatalFailure(
    "not_durable",
    "`step`, `wait` and `runFlow` are those of a durable node type: say `durable: true` beside its `effect`.",
  );
};

/** For whoever calls them without the help of types. */
const NOT_DURABLE: Durability = { step: notDurable, wait: notDurable, runFlow: notDurable };

function durability(passage: Parts | undefined): Durability {
  if (passage === undefined) throw new TypeError("A durable node type can only be run where its sub-steps are kept");
  return {
    step: (name, run, options) => passage.step(name, run, options),
    wait: (request) => passage.wait(request),
    runFlow: (name, request) => {
      if (passage.runFlow === undefined) throw fatalFailure("run_not_here", "No flow can be run from here.");
      return passage.runFlow(name, request);
    },
  };
}

/** From what `execute` gives to an outcome; checked, where its schemas are told. */
function answerOf(schemas: { readonly [port: string]: z.ZodType } | undefined): (result: unknown) => Outcome {
  if (schemas === undefined) return (result) => toOutcome(result);
  return (result) => {
    const { port, value } = portAndValue(result);
    const parsed = schemas[port]?.safeParse(value);
    if (parsed === undefined) {
      return fatal("unknown_port", `The node leaves by the port “${port}”, which it does not have.`);
    }
    if (parsed.success) {
      const wrong = whyNotJson(parsed.data, { absent: true });
      if (wrong === undefined) return output(toJson(withoutUndefined(parsed.data)), port);
      const message = `What the node gives at “${port}” is not plain JSON. ${wrong.pointer || "It"} ${wrong.message}.`;
      return fatal("output_invalid", message, { pointer: wrong.pointer });
    }
    const [issue] = parsed.error.issues;
    const place = (issue?.path ?? []).map((part) => `/${String(part)}`).join("");
    const why = `${place || "It"}: ${issue?.message ?? "it is not valid"}.`;
    return fatal("output_invalid", `What the node gives at “${port}” does not fit its own schema. ${why}`, {
      pointer: place,
    });
  };
}

/** The manifest of an action whose executor stays on the server. */
export function actionManifest(info: NodeInfo<z.ZodType>): NodeManifest {
  return manifestOf(info, "action");
}

/** A condition that can't be evaluated is the flow's mistake: trying again can't help. */
function guarded(behave: () => Outcome): Outcome {
  try {
    return behave();
  } catch (error) {
    const told = stepErrorOf(error);
    if (told === undefined) throw error;
    return fail(told);
  }
}
