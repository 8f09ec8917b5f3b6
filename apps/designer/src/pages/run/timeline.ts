/**
 * A run as rows on an axis of time: one row per node, tries beneath it where there were several, waits as what they are.
 * Nodes that are not reached yet follow: first the straight way on, then what lies off it, each with the outcome that
 * leads there.
 *
 * Times are milliseconds since the epoch.
 */
import type { Span } from "./time-axis.ts";

export type NodeStatus =
  "pending" | "scheduled" | "running" | "waiting" | "incident" | "completed" | "failed" | "skipped" | "canceled";

/** One passage of one node, as far as it has come. */
export interface TimelineStep {
  readonly id: string;
  readonly node: string;
  readonly call: string;
  readonly attempt: number;
  readonly status: NodeStatus;
  readonly startedAt: number;
  /** Absent: it is not over. */
  readonly finishedAt?: number;
  /** What went wrong, in a few words. */
  readonly error?: string;
  /** A part of an attempt, from before a wait in its middle. */
  readonly part?: true;
}

export interface TimelineWait {
  readonly node: string;
  readonly kind: "event" | "time" | "children" | "incident";
  readonly openedAt: number;
  readonly closedAt?: number;
  readonly deadline?: number;
}

/** `part` of 1. */
export interface Progress {
  readonly part: number;
  readonly note: string | null;
}

export interface TimelineInput {
  readonly startedAt: number;
  readonly finishedAt?: number;
  readonly now: number;
  /** Nodes in the order in which a reader meets them. */
  readonly nodes: readonly {
    readonly id: string;
    readonly name: string;
    readonly status: NodeStatus;
    readonly progress?: Progress;
  }[];
  readonly edges: readonly {
    readonly from: string;
    readonly port: string;
    readonly to: string;
    readonly first: boolean;
  }[];
  readonly steps: readonly TimelineStep[];
  readonly waits: readonly TimelineWait[];
}

export interface Bar extends Span {
  readonly kind: "work" | "failed" | "waiting" | "ahead" | "incident";
}

export interface TimelineRow {
  readonly id: string;
  readonly node: string;
  readonly name: string;
  readonly status: NodeStatus;
  readonly bars: readonly Bar[];
  /** How long it took so far; absent for what is not reached. */
  readonly took?: number;
  /** Each try, where there was more than one. */
  readonly tries: readonly {
    readonly id: string;
    readonly attempt: number;
    readonly bar: Bar;
    readonly error?: string;
  }[];
  /** How far it says it is. */
  readonly progress?: Progress;
  /** For what lies off the straight way: the outcome that leads there. */
  readonly only?: string;
}

export interface Timeline {
  readonly rows: readonly TimelineRow[];
  readonly aside: readonly TimelineRow[];
  /** When something ran. */
  readonly work: readonly Span[];
  readonly span: Span;
  readonly worked: number;
  readonly waited: number;
}

export function timelineOf(input: TimelineInput): Timeline {
  const reached = input.nodes
    .map((node) => rowOf(input, node))
    .filter((row) => row.bars.length > 0)
    .toSorted((a, b) => beginOf(a) - beginOf(b));
  const seen = new Set(reached.map(({ node }) => node));
  const ahead = input.nodes.filter(({ id, status }) => !seen.has(id) && status !== "skipped");
  const straight = straightOn(input, seen);
  const rest = (on: boolean): TimelineRow[] =>
    ahead
      .filter(({ id }) => straight.has(id) === on)
      .map((node) => ({ id: node.id, node: node.id, name: node.name, status: node.status, bars: [], tries: [] }));
  const work = reached.flatMap(({ bars }) => bars.filter(({ kind }) => kind === "work" || kind === "failed"));
  const end = input.finishedAt ?? Math.max(input.now, ...reached.flatMap(({ bars }) => bars.map(({ to }) => to)));
  return {
    rows: [...reached, ...rest(true)],
    aside: rest(false).map((row) => withOutcome(input, row)),
    work: work.map(({ from, to }) => ({ from, to })),
    span: { from: input.startedAt, to: Math.max(input.startedAt, end) },
    worked: lengthOf(work),
    waited: lengthOf(reached.flatMap(({ bars }) => bars.filter(({ kind }) => kind === "waiting"))),
  };
}

function rowOf(input: TimelineInput, node: TimelineInput["nodes"][number]): TimelineRow {
  const steps = input.steps.filter((step) => step.node === node.id && step.status !== "waiting");
  const waits = input.waits.filter((wait) => wait.node === node.id);
  const waiting = waits.flatMap((wait) => barsOf(wait, input.now));
  const parts = steps.filter(({ part }) => part === true).map((step) => barOf(step, [], input.now));
  const whole = steps.filter(({ part }) => part !== true);
  const tries = whole.map((step) => ({
    id: step.id,
    attempt: step.attempt,
    bar: barOf(step, waits, input.now),
    ...(step.error === undefined ? {} : { error: step.error }),
  }));
  const bars = [...tries.map(({ bar }) => bar), ...parts, ...waiting].toSorted((a, b) => a.from - b.from);
  const past = bars.filter(({ kind }) => kind !== "ahead");
  const from = Math.min(...past.map((bar) => bar.from));
  const to = Math.max(...past.map((bar) => bar.to));
  return {
    id: node.id,
    node: node.id,
    name: node.name,
    status: node.status,
    bars,
    ...(past.length === 0 ? {} : { took: to - from }),
    tries: tries.length > 1 ? tries : [],
    ...(node.progress === undefined ? {} : { progress: node.progress }),
  };
}

/** A step that ended a wait began with it: only what came after the wait was work. */
function barOf(step: TimelineStep, waits: readonly TimelineWait[], now: number): Bar {
  const to = step.finishedAt ?? now;
  const closed = waits.map(({ closedAt }) => closedAt ?? 0).filter((at) => at > step.startedAt && at <= to);
  return { kind: step.status === "failed" ? "failed" : "work", from: Math.max(step.startedAt, ...closed), to };
}

function barsOf(wait: TimelineWait, now: number): Bar[] {
  const kind = wait.kind === "incident" ? "incident" : "waiting";
  if (wait.closedAt !== undefined) return [{ kind, from: wait.openedAt, to: wait.closedAt }];
  const sofar: Bar = { kind, from: wait.openedAt, to: Math.max(wait.openedAt, now) };
  return wait.deadline === undefined || wait.deadline <= now
    ? [sofar]
    : [sofar, { kind: "ahead", from: sofar.to, to: wait.deadline }];
}

/** What is reached when every node from here on leaves by its first outcome. */
function straightOn(input: TimelineInput, reached: ReadonlySet<string>): Set<string> {
  const open = input.nodes.filter(({ id, status }) => reached.has(id) && !isOver(status)).map(({ id }) => id);
  const way = new Set<string>();
  for (let next = open.length === 0 && reached.size === 0 ? ["start"] : open; next.length > 0;) {
    const from = new Set(next);
    next = input.edges.filter((edge) => from.has(edge.from) && edge.first && !way.has(edge.to)).map(({ to }) => to);
    for (const id of next) way.add(id);
  }
  return way;
}

function withOutcome(input: TimelineInput, row: TimelineRow): TimelineRow {
  const edge = input.edges.find(({ to, first }) => to === row.node && !first);
  return edge === undefined ? row : { ...row, only: edge.port };
}

const isOver = (status: NodeStatus): boolean => ["completed", "failed", "skipped", "canceled"].includes(status);
const beginOf = (row: TimelineRow): number => Math.min(...row.bars.map(({ from }) => from));

/** The length of all bars, overlaps counted once. */
function lengthOf(bars: readonly Span[]): number {
  let total = 0;
  let until = Number.NEGATIVE_INFINITY;
  for (const { from, to } of bars.toSorted((a, b) => a.from - b.from)) {
    total += Math.max(0, to - Math.max(from, until));
    until = Math.max(until, to);
  }
  return total;
}
