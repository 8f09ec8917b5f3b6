import type { RunDetails } from "../../rpc/outputs.ts";

/** What is recorded of a step, or of one of its parts. */
export type RunStep = RunDetails["steps"][number];
