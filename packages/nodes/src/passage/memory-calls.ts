/** Sub-steps that are kept as long as this object is: for tests, and for what is tried out outside of a run. */
import type { CallRecord, CallStore } from "./call-store.ts";
import type { FlowRun } from "./flow-run.ts";

export class MemoryCalls implements CallStore {
  /** By call, in the order in which they were recorded. */
  readonly records: Map<string, CallRecord>;
  /** Effects that were announced and have no record. */
  readonly announced: Set<string>;
  /** What was announced before the crash that this attempt comes after. */
  readonly #dangling: Set<string>;

  /** `shared`: keeps what another one keeps. */
  constructor(shared?: MemoryCalls) {
    this.records = shared?.records ?? new Map<string, CallRecord>();
    this.announced = shared?.announced ?? new Set<string>();
    this.#dangling = shared === undefined ? new Set<string>() : shared.#dangling;
  }

  find(call: string): Promise<CallRecord | undefined> {
    return Promise.resolve(this.records.get(call));
  }

  keep(call: string, record: CallRecord): Promise<void> {
    this.records.set(call, record);
    this.announced.delete(call);
    return Promise.resolve();
  }

  announce(call: string): Promise<"announced" | "inDoubt"> {
    if (this.#dangling.has(call)) return Promise.resolve("inDoubt");
    this.announced.add(call);
    return Promise.resolve("announced");
  }

  /** Whoever plays the host says how it ends, and numbers it. */
  runOf(): Promise<FlowRun> {
    return Promise.resolve({ index: 0 });
  }

  /** The process died: what was announced and has no record is in doubt. */
  crashed(): void {
    for (const call of this.announced) this.#dangling.add(call);
  }

  /** Another attempt begins: it tries again what failed, and what was in doubt somebody has decided. */
  nextAttempt(): void {
    for (const [call, { status }] of this.records) if (status === "failed") this.records.delete(call);
    this.announced.clear();
    this.#dangling.clear();
  }
}
