/** What has to be reached. Each is about figures of one and the same run of the benchmark, on one server. */

export type Bound = { readonly atLeast: number } | { readonly atMost: number };

export type Target = Bound & {
  readonly unit: "×" | "commits" | "bytes" | "queries/s" | "s" | "ms";
  /** What the number is, for people. */
  readonly meaning: string;
};

export const TARGETS = {
  "dbos.runsPerSecond.at50": {
    atLeast: 20,
    unit: "×",
    meaning: "five-step runs a second, 50 at a time, started in the process, against DBOS",
  },
  "dbos.runsPerSecond.at50.random": {
    atLeast: 10,
    unit: "×",
    meaning: "the same with steps of 0 to 4 ms at random, against DBOS with the same",
  },
  "dbos.runsPerSecond.overHttp": {
    atLeast: 8,
    unit: "×",
    meaning:
      "started over HTTP with an API key on 32 connections, end awaited, against DBOS called directly, 50 at a time",
  },
  "dbos.p50.alone": { atMost: 0.3, unit: "×", meaning: "time of a run that is alone, p50, against DBOS" },
  "commitsPerRun.alone": { atMost: 6, unit: "commits", meaning: "commits of a run of five steps that is alone" },
  "commitsPerRun.at50": { atMost: 3, unit: "commits", meaning: "the same, shared between 50 runs at a time" },
  "graphile.eventToResume.p50.with0Waiting": {
    atMost: 1.5,
    unit: "×",
    meaning: "event to resumed run, p50, against graphile-worker's bare add to start",
  },
  "graphile.eventToResume.p50.with10000Waiting": {
    atMost: 1.5,
    unit: "×",
    meaning: "the same with 10,000 waiting runs",
  },
  "graphile.eventToResume.p50.with100000Waiting": {
    atMost: 1.5,
    unit: "×",
    meaning: "the same with 100,000 waiting runs",
  },
  "waiting.memoryBytesPerRun.with10000": {
    atMost: 1_000,
    unit: "bytes",
    meaning: "heap per waiting run after collection: 10 MB for 10,000 are within the noise of a heap",
  },
  "waiting.memoryBytesPerRun.with100000": {
    atMost: 100,
    unit: "bytes",
    meaning: "the same for 100,000: no more than those 10 MB in all",
  },
  "waiting.diskBytesPerRun.with100000": {
    atMost: 1_536,
    unit: "bytes",
    meaning: "on disk per waiting run, with indexes, after vacuum",
  },
  "waiting.queriesPerSecond.with100000": { atMost: 5, unit: "queries/s", meaning: "asked of an idle database" },
  "waiting.queriesPerSecond.with10000.againstNone": {
    atMost: 1.1,
    unit: "×",
    meaning: "the same with 10,000 waiting runs against none",
  },
  "recovery.worstSeconds": {
    atMost: 20,
    unit: "s",
    meaning: "from the kill of a worker to its runs going on elsewhere",
  },
  "workers.runsPerSecond.twoAgainstOne": {
    atLeast: 1.2,
    unit: "×",
    meaning: "two worker processes against one, fed by the queue",
  },
  "history.runsPerSecond.against0": {
    atLeast: 0.8,
    unit: "×",
    meaning: "runs a second with two million steps of history against none",
  },
  "designer.drag.scriptAndLayoutMs.p95": {
    atMost: 8,
    unit: "ms",
    meaning: "script, styles and layout of a frame while a card of a flow of 1,000 nodes is dragged, p95",
  },
  "designer.input.delayMs.max": {
    atMost: 100,
    unit: "ms",
    meaning: "how long the longest input waited for its handling: dragging, panning, typing, undoing in that flow",
  },
  "inbox.list.ms.p95": {
    atMost: 300,
    unit: "ms",
    meaning: "from asking for a list of 500 open tasks to the frame that shows it, p95",
  },
  "inbox.next.ms.p95": {
    atMost: 100,
    unit: "ms",
    meaning: "from the key to the frame that shows the next task's card, p95",
  },
} as const satisfies { readonly [name: string]: Target };

export type TargetName = keyof typeof TARGETS;
