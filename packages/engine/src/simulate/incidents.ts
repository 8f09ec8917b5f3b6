/** Incidents of steps and of compensations alike. */
import type { IncidentKind } from "../state.ts";
import type { StepError } from "@holdfast/dsl";
import type { SimRun } from "./sim-run.ts";

interface Incident {
  readonly run: string;
  readonly node: string;
  readonly incident: IncidentKind;
  readonly error: StepError;
}

export function incidentsOf(run: SimRun): Incident[] {
  return Object.entries(run.state.nodes).flatMap(([node, fact]): Incident[] => {
    if (fact.status === "waiting") {
      return fact.wait === "incident" ? [{ run: run.id, node, incident: fact.incident, error: fact.error }] : [];
    }
    if (fact.status === "scheduled" || fact.undo?.status !== "incident") return [];
    return [{ run: run.id, node, incident: "compensation_failed", error: fact.undo.error }];
  });
}
