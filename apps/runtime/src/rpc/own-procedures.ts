/** What everybody may do about themselves: name, password, sessions. */
import { z } from "zod";
import { isUuid } from "../ids/uuid7.ts";
import { renamePerson } from "../people/change-people.ts";
import { Problem } from "../problem/problem.ts";
import { changePassword } from "../session/change-password.ts";
import { endOwnSessions, listOwnSessions, type OwnSession } from "../session/own-sessions.ts";
import { beginSession } from "../session/session-store.ts";
import { keepAnew } from "./keep-anew.ts";
import { nameField, passwordField } from "./person-fields.ts";
import { authorizedFor } from "./trpc.ts";

const own = <Schema extends z.ZodType>(input: Schema) =>
  authorizedFor("me.change", input, ({ ctx }) => ({
    workspace: ctx.principal.workspace,
    owner: ctx.principal.person.id,
  }));

const nothing = z.strictObject({}).optional();

export const ownProcedures = {
  sessions: own(nothing).query(({ ctx }): Promise<readonly OwnSession[]> =>
    listOwnSessions(ctx.database, ctx.principal, ctx.visit.token ?? ""),
  ),

  endSession: own(z.strictObject({ id: z.string().refine(isUuid, "this must be a session's id") })).mutation(
    async ({ ctx, input }) => {
      const ended = await endOwnSessions(ctx.database, ctx.principal, { id: input.id });
      if (ended === 0) throw new Problem(404, "session_not_found", "This session has ended already.");
    },
  ),

  /** All but this one. */
  endOtherSessions: own(nothing).mutation(async ({ ctx }) => ({
    ended: await endOwnSessions(ctx.database, ctx.principal, { except: ctx.visit.token ?? "" }),
  })),

  rename: own(z.strictObject({ name: nameField })).mutation(({ ctx, input }) =>
    renamePerson(ctx.database, ctx.principal, input.name),
  ),

  /** Ends all sessions, and begins one for this browser. Its person is told by mail. */
  changePassword: own(z.strictObject({ present: z.string().min(1).max(200), password: passwordField })).mutation(
    async ({ ctx, input }) => {
      const { database, logger, principal, sendMail, visit } = ctx;
      visit.requireSafety();
      await changePassword(database, principal, { ...input, address: visit.address });
      await keepAnew(ctx, await beginSession(database, principal.workspace, principal.person.id, visit));
      const { email, name } = principal.person;
      sendMail?.({
        to: email,
        subject: "Your password for Holdfast has changed",
        text: [
          `Hello ${name},`,
          "your password has just been changed by somebody who knew the one before. All your sessions have ended.",
          "If that was not you, tell an administrator at once.",
        ].join("\n\n"),
      }).catch((error: unknown) => logger.error({ err: error }, "nobody was told of a new password"));
    },
  ),
};
