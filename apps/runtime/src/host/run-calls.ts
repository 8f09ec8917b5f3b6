/** The sub-steps of one attempt, kept as rows of its run: each is committed, under the run's fence, before it counts. */
import type { CallRecord, CallStore } from "@holdfast/nodes/executors";
import { NodeFailure } from "@holdfast/nodes";
import { quoted, UnstorableValueError } from "../writer/json-text.ts";
import type { Prepared } from "./prepared.ts";
import type { RunFile } from "./run-file.ts";

export interface RunCallMeans {
  /** Asks the run's holder for a write. */
  readonly write: () => void;
  /** The record without secrets. */
  readonly clean: (record: CallRecord) => CallRecord;
}

export class RunCalls implements CallStore {
  readonly #run: RunFile;
  readonly #prepared: Prepared;
  readonly #means: RunCallMeans;

  constructor(run: RunFile, prepared: Prepared, means: RunCallMeans) {
    this.#run = run;
    this.#prepared = prepared;
    this.#means = means;
  }

  async find(call: string): Promise<CallRecord | undefined> {
    const { node, attempt } = this.#prepared;
    const run = this.#run;
    return run.calls?.find({ database: run.context.database, run: run.id }, { node, call, attempt });
  }

  async keep(call: string, record: CallRecord, startedAt: number): Promise<void> {
    const { node, attempt, runnable } = this.#prepared;
    const run = this.#run;
    try {
      run.keepCall({ node, call, attempt, startedAt }, this.#means.clean(record));
    } catch (error) {
      if (!(error instanceof UnstorableValueError)) throw error;
      const message = `What the sub-step “${call}” gives can't be kept: ${error.message}.`;
      throw new NodeFailure({ kind: "fatal", code: error.code, message });
    }
    run.draft.labels.push({ point: "substep", type: runnable.type });
    // A failure goes with what follows from it.
    if (record.status === "completed") await this.#committed();
  }

  async announce(call: string, key: string): Promise<"announced" | "inDoubt"> {
    const { node, attempt, runnable } = this.#prepared;
    const run = this.#run;
    if (run.dangling.has(`${node} ${call} ${attempt}`)) return "inDoubt";
    run.draft.add(
      "intents",
      `{"r":"${run.id}","n":${quoted(node)},"c":${quoted(call)},"a":${attempt},"k":${quoted(key)}}`,
    );
    run.draft.labels.push({ point: "intent", type: runnable.type });
    await this.#committed();
    return "announced";
  }

  /** Resolves with the commit of what the draft holds now. */
  #committed(): Promise<void> {
    const { draft } = this.#run;
    return new Promise((resolve, reject) => {
      draft.then(() => resolve());
      draft.otherwise(() => reject(new Error("another process has taken the run over")));
      this.#means.write();
    });
  }
}
