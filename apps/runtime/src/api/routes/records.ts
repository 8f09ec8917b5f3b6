import { z } from "@hono/zod-openapi";
import { Problem } from "../../problem/problem.ts";
import { recordPage } from "../../record/record-page.ts";
import { languageField, timeZoneField } from "../../record/record-fields.ts";
import { jsonObjectView } from "../../read/view.ts";
import { idParams } from "../fields.ts";
import { defineRoute } from "../route.ts";

export const recordRoutes = [
  defineRoute({
    method: "get",
    path: "/runs/{id}/record",
    action: "run.read",
    tag: "Runs",
    summary: "Export the record of a run",
    description:
      "What was asked, every step and its result, every wait and what ended it, who decided what and what they saw, and the audit's entries about it: as data, and as one page of HTML to keep or print.",
    params: idParams,
    query: z.strictObject({
      language: languageField.openapi({ description: "Of the page." }),
      timeZone: timeZoneField.openapi({ description: "IANA name, for the times on the page.", example: "Europe/Kyiv" }),
    }),
    gives: {
      status: 200,
      description: "The record.",
      schema: z
        .object({ id: z.string(), fileName: z.string(), html: z.string(), record: jsonObjectView })
        .openapi("RunRecord"),
    },
    handle: async ({ principal, params, query, tools }) => {
      const page = await recordPage(tools, principal.workspace, params.id, query);
      if (page === undefined) {
        throw new Problem(404, "run_not_found", `there is no run ${JSON.stringify(params.id)}`);
      }
      return { body: { id: page.record.run.id, ...page } };
    },
  }),
];
