/**
 * A run that is about to be: started by hand, by an event, or as a child.
 */
import type { Json, JsonObject } from "@holdfast/dsl";
import type { CompiledFlow } from "./compiled-flow.ts";
import type { Scope } from "./scope.ts";
import { quoted } from "../writer/json-text.ts";

export interface NewRun {
  readonly id: string;
  readonly workspace: number;
  readonly flow: CompiledFlow;
  readonly input: Json;
  /** `input`, serialized once. Body children have `null`: they read their flow's. */
  readonly inputText: string;
  readonly trigger: JsonObject;
  readonly triggerEvent?: string;
  readonly idempotencyKey?: string;
  /** Milliseconds. Null until the database has said it. */
  readonly startedAt: number | null;
  readonly actor: string;
  readonly requester: string | undefined;
  readonly child?: {
    readonly root: string;
    readonly parent: string;
    readonly node: string;
    readonly iteration: number;
    readonly body: boolean;
    readonly roots: { readonly item?: Json; readonly index?: number; readonly last?: Json };
    /** What its step calls it, if that runs it in its middle. */
    readonly call?: string | undefined;
    /** For a body: where it reads from. */
    readonly scope: Scope | undefined;
  };
  /** This process goes on with it at once. */
  readonly take: boolean;
}

/** The row of `starts`. */
export function startRow(run: NewRun): string {
  const { child } = run;
  let row =
    `{"id":"${run.id}","w":${run.workspace},"f":${run.flow.flowRef},"v":${run.flow.ref},"take":${run.take},` +
    `"actor":${quoted(run.actor)},"trig":${JSON.stringify(run.trigger)},"inp":${run.inputText}`;
  if (run.startedAt !== null) row += `,"at":${run.startedAt}`;
  if (run.requester !== undefined) row += `,"req":${quoted(run.requester)}`;
  if (run.triggerEvent !== undefined) row += `,"te":"${run.triggerEvent}"`;
  if (run.idempotencyKey !== undefined) row += `,"ik":${quoted(run.idempotencyKey)}`;
  if (child !== undefined) {
    row +=
      `,"root":"${child.root}","par":"${child.parent}","pn":${quoted(child.node)},"it":${child.iteration},"body":${child.body}` +
      `,"br":${JSON.stringify(child.roots)}`;
    if (child.call !== undefined) row += `,"pc":${quoted(child.call)}`;
  }
  return `${row}}`;
}
