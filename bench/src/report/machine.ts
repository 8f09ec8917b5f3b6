/** What the numbers were measured on. */
import { cpus, loadavg, totalmem } from "node:os";
import { rounded } from "../numbers/statistics.ts";

export interface Machine {
  readonly cpus: number;
  readonly cpu: string;
  readonly memoryGb: number;
  readonly node: string;
  readonly postgres: string;
  /** Of the last minute, before the benchmark began: above a few tenths somebody else was at work. */
  readonly load: number;
}

export function describeMachine(postgres: string): Machine {
  const all = cpus();
  return {
    cpus: all.length,
    cpu: all[0]?.model.trim() ?? "unknown",
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    postgres,
    load: rounded(loadavg()[0] ?? 0),
  };
}
