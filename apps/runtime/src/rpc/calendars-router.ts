/** Working hours and days off, by which flows count. */
import { z } from "zod";
import { listCalendars, removeCalendar, saveCalendar } from "../calendars/calendar-store.ts";
import { authorized, router } from "./trpc.ts";

const name = z.string().trim().min(1).max(63);
const time = z.string().max(5);
const MOST_HOLIDAYS = 1_000;

const calendar = z.strictObject({
  name,
  /** Null: that of the flow. */
  timeZone: z.string().min(1).max(64).nullable(),
  /** Monday first. */
  hours: z.array(z.array(z.strictObject({ from: time, to: time })).max(6)).length(7),
  holidays: z
    .array(z.strictObject({ date: z.string().max(10), name: z.string().trim().max(200), yearly: z.boolean() }))
    .max(MOST_HOLIDAYS),
});

export const calendarsRouter = router({
  /** The default one first. */
  list: authorized("calendar.read").query(({ ctx }) => listCalendars(ctx.database, ctx.principal.workspace)),

  save: authorized("calendar.manage")
    .input(calendar)
    .mutation(({ ctx, input: { name: called, ...rest } }) =>
      saveCalendar(ctx.database, ctx.principal, { name: called, calendar: rest }),
    ),

  /** The default one becomes what it was at first. */
  remove: authorized("calendar.manage")
    .input(z.strictObject({ name }))
    .mutation(({ ctx, input }) => removeCalendar(ctx.database, ctx.principal, input.name)),
});
