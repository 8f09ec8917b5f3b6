import { z } from "@hono/zod-openapi";
import { Problem } from "../../problem/problem.ts";
import { eventSummaryView, eventView } from "../../read/event-view.ts";
import { findEvent, listEvents } from "../../read/events.ts";
import { jsonView, pageView, uuidView } from "../../read/view.ts";
import type { NewEvent } from "../../services/services.ts";
import { idParams, pageQuery } from "../fields.ts";
import { API_LIMITS } from "../limits.ts";
import { throwWithin } from "../throw-within.ts";
import { defineRoute } from "../route.ts";

const newEvent = z
  .strictObject({
    name: z.string().min(1).max(200).openapi({ example: "support/refund.requested" }),
    data: jsonView.default({}),
    id: z.string().min(1).max(500).optional().openapi({ description: "The sender's id: the same again is ignored." }),
  })
  .openapi("NewEvent");

const newEvents = z.array(newEvent).min(1).max(API_LIMITS.events);

const plain = (event: z.infer<typeof newEvent>): NewEvent => ({
  name: event.name,
  data: event.data,
  ...(event.id === undefined ? {} : { id: event.id }),
});

export const eventRoutes = [
  defineRoute({
    method: "post",
    path: "/events",
    action: "event.send",
    tag: "Events",
    summary: "Send one event, or up to 10,000",
    description:
      "Committed when this answers. An event whose data fit no flow is stored all the same; `GET /events/{id}` tells what it did. With several, all are accepted or none.",
    body: {
      schema: z.union([newEvent, newEvents]),
      schemaFor: (input): z.ZodType<z.infer<typeof newEvent> | z.infer<typeof newEvents>> =>
        Array.isArray(input) ? newEvents : newEvent,
    },
    gives: {
      status: 202,
      description: "Accepted; ids in the order of the events.",
      schema: z.object({ ids: z.array(uuidView) }).openapi("AcceptedEvents"),
    },
    handle: async ({ principal, body, tools }) => {
      const events = Array.isArray(body) ? body.map(plain) : [plain(body)];
      const accepted = tools.services.acceptEvents(principal, events);
      // Problems of a single event lead into the event; sent as a list, it stands at its beginning.
      const { ids } = await (Array.isArray(body) && body.length === 1 ? accepted.catch(throwWithin("/0")) : accepted);
      return { body: { ids } };
    },
  }),
  defineRoute({
    method: "get",
    path: "/events",
    action: "event.read",
    tag: "Events",
    summary: "List events",
    description: "The newest first.",
    query: pageQuery.extend({ name: z.string().max(200).optional() }),
    gives: { status: 200, description: "Events.", schema: pageView(eventSummaryView) },
    handle: async ({ principal, query, tools }) => {
      const { name, ...page } = query;
      return { body: await listEvents(tools.database, principal.workspace, { name }, page) };
    },
  }),
  defineRoute({
    method: "get",
    path: "/events/{id}",
    action: "event.read",
    tag: "Events",
    summary: "Read an event, and what it did",
    params: idParams,
    gives: { status: 200, description: "The event.", schema: eventView },
    handle: async ({ principal, params, tools }) => {
      const event = await findEvent(tools.database, principal.workspace, params.id);
      if (event === undefined) {
        throw new Problem(404, "event_not_found", `there is no event ${JSON.stringify(params.id)}`);
      }
      return { body: event };
    },
  }),
];
