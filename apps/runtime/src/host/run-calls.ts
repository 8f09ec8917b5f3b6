/** The sub-steps of one attempt, kept as rows of its run: each is committed, under the run's fence, before it counts. */
import type { Json, StepError } from "@holdfast/dsl";
import type {
  CallRecord,
  CallStore,
  FlowRequest,
  FlowResult,
  FlowRun,
  OwnTransaction,
} from "@holdfast/nodes/executors";
import { NodeFailure } from "@holdfast/nodes";
import { findFlowRun, type StoredFlowRun } from "../store/flow-runs.ts";
import { jsonText, quoted, UnstorableValueError } from "../writer/json-text.ts";
import { flowProblem } from "./commands/execute.ts";
import { LIMITS } from "./limits.ts";
import { transactOnce } from "./own-database.ts";
import type { Prepared } from "./prepared.ts";
import type { RunFile } from "./run-file.ts";

export interface RunCallMeans {
  /** Asks the run's holder for a write. */
  readonly write: () => void;
  /** The record without secrets. */
  readonly clean: (record: CallRecord) => CallRecord;
  /** Of the process' hold on the run. */
  readonly epoch: number;
  /** Of the attempt. */
  readonly signal: AbortSignal;
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

  async runOf(call: string, request: FlowRequest): Promise<FlowRun> {
    const run = this.#run;
    const found = await findFlowRun(run.context.database, run.id, this.#prepared.node, call);
    if (!("next" in found)) return found.isOver ? { result: resultOf(found) } : { index: found.index };
    const problem = tooLarge(request) ?? (await flowProblem(run, request, request.input));
    return problem === undefined ? { index: found.next } : { result: { status: "failed", error: problem } };
  }

  /** Its record is committed with what it did, and not by the run's writes. */
  async transact<Value extends Json>(call: string, transaction: OwnTransaction<Value>): Promise<Value> {
    const { write, clean, epoch, signal } = this.#means;
    const means = { run: this.#run, prepared: this.#prepared, epoch, call, write, signal };
    const value = await transactOnce({ ...means, clean: (given) => cleaned(clean, given) }, transaction);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what is recorded is what the same work gave
    return value as Value;
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

function cleaned(clean: RunCallMeans["clean"], value: Json): Json {
  const record = clean({ status: "completed", value });
  return record.status === "completed" && record.value !== undefined ? record.value : null;
}

function resultOf({ status, output, error }: StoredFlowRun): FlowResult {
  if (status === "completed") return { status, output };
  const message = `The run is ${status}.`;
  return {
    status: status === "failed" ? status : "canceled",
    error: error ?? { kind: "fatal", code: `child_${status}`, message },
  };
}

function tooLarge({ flow, input }: FlowRequest): StepError | undefined {
  try {
    jsonText(input, LIMITS.input);
    return undefined;
  } catch (error) {
    if (!(error instanceof UnstorableValueError)) throw error;
    return { kind: "fatal", code: error.code, message: `The input of the flow “${flow}”: ${error.message}.` };
  }
}
