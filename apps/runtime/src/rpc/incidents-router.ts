/** Incidents: what waits for a repair, and repairing it. */
import { z } from "zod";
import { Problem } from "../problem/problem.ts";
import { problemFrom } from "../api/problem-from.ts";
import { incidentGroups } from "../read/incident-groups.ts";
import { incidentStatusView } from "../read/incident-view.ts";
import { findIncident, listIncidents } from "../read/incidents.ts";
import { byId, idField, jsonField, pageFields, pageOf } from "./fields.ts";
import { operation } from "./operation.ts";
import { authorized, router } from "./trpc.ts";

const MOST_AT_ONCE = 200;

export const incidentsRouter = router({
  /** Open ones, by what happened. */
  groups: authorized("incident.read").query(({ ctx }) => incidentGroups(ctx.database, ctx.principal.workspace)),

  /** The oldest first. */
  list: authorized("incident.read")
    .input(
      z.strictObject({ status: incidentStatusView.optional(), run: idField.optional(), ...pageFields }).prefault({}),
    )
    .query(({ ctx, input: { limit, cursor, ...filter } }) =>
      listIncidents(ctx.database, ctx.principal.workspace, filter, pageOf({ limit, cursor })),
    ),

  get: authorized("incident.read")
    .input(byId)
    .query(async ({ ctx, input: { id } }) => {
      const incident = await findIncident(ctx.database, ctx.principal.workspace, id);
      if (incident !== undefined) return incident;
      throw new Problem(404, "incident_not_found", `There is no incident ${JSON.stringify(id)}.`);
    }),

  /**
   * `retry` tries again with the same key, `complete` goes on with the output told, `fail` lets the step fail for good.
   * One after the other: what can't be done with one does not hold up the others, and is told with it.
   */
  resolve: operation("incident.resolve")
    .input(
      z.strictObject({
        ids: z.array(idField).min(1).max(MOST_AT_ONCE),
        action: z.enum(["retry", "complete", "fail"]),
        port: z.string().min(1).max(63).optional(),
        output: jsonField.optional(),
      }),
    )
    .mutation(async ({ ctx, input: { ids, action, port, output } }) => {
      const results: { id: string; problem: { code: string; title: string } | null }[] = [];
      for (const incident of ids) {
        try {
          await ctx.services.resolveIncident(ctx.principal, {
            incident,
            action,
            ...(port === undefined ? {} : { port }),
            ...(output === undefined ? {} : { output }),
          });
          results.push({ id: incident, problem: null });
        } catch (error) {
          // Alone, it is the answer.
          if (ids.length === 1 || !(error instanceof Problem)) throw error;
          const { code, message } = problemFrom(error);
          results.push({ id: incident, problem: { code, title: message } });
        }
      }
      return { results };
    }),
});
