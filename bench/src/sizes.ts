/** How much is measured. */
export interface Sizes {
  /** Contestants alternate so many times; the medians count. */
  readonly rounds: number;
  /** Of each contestant's process, before it is measured. Milliseconds. */
  readonly warmUpMs: number;
  /** Of one measurement. Milliseconds. */
  readonly measureMs: number;
  /** Numbers of runs that wait while something else is measured, ascending. */
  readonly waiting: readonly number[];
  /** For how long the questions to an idle database are counted. Milliseconds. */
  readonly idleMs: number;
  /** Before that: what is counted late has to have been counted. Milliseconds. */
  readonly settleMs: number;
  /** Events sent one after the other in a round. */
  readonly events: number;
  readonly kills: number;
  /** Runs that a killed worker holds. */
  readonly held: number;
  /** Runs in the queue for one worker, then for two. */
  readonly queued: number;
  /** Runs of five steps that are history. */
  readonly historyRuns: number;
  /** Of the flow that is opened in the designer; by tens. */
  readonly designerNodes: number;
  /** Open tasks in the inbox. */
  readonly inboxTasks: number;
}

export const FULL: Sizes = {
  rounds: 5,
  warmUpMs: 2_000,
  measureMs: 3_000,
  waiting: [10_000, 100_000],
  idleMs: 30_000,
  settleMs: 12_000,
  events: 50,
  kills: 3,
  held: 20,
  queued: 40_000,
  historyRuns: 400_000,
  designerNodes: 1_000,
  inboxTasks: 500,
};

/** For development: says whether the benchmark works, not how fast anything is. */
export const QUICK: Sizes = {
  rounds: 1,
  warmUpMs: 1_000,
  measureMs: 1_500,
  waiting: [10_000],
  idleMs: 6_000,
  settleMs: 3_000,
  events: 30,
  kills: 1,
  held: 5,
  queued: 4_000,
  historyRuns: 20_000,
  designerNodes: 200,
  inboxTasks: 100,
};
