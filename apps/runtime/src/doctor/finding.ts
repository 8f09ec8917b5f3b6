/** What one look at the installation found. */
export interface Finding {
  readonly check: string;
  /** `warning` can wait; a `problem` keeps work from being done. */
  readonly state: "ok" | "warning" | "problem";
  readonly detail: string;
  /** What to do about it. */
  readonly advice?: string;
}

export const ok = (check: string, detail: string): Finding => ({ check, state: "ok", detail });

export const warning = (check: string, detail: string, advice: string): Finding => ({
  check,
  state: "warning",
  detail,
  advice,
});

export const problem = (check: string, detail: string, advice: string): Finding => ({
  check,
  state: "problem",
  detail,
  advice,
});
