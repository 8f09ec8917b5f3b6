/** Incidents by what happened: those that one decision can repair stand together. */
import type { Queryable } from "./queryable.ts";
import type { IncidentView } from "./incident-view.ts";
import { openIncidents } from "./incidents.ts";
import { listRunRows, type RunRow } from "./run-rows.ts";
import { readVersions } from "./flow-versions.ts";

export interface IncidentItem extends IncidentView {
  readonly nodeName: string;
  /** The run: what it is about, and what else it waits for. */
  readonly run: RunRow | null;
}

export interface IncidentGroup {
  /** Equal for what is alike. */
  readonly key: string;
  readonly kind: IncidentView["kind"];
  readonly of: IncidentView["of"];
  readonly flow: string;
  readonly flowName: string;
  readonly node: string;
  readonly nodeName: string;
  /** Of the first one's error. */
  readonly code: string;
  readonly message: string;
  readonly oldestAt: string;
  readonly items: readonly IncidentItem[];
}

/** So many incidents are looked at; who has more has one cause. */
const MOST = 500;

/** Open ones, the group with the oldest first. */
export async function incidentGroups(
  database: Queryable,
  workspace: number,
): Promise<{ readonly groups: readonly IncidentGroup[]; readonly total: number }> {
  const { items, total } = await openIncidents(database, workspace, MOST);
  const runs = await listRunRows(
    database,
    workspace,
    { ids: [...new Set(items.map(({ runId }) => runId))] },
    { limit: MOST },
  );
  const byRun = new Map(runs.items.map((run) => [run.id, run]));
  const refs = new Map(items.map(({ runId, versionRef }) => [runId, versionRef]));
  const versions = await readVersions(database, [...refs.values()]);
  const named = items.map(({ versionRef, ...incident }): IncidentItem => ({
    ...incident,
    nodeName: versions.get(versionRef)?.nodeName(incident.node) ?? incident.node,
    run: byRun.get(incident.runId) ?? null,
  }));
  const groups = Map.groupBy(named, ({ kind, of, flow, node, error }) => [kind, of, flow, node, error.code].join(" "));
  return {
    total,
    groups: [...groups].flatMap(([key, members]) => {
      const [first] = members;
      if (first === undefined) return [];
      const { kind, of, flow, node, nodeName, error, openedAt, run } = first;
      const { code, message } = error;
      const flowName = run?.flowName ?? flow;
      return [{ key, kind, of, flow, flowName, node, nodeName, code, message, oldestAt: openedAt, items: members }];
    }),
  };
}
