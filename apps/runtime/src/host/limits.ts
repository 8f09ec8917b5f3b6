/** Limits, each with its own code where it is crossed. Bytes. */
export const LIMITS = {
  document: 4 * 1024 * 1024,
  event: 8 * 1024 * 1024,
  input: 8 * 1024 * 1024,
  output: 8 * 1024 * 1024,
  /** What a wait gives: an event that was accepted, who, when and by which outcome, and what people said about it. */
  waitOutput: 9 * 1024 * 1024,
  request: 32 * 1024 * 1024,
  eventsPerRequest: 10_000,
  outputsOfRun: 256 * 1024 * 1024,
  engineState: 256 * 1024,
  /** Values above this go to the side table. */
  inlineValue: 64 * 1024,
} as const;
