/** One thing that must be right before a change is. */
export interface Gate {
  /** For the command line: `npm run verify -- lint`. */
  readonly name: string;
  /** What it holds, in a few words. */
  readonly title: string;
  run(): Promise<Verdict> | Verdict;
}

export interface Verdict {
  readonly passed: boolean;
  /** Shown when it did not pass. */
  readonly output: string;
  /** Shown beside the title, such as how much was looked at. */
  readonly note?: string;
}
