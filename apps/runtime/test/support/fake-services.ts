/** Services that remember how they were called and do nothing: for testing doors without a host behind them. */
import type { ProblemIssue } from "../../src/problem/problem.ts";
import type { Services } from "../../src/services/services.ts";

export type ServiceCall = {
  [Name in keyof Services]: { readonly name: Name; readonly args: Parameters<Services[Name]> };
}[keyof Services];

const SAID = "019a8f3e-0000-7000-8000-00000000000e";
const DECIDED = {
  decisionId: "019a8f3e-0000-7000-8000-00000000000d",
  effectiveAt: "2026-03-01T09:30:00.000Z",
  decided: true,
};

export class FakeServices implements Services {
  readonly calls: ServiceCall[] = [];
  /** Thrown by the next call. */
  failure: Error | undefined;
  /** Of every publishing. */
  warnings: readonly ProblemIssue[] = [];
  runId = "019a8f3e-0000-7000-8000-000000000001";

  get last(): ServiceCall | undefined {
    return this.calls.at(-1);
  }

  async publishFlow(...args: Parameters<Services["publishFlow"]>) {
    this.#note({ name: "publishFlow", args });
    return { flow: args[1], version: 1, created: true, warnings: this.warnings };
  }
  async publishDraft(...args: Parameters<Services["publishDraft"]>) {
    this.#note({ name: "publishDraft", args });
    return { version: 1, created: true };
  }
  async archiveFlow(...args: Parameters<Services["archiveFlow"]>) {
    this.#note({ name: "archiveFlow", args });
  }
  async setLiveVersion(...args: Parameters<Services["setLiveVersion"]>) {
    this.#note({ name: "setLiveVersion", args });
  }
  async startRun(...args: Parameters<Services["startRun"]>) {
    this.#note({ name: "startRun", args });
    return { runId: this.runId, created: args[1].idempotencyKey !== "seen" };
  }
  async startAndAwait(...args: Parameters<Services["startAndAwait"]>) {
    this.#note({ name: "startAndAwait", args });
    return { runId: this.runId, created: args[1].idempotencyKey !== "seen", run: undefined };
  }
  async acceptEvents(...args: Parameters<Services["acceptEvents"]>) {
    this.#note({ name: "acceptEvents", args });
    return { ids: args[1].map((_, index) => `019a8f3e-0000-7000-8000-${String(index).padStart(12, "0")}`) };
  }
  async cancelRun(...args: Parameters<Services["cancelRun"]>) {
    this.#note({ name: "cancelRun", args });
  }
  async pauseRun(...args: Parameters<Services["pauseRun"]>) {
    this.#note({ name: "pauseRun", args });
  }
  async resumeRun(...args: Parameters<Services["resumeRun"]>) {
    this.#note({ name: "resumeRun", args });
  }
  async retryRun(...args: Parameters<Services["retryRun"]>) {
    this.#note({ name: "retryRun", args });
  }
  async skipWait(...args: Parameters<Services["skipWait"]>) {
    this.#note({ name: "skipWait", args });
  }
  async decideTask(...args: Parameters<Services["decideTask"]>) {
    this.#note({ name: "decideTask", args });
    return DECIDED;
  }
  async decideMany(...args: Parameters<Services["decideMany"]>) {
    this.#note({ name: "decideMany", args });
    return args[1].tasks.map(({ id }) => ({ task: id, done: true as const, ...DECIDED }));
  }
  async takeBackMany(...args: Parameters<Services["takeBackMany"]>) {
    this.#note({ name: "takeBackMany", args });
    return args[1].map((task) => ({ task, done: true as const }));
  }
  async claimTask(...args: Parameters<Services["claimTask"]>) {
    this.#note({ name: "claimTask", args });
    return { claimedUntil: "2026-03-01T17:30:00.000Z" };
  }
  async releaseTask(...args: Parameters<Services["releaseTask"]>) {
    this.#note({ name: "releaseTask", args });
  }
  async delegateTask(...args: Parameters<Services["delegateTask"]>) {
    this.#note({ name: "delegateTask", args });
  }
  async endDelegation(...args: Parameters<Services["endDelegation"]>) {
    this.#note({ name: "endDelegation", args });
  }
  async commentOnTask(...args: Parameters<Services["commentOnTask"]>) {
    this.#note({ name: "commentOnTask", args });
    return { id: SAID };
  }
  async addTaskFile(...args: Parameters<Services["addTaskFile"]>) {
    this.#note({ name: "addTaskFile", args });
    return { id: SAID };
  }
  async removeTaskFile(...args: Parameters<Services["removeTaskFile"]>) {
    this.#note({ name: "removeTaskFile", args });
  }
  async takeBackDecision(...args: Parameters<Services["takeBackDecision"]>) {
    this.#note({ name: "takeBackDecision", args });
  }
  async resolveIncident(...args: Parameters<Services["resolveIncident"]>) {
    this.#note({ name: "resolveIncident", args });
  }
  async awaitRun(...args: Parameters<Services["awaitRun"]>) {
    this.#note({ name: "awaitRun", args });
  }
  migrateNodes(...args: Parameters<Services["migrateNodes"]>): ReturnType<Services["migrateNodes"]> {
    this.#note({ name: "migrateNodes", args });
    return { version: 2, params: {} };
  }

  async tryOut(...args: Parameters<Services["tryOut"]>) {
    this.#note({ name: "tryOut", args });
    return { type: "output", port: "out", value: {} } as const;
  }
  async advanceClock(...args: Parameters<Services["advanceClock"]>) {
    this.#note({ name: "advanceClock", args });
    return { now: "2026-03-08T09:30:00.000Z" };
  }

  #note(call: ServiceCall): void {
    this.calls.push(call);
    const failure = this.failure;
    this.failure = undefined;
    if (failure !== undefined) throw failure;
  }
}
