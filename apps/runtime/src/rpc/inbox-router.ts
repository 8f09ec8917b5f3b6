/** The inbox as one person sees it: the list, and how much waits. */
import { z } from "zod";
import { COLUMN_TESTS, countInbox, INBOX_DUE, INBOX_ORDERS, INBOX_VIEWS, listInbox } from "../read/inbox.ts";
import { priorityView } from "../read/task-view.ts";
import { idField } from "./fields.ts";
import { authorized, router } from "./trpc.ts";

const text = z.string().trim().min(1).max(200);

const columnTest = z
  .strictObject({ column: text, test: z.enum(COLUMN_TESTS), value: text })
  .refine(({ test, value }) => (test !== "over" && test !== "under") || Number.isFinite(Number(value)), {
    error: "this must be a number",
    path: ["value"],
  });

export const inboxRouter = router({
  list: authorized("task.read")
    .input(
      z
        .strictObject({
          view: z.enum(INBOX_VIEWS).default("mine"),
          order: z.enum(INBOX_ORDERS).default("due"),
          flow: idField.optional(),
          priority: priorityView.optional(),
          due: z.enum(INBOX_DUE).optional(),
          endOfDay: z.iso.datetime().optional(),
          assignee: z.uuid().optional(),
          columns: z.array(columnTest).max(8).optional(),
          q: z.string().max(200).optional(),
        })
        .prefault({}),
    )
    .query(({ ctx: { database, principal }, input }) =>
      listInbox(database, principal.workspace, principal.person, input),
    ),

  counts: authorized("task.read").query(({ ctx: { database, principal } }) =>
    countInbox(database, principal.workspace, principal.person),
  ),
});
