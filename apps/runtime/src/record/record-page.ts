import { Scrubber } from "../log/scrubber.ts";
import type { Queryable } from "../read/queryable.ts";
import { renderRecord, type RenderOptions } from "./render.ts";
import { readRunRecord, type RunRecord } from "./run-record.ts";

export interface RecordPage {
  readonly fileName: string;
  readonly html: string;
  readonly record: RunRecord;
}

export interface RecordTools {
  readonly database: Queryable;
  /** Takes secrets out that this process knows: none should be in a run, and none leaves by its record. */
  readonly scrub?: ((text: string) => string) | undefined;
}

const keysAlone = new Scrubber();

/** The record of a run as data and as a page. Undefined: this workspace has no such run. */
export async function recordPage(
  { database, scrub = (text) => keysAlone.scrub(text) }: RecordTools,
  workspace: number,
  run: string,
  options: Omit<RenderOptions, "madeAt">,
): Promise<RecordPage | undefined> {
  const found = await readRunRecord(database, workspace, run);
  if (found === undefined) return undefined;
  const record = scrubbed(found, scrub);
  return {
    fileName: `${record.run.flow}-${record.run.id}.html`,
    html: renderRecord(record, { ...options, madeAt: Date.now() }),
    record,
  };
}

/** Text by text, as people would read it: a value in HTML or JSON may be written otherwise. */
function scrubbed<Value>(value: Value, scrub: (text: string) => string): Value;
function scrubbed(value: unknown, scrub: (text: string) => string): unknown {
  if (typeof value === "string") return scrub(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((each: unknown) => scrubbed(each, scrub));
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [scrub(name), scrubbed<unknown>(each, scrub)]));
}
