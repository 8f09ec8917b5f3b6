/** Events: what came, what each did, and sending one. */
import { z } from "zod";
import { Problem } from "../problem/problem.ts";
import { knownEvents, listEventRows } from "../read/event-rows.ts";
import { findEvent } from "../read/events.ts";
import { byId, jsonField, pageFields, pageOf } from "./fields.ts";
import { authorized, router } from "./trpc.ts";

const nameField = z.string().min(1).max(200);

export const eventsRouter = router({
  /** The newest first. */
  list: authorized("event.read")
    .input(
      z
        .strictObject({
          name: nameField.optional(),
          q: z.string().trim().min(1).max(200).optional(),
          did: z.enum(["something", "nothing", "refused"]).optional(),
          ...pageFields,
        })
        .prefault({}),
    )
    .query(({ ctx, input: { limit, cursor, ...filter } }) =>
      listEventRows(ctx.database, ctx.principal.workspace, filter, pageOf({ limit, cursor })),
    ),

  get: authorized("event.read")
    .input(byId)
    .query(async ({ ctx, input: { id } }) => {
      const event = await findEvent(ctx.database, ctx.principal.workspace, id);
      if (event === undefined) throw new Problem(404, "event_not_found", `There is no event ${JSON.stringify(id)}.`);
      return event;
    }),

  /** Names to choose from, each with the data of its last event. */
  names: authorized("event.read").query(({ ctx }) => knownEvents(ctx.database, ctx.principal.workspace)),

  send: authorized("event.send")
    .input(z.strictObject({ name: nameField, data: jsonField, id: z.string().min(1).max(200).optional() }))
    .mutation(async ({ ctx, input: { name, data, id } }) => {
      const event = { name, data, ...(id === undefined ? {} : { id }) };
      const { ids } = await ctx.services.acceptEvents(ctx.principal, [event]);
      return { id: ids[0] ?? "" };
    }),
});
