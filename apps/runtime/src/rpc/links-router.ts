/**
 * Links in mails. Open to everybody, as whoever comes by one may not have signed in: each procedure asks the link itself.
 * To look changes nothing; only a POST decides.
 */
import { z } from "zod";
import { type DecisionLink, linkOf, refuseAnother } from "../decision-links/link-of.ts";
import { Problem } from "../problem/problem.ts";
import { findTask } from "../read/tasks.ts";
import { iso } from "../read/time.ts";
import type { Caller } from "../services/services.ts";
import { LONGEST_COMMENT } from "../tasks/comment.ts";
import type { RpcContext } from "./context.ts";
import { objectField } from "./fields.ts";
import { forPerson, type TaskForPerson } from "./tasks-router.ts";
import { publicProcedure, router } from "./trpc.ts";

/** What a link leads to, for whoever opens it. */
export type LinkView = { readonly for: { readonly name: string } } & (
  | { readonly state: "signIn" }
  | {
      readonly state: "open";
      /** Whose it is, by id. */
      readonly person: string;
      readonly mode: DecisionLink["mode"];
      /** Whether the reader has signed in as the link's person. */
      readonly signedIn: boolean;
      readonly expiresAt: string;
      readonly usedAt: string | null;
      readonly expired: boolean;
      readonly task: TaskForPerson;
    }
  | {
      readonly state: "over";
      readonly why: "used" | "expired" | "decided" | "closed";
      /** Who decided it, and how. */
      readonly by: string | null;
      readonly outcome: string | null;
    }
);

const byToken = z.strictObject({ token: z.string().min(1).max(100) });
/** As in the inbox. */
const GRACE_SECONDS = 10;

export const linksRouter = router({
  look: publicProcedure.input(byToken).query(async ({ ctx, input }): Promise<LinkView> => {
    const link = await linkOf(ctx.database, input.token, ctx.visit.address);
    refuseAnother(link, ctx.principal?.person);
    const { expired, expiresAt, mode, usedAt } = link;
    const whose = { for: { name: link.person.name } };
    const signedIn = ctx.principal !== null;
    if (!signedIn && mode === "shows") return { ...whose, state: "signIn" };
    const task = await taskOf(ctx, link);
    const why = signedIn ? undefined : whyOver(link, task);
    if (why !== undefined) {
      return { ...whose, state: "over", why, by: task.decidedBy, outcome: task.decision?.outcome ?? null };
    }
    const used = usedAt === null ? null : iso(usedAt);
    const times = { expired, expiresAt: iso(expiresAt), usedAt: used };
    return { ...whose, state: "open", person: link.person.id, mode, signedIn, ...times, task };
  }),

  decide: publicProcedure
    .input(
      byToken.extend({
        outcome: z.string().min(1).max(63),
        data: objectField.optional(),
        comment: z.string().max(LONGEST_COMMENT).optional(),
      }),
    )
    .mutation(async ({ ctx, input: { token, outcome, data, comment } }) => {
      const link = await linkOf(ctx.database, token, ctx.visit.address);
      const made = await ctx.services.decideTask(callerOf(ctx, link), {
        task: link.task,
        outcome,
        link: link.hash,
        graceSeconds: GRACE_SECONDS,
        whole: true,
        ...(data === undefined ? {} : { data }),
        ...(comment === undefined || comment === "" ? {} : { comment }),
      });
      ctx.live.forgetReads();
      return made;
    }),

  takeBack: publicProcedure.input(byToken).mutation(async ({ ctx, input }) => {
    const link = await linkOf(ctx.database, input.token, ctx.visit.address);
    await ctx.services.takeBackDecision(callerOf(ctx, link), link.task);
    ctx.live.forgetReads();
  }),
});

async function taskOf({ database }: RpcContext, { workspace, person, task }: DecisionLink): Promise<TaskForPerson> {
  const found = await findTask(database, workspace, task);
  const [shown] = found === undefined ? [] : await forPerson({ database, principal: { workspace, person } }, [found]);
  if (shown === undefined) throw new Problem(404, "task_not_found", "There is no such task.");
  return shown;
}

/** Without a session a link shows no more than it can decide. */
function whyOver(
  { usedAt, expired }: DecisionLink,
  { status }: TaskForPerson,
): "used" | "expired" | "decided" | "closed" | undefined {
  if (status === "decided") return "decided";
  if (status === "expired" || expired) return "expired";
  if (status === "canceled") return "closed";
  return usedAt === null ? undefined : "used";
}

/** @throws Problem 401 `not_signed_in` where the link alone does not decide, 403 `link_of_another`. */
function callerOf({ principal }: RpcContext, link: DecisionLink): Caller {
  refuseAnother(link, principal?.person);
  if (principal === null && link.mode === "shows") {
    throw new Problem(401, "not_signed_in", `Sign in as ${link.person.name} to decide.`);
  }
  const { person, workspace } = link;
  return { workspace, actor: { kind: "person", id: person.id }, person, door: "link" };
}
