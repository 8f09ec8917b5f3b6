/** What a run is, as long as a process has it in hand. */
import type { Json } from "@holdfast/dsl";
import type { Plan } from "@holdfast/engine";
import type { CompiledFlow } from "./compiled-flow.ts";
import type { Scope } from "./scope.ts";

export interface RunIdentity {
  readonly id: string;
  readonly workspace: number;
  readonly flow: CompiledFlow;
  readonly plan: Plan;
  readonly scope: Scope;
  readonly body: boolean;
  readonly parent: string | undefined;
  readonly parentNode: string | undefined;
  readonly root: string;
  readonly roots: { readonly item?: Json; readonly index?: number; readonly last?: Json };
}
