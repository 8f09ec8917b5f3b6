import { z } from "@hono/zod-openapi";
import { Problem } from "../../problem/problem.ts";
import { readModelUse } from "../../read/flow-models.ts";
import { modelUseView } from "../../read/model-view.ts";
import { timeZoneField } from "../../record/record-fields.ts";
import { flowSummaryView, flowVersionDocumentView, flowView } from "../../read/flow-view.ts";
import { findFlow, findFlowVersion, listFlows } from "../../read/flows.ts";
import { pageView } from "../../read/view.ts";
import { idParams, objectField, pageQuery } from "../fields.ts";
import { defineRoute } from "../route.ts";

const flowNotFound = (id: string): Problem =>
  new Problem(404, "flow_not_found", `there is no flow ${JSON.stringify(id)}`);

const versionNumber = z.coerce.number().int().min(1).max(2_147_483_647);

export const flowRoutes = [
  defineRoute({
    method: "get",
    path: "/flows",
    action: "flow.read",
    tag: "Flows",
    summary: "List flows",
    query: pageQuery,
    gives: { status: 200, description: "Flows with their live version, by id.", schema: pageView(flowSummaryView) },
    handle: async ({ principal, query, tools }) => ({
      body: await listFlows(tools.database, principal.workspace, query),
    }),
  }),
  defineRoute({
    method: "get",
    path: "/flows/{id}",
    action: "flow.read",
    tag: "Flows",
    summary: "Read a flow, its document and its versions",
    params: idParams,
    gives: { status: 200, description: "The flow.", schema: flowView },
    handle: async ({ principal, params, tools }) => {
      const flow = await findFlow(tools.database, principal.workspace, params.id);
      if (flow === undefined) throw flowNotFound(params.id);
      return { body: flow };
    },
  }),
  defineRoute({
    method: "put",
    path: "/flows/{id}",
    action: "flow.publish",
    tag: "Flows",
    summary: "Publish a document",
    description:
      "New runs take it from now on; running ones keep their version. A document that does the same as the live version only updates its names, notes, layout and tests. Every problem is told at once. A flow that it runs need not be there yet: that is a warning.",
    params: idParams,
    body: { schema: objectField },
    gives: {
      status: 201,
      description: "Published; 200 if it does the same as the live version.",
      schema: z
        .object({
          id: z.string(),
          flow: z.string(),
          version: z.int(),
          created: z.boolean(),
          warnings: z
            .array(
              z.object({ code: z.string(), pointer: z.string(), message: z.string(), hint: z.string().optional() }),
            )
            .openapi({ description: "What kept nobody from publishing, but is worth a look." }),
        })
        .openapi("PublishedFlow"),
    },
    handle: async ({ principal, params, body, tools }) => {
      const published = await tools.services.publishFlow(principal, params.id, body);
      return {
        status: published.created ? 201 : 200,
        body: { id: `${published.flow}@${published.version}`, ...published },
      };
    },
  }),
  defineRoute({
    method: "get",
    path: "/flows/{id}/versions/{version}",
    action: "flow.read",
    tag: "Flows",
    summary: "Read a version of a flow",
    params: idParams.extend({ version: versionNumber }),
    gives: { status: 200, description: "The version with its document.", schema: flowVersionDocumentView },
    handle: async ({ principal, params, tools }) => {
      const version = await findFlowVersion(tools.database, principal.workspace, params.id, params.version);
      if (version !== undefined) return { body: version };
      throw new Problem(
        404,
        "flow_version_not_found",
        `there is no version ${params.version} of ${JSON.stringify(params.id)}`,
      );
    },
  }),
  defineRoute({
    method: "get",
    path: "/flows/{id}/models",
    action: "model.read",
    tag: "Flows",
    summary: "Read what a flow's questions to language models took",
    description:
      "By node, model and day, with what its budgets have left, top-ups, and how often the cache had the answer.",
    params: idParams,
    query: z.strictObject({
      days: z.coerce.number().int().min(1).max(3_660).default(30).openapi({ description: "So far back from now." }),
      timeZone: timeZoneField.openapi({ description: "Where days begin, such as Europe/Kyiv." }),
    }),
    gives: { status: 200, description: "Figures.", schema: modelUseView },
    handle: async ({ principal, params, query, tools }) => {
      const found = await readModelUse(tools.database, principal.workspace, { ...query, flow: params.id });
      if (found === undefined) throw flowNotFound(params.id);
      return { body: found };
    },
  }),
  defineRoute({
    method: "put",
    path: "/flows/{id}/live",
    action: "flow.publish",
    tag: "Flows",
    summary: "Choose the version that new runs take",
    description: "Going back to an earlier version is choosing it here.",
    params: idParams,
    body: { schema: z.strictObject({ version: versionNumber }).openapi("LiveVersion") },
    gives: { status: 200, description: "The flow.", schema: flowView },
    handle: async ({ principal, params, body, tools }) => {
      await tools.services.setLiveVersion(principal, params.id, body.version);
      const flow = await findFlow(tools.database, principal.workspace, params.id);
      if (flow === undefined) throw flowNotFound(params.id);
      return { body: flow };
    },
  }),
];
