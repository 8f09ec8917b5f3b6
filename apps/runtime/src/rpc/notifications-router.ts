/** What the caller has been told of tasks, and how they want to be told. Live: whatever tells of runs tells of these. */
import { z } from "zod";
import { countUnread, listNotices, markRead } from "../notifications/read-notices.ts";
import { notifySettings, readSettings, saveSettings } from "../notifications/settings.ts";
import { authorized, router } from "./trpc.ts";

const noticeId = z.string().regex(/^\d{1,18}$/);

export const notificationsRouter = router({
  list: authorized("notification.read")
    .input(z.strictObject({ before: noticeId.optional() }).prefault({}))
    .query(async ({ ctx, input }) => ({
      items: await listNotices(ctx.database, ctx.principal.person.id, input.before ?? null),
    })),

  /** Unread ones. */
  count: authorized("notification.read").query(async ({ ctx }) => ({
    unread: await countUnread(ctx.database, ctx.principal.person.id),
  })),

  /** Some of them, those of a task, or all. */
  markRead: authorized("notification.read")
    .input(
      z.union([
        z.strictObject({ ids: z.array(noticeId).min(1).max(500) }),
        z.strictObject({ task: z.uuid() }),
        z.strictObject({ all: z.literal(true) }),
      ]),
    )
    .mutation(({ ctx, input }) => markRead(ctx.database, ctx.principal.person.id, "all" in input ? "all" : input)),

  settings: authorized("notification.read").query(async ({ ctx }) => ({
    ...(await readSettings(ctx.database, ctx.principal.person.id)),
    /** False: there is no mail server, and nobody gets any mail. */
    canMail: ctx.sendMail !== undefined,
  })),

  setSettings: authorized("notification.read")
    .input(notifySettings)
    .mutation(({ ctx, input }) => saveSettings(ctx.database, ctx.principal, input)),
});
