import { z } from "@hono/zod-openapi";
import { Problem } from "../../problem/problem.ts";
import { incidentStatusView, incidentView, type IncidentView } from "../../read/incident-view.ts";
import { findIncident, listIncidents } from "../../read/incidents.ts";
import { jsonView, pageView } from "../../read/view.ts";
import { idParams, pageQuery } from "../fields.ts";
import { defineRoute, type RouteTools } from "../route.ts";

async function requireIncident(tools: RouteTools, workspace: number, id: string): Promise<IncidentView> {
  const incident = await findIncident(tools.database, workspace, id);
  if (incident === undefined) {
    throw new Problem(404, "incident_not_found", `there is no incident ${JSON.stringify(id)}`);
  }
  return incident;
}

const resolution = z
  .strictObject({
    action: z.enum(["retry", "complete", "fail"]),
    port: z.string().min(1).max(200).optional().openapi({ description: "For `complete`: the port; by default `out`." }),
    output: jsonView.optional().openapi({ description: "For `complete`: the step's output." }),
  })
  .openapi("ResolveIncident");

export const incidentRoutes = [
  defineRoute({
    method: "get",
    path: "/incidents",
    action: "incident.read",
    tag: "Incidents",
    summary: "List incidents",
    description: "The oldest first.",
    query: pageQuery.extend({ status: incidentStatusView.optional(), run: z.string().max(200).optional() }),
    gives: { status: 200, description: "Incidents.", schema: pageView(incidentView) },
    handle: async ({ principal, query, tools }) => {
      const { status, run, ...page } = query;
      return { body: await listIncidents(tools.database, principal.workspace, { status, run }, page) };
    },
  }),
  defineRoute({
    method: "get",
    path: "/incidents/{id}",
    action: "incident.read",
    tag: "Incidents",
    summary: "Read an incident",
    params: idParams,
    gives: { status: 200, description: "The incident.", schema: incidentView },
    handle: async ({ principal, params, tools }) => ({
      body: await requireIncident(tools, principal.workspace, params.id),
    }),
  }),
  defineRoute({
    method: "post",
    path: "/incidents/{id}/resolve",
    action: "incident.resolve",
    tag: "Incidents",
    summary: "Resolve an incident",
    description:
      "`retry` tries again with the same key, `complete` goes on with the output told, `fail` lets the step fail for good.",
    params: idParams,
    body: { schema: resolution },
    gives: { status: 200, description: "The incident as it stands.", schema: incidentView },
    handle: async ({ principal, params, body, tools }) => {
      const incident = await requireIncident(tools, principal.workspace, params.id);
      if (body.action !== "complete" && (body.output !== undefined || body.port !== undefined)) {
        const pointer = body.output === undefined ? "/port" : "/output";
        throw new Problem(400, "body_invalid", `only complete takes ${pointer.slice(1)}`, { pointer });
      }
      await tools.services.resolveIncident(principal, {
        incident: incident.id,
        action: body.action,
        ...(body.port === undefined ? {} : { port: body.port }),
        ...(body.output === undefined ? {} : { output: body.output }),
      });
      return { body: await requireIncident(tools, principal.workspace, params.id) };
    },
  }),
];
