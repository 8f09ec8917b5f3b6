/** What is recorded of the sub-steps of a run's open steps. Values are loaded when a step that is entered again asks. */
import type pg from "pg";
import type { Json, StepError } from "@holdfast/dsl";
import { loadCalls } from "../store/calls.ts";
import type { StoredStep } from "../store/load-run.ts";

type KnownCall =
  | { readonly status: "completed"; readonly value: Json | undefined }
  /** Its value stands in its row. */
  | { readonly status: "stored" }
  | { readonly status: "failed"; readonly attempt: number; readonly error: StepError };

/** Calls that are a step's own, and no part of it. */
const WHOLE: ReadonlySet<string> = new Set(["main", "undo", "repair"]);

export class KnownCalls {
  readonly #byNode = new Map<string, Map<string, KnownCall>>();

  constructor(steps: readonly StoredStep[] = []) {
    for (const { node, call, status, attempt, error } of steps) {
      if (WHOLE.has(call)) {
        if (status === "completed") this.forget(node);
      } else if (status === "completed") this.put(node, call, { status: "stored" });
      else if (error !== null) this.put(node, call, { status: "failed", attempt, error });
    }
  }

  put(node: string, call: string, known: KnownCall): void {
    const calls = this.#byNode.get(node);
    if (calls === undefined) this.#byNode.set(node, new Map([[call, known]]));
    else calls.set(call, known);
  }

  /** A completed step is not entered again. */
  forget(node: string): void {
    this.#byNode.delete(node);
  }

  /** The record of a call, as the given attempt of its step sees it. */
  async find(
    from: { readonly database: pg.Pool; readonly run: string },
    { node, call, attempt }: { readonly node: string; readonly call: string; readonly attempt: number },
  ): Promise<Exclude<KnownCall, { readonly status: "stored" }> | undefined> {
    const known = this.#byNode.get(node)?.get(call);
    if (known?.status === "failed" && known.attempt !== attempt) return undefined;
    if (known?.status !== "stored") return known;
    for (const { call: stored, output, hasOutput } of await loadCalls(from.database, from.run, node)) {
      if (this.#byNode.get(node)?.get(stored)?.status !== "stored") continue;
      this.put(node, stored, { status: "completed", value: hasOutput ? output : undefined });
    }
    const loaded = this.#byNode.get(node)?.get(call);
    if (loaded === undefined || loaded.status === "stored") {
      throw new Error(`the sub-step ${call} of ${node} has no row`);
    }
    return loaded;
  }
}

/** Those of a run that was taken over, if it has any. */
export function knownCalls(steps: readonly StoredStep[]): KnownCalls | undefined {
  return steps.some(({ call }) => !WHOLE.has(call)) ? new KnownCalls(steps) : undefined;
}
