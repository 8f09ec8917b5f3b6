/** Sub-steps in memory, in a process that may die at one of them. */
import { MemoryCalls, type CallRecord } from "@holdfast/nodes/executors";

/**
 * Where the process dies, once: `before` the sub-step's code runs, `during` (it has run, and its result is not kept
 * yet), or `after` its result is kept. `main` stands for the node's own result.
 */
export interface Crash {
  readonly at: "before" | "during" | "after";
  readonly step: string;
}

/** Of a process that is dead nothing is heard. */
const forEver = (): Promise<never> => new Promise(() => undefined);

export class CrashingCalls extends MemoryCalls {
  readonly #due: Crash[];
  readonly #died: () => void;
  #dead = false;

  /** `died`: the process is dead; what runs in it stops where it stands. */
  constructor(kept: MemoryCalls, due: Crash[], died: () => void) {
    super(kept);
    this.#due = due;
    this.#died = died;
  }

  override async find(call: string): Promise<CallRecord | undefined> {
    if (this.#dead) return forEver();
    const record = await super.find(call);
    return record === undefined && this.dies("before", call) ? forEver() : record;
  }

  override async keep(call: string, record: CallRecord): Promise<void> {
    if (this.#dead || this.dies("during", call)) return forEver();
    await super.keep(call, record);
    return this.dies("after", call) ? forEver() : undefined;
  }

  override announce(call: string): Promise<"announced" | "inDoubt"> {
    return this.#dead ? forEver() : super.announce(call);
  }

  /** Whether the process dies here. */
  dies(at: Crash["at"], step: string): boolean {
    const index = this.#due.findIndex((crash) => crash.at === at && crash.step === step);
    if (this.#dead || index < 0) return false;
    this.#due.splice(index, 1);
    this.#dead = true;
    this.crashed();
    this.#died();
    return true;
  }
}
