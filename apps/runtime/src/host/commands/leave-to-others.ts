/**
 * A step whose node type this process does not have in its version: another may have it. If none has for a while,
 * people are told.
 */
import { type MissingType, someoneHasType } from "../../store/workers.ts";
import type { RunFile } from "../run-file.ts";
import { openIncident } from "./close.ts";
import type { Execution } from "./execute.ts";

/** After how long a run whose node type is missing here is looked at again, milliseconds. */
export const TYPE_RETRY_MS = 5_000;
/** For how long a worker with the type may be missing before people are told. */
const TYPE_PATIENCE_MS = 60_000;

/** True when an incident was opened. */
export async function leaveToOthers(
  run: RunFile,
  { node, attempt, phase, readyAt }: Execution,
  missing: MissingType,
): Promise<boolean> {
  if (run.now() - readyAt < TYPE_PATIENCE_MS || (await someoneHasType(run.context.database, missing))) return false;
  const message = `No worker has had the node type ${missing.type} in version ${missing.version} for a minute.`;
  const { type, version } = missing;
  const error = { kind: "fatal", code: "node_type_missing", message, details: { type, version } } as const;
  const incident = "node_type_missing";
  const of = phase === "undo" ? "undo" : "step";
  return openIncident(run, { type: "openIncident", id: "", node, incident, attempt, error, of });
}
