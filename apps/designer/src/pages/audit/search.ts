/** What the address of the audit holds. */
export interface AuditSearch {
  /** A person's id. */
  readonly who?: string;
  /** `task.decide`, or all of a noun: `task`. */
  readonly action?: string;
  /** `run:…` */
  readonly target?: string;
  /** Days back from now. */
  readonly days?: Days;
  /** The entry that is opened. */
  readonly entry?: string;
}

export const DAYS = [1, 7, 30] as const;
export type Days = (typeof DAYS)[number];

const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

export function auditSearch(given: Readonly<Record<string, unknown>>): AuditSearch {
  const who = text(given["who"]);
  const action = text(given["action"]);
  const target = text(given["target"]);
  const days = DAYS.find((each) => each === Number(given["days"]));
  const { entry: at } = given;
  const entry = typeof at === "string" || typeof at === "number" ? String(at) : "";
  return {
    ...(who === undefined ? {} : { who }),
    ...(action === undefined ? {} : { action }),
    ...(target === undefined ? {} : { target }),
    ...(days === undefined ? {} : { days }),
    ...(/^[1-9]\d{0,14}$/.test(entry) ? { entry } : {}),
  };
}
