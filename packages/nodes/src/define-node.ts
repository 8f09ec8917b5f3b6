/**
 * How a node type is made.
 *
 * A control node is a pure function that the simulator runs too; an action has `execute` on the server. Both are
 * described by the same zod params, which become the manifest's JSON Schema and the behavior's types.
 */
import {
  effectOf,
  ExpressionError,
  type ControlContext,
  type ControlNode,
  type ChildResult,
  type NodeManifest,
  type Outcome,
} from "@holdfast/dsl";
import type { z } from "zod";
import type { ActionContext, ActionNode } from "./action.ts";
import { fail, fatal } from "./outcome.ts";
import { manifestOf, type NodeInfo } from "./schema/manifest-of.ts";
import { paramsParser } from "./schema/parse-params.ts";

export { nodeInfo, type NodeInfo } from "./schema/manifest-of.ts";

/** A description with its pure behavior. */
export interface ControlDefinition<Params extends z.ZodType> extends NodeInfo<Params> {
  readonly begin: (params: z.output<Params>, context: ControlContext) => Outcome;
  readonly resume?: (params: z.output<Params>, context: ControlContext, results: readonly ChildResult[]) => Outcome;
}

/** A description with its executor. */
export interface ActionDefinition<Params extends z.ZodType> extends NodeInfo<Params> {
  readonly execute: (context: ActionContext<z.output<Params>>) => Promise<Outcome>;
}

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
 * A node classifies the failures of its target itself. What it throws all the same is taken for the worst that its
 * effect allows, with every form of its credential taken out of the message.
 */
export function defineNode<Params extends z.ZodType>(definition: ActionDefinition<Params>): ActionNode {
  const parse = paramsParser(definition.params);
  const manifest = manifestOf(definition, "action");
  return {
    manifest,
    async execute(context) {
      const parsed = parse(context.params);
      if (!parsed.ok) return fail(parsed.error);
      let used: Awaited<ReturnType<typeof context.credential>>;
      const credential = async (): Promise<typeof used> => (used = await context.credential());
      try {
        return await definition.execute({ ...context, params: parsed.params, credential });
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        return fail({
          kind: effectOf(manifest, context.params) === "once" ? "unknown" : "error",
          code: "node_threw",
          message: `The node broke: ${used ? used.redact(message) : message}`,
        });
      }
    },
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
    if (!(error instanceof ExpressionError)) throw error;
    return fatal("expression_failed", error.message, {
      details: { expression: error.expression, code: error.code, start: error.start, end: error.end },
    });
  }
}
