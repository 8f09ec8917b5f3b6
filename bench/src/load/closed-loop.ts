/** So many runs at a time: each that ends makes room for the next. */
import { percentile } from "../numbers/statistics.ts";

export interface Load {
  /** At a time. */
  readonly at: number;
  readonly forMs: number;
}

export interface LoadResult {
  readonly runs: number;
  readonly runsPerSecond: number;
  /** Milliseconds from the start of a run to its end. */
  readonly p50: number;
  readonly p99: number;
  /** Processor time of this process per run, milliseconds. */
  readonly cpuMsPerRun: number;
}

/** @throws what a run throws: a load that fails is no measurement. */
export async function closedLoop({ at, forMs }: Load, runOne: () => Promise<void>): Promise<LoadResult> {
  const times: number[] = [];
  const began = performance.now();
  const until = began + forMs;
  const cpu = process.cpuUsage();
  const one = async (): Promise<void> => {
    while (performance.now() < until) {
      const start = performance.now();
      await runOne();
      times.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: at }, one));
  const seconds = (performance.now() - began) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  return {
    runs: times.length,
    runsPerSecond: times.length / seconds,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    cpuMsPerRun: (user + system) / 1_000 / times.length,
  };
}
