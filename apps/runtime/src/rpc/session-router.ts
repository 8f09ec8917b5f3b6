/** Who is here, and how one signs in. Open to everybody, but for what people do about themselves: it is the door itself. */
import { z } from "zod";
import { mayDo } from "../access/authorize.ts";
import { ACTIONS, type Action } from "../access/rights.ts";
import { readPersonLink, setPasswordByLink, type PersonLink } from "../people/person-links.ts";
import { Problem } from "../problem/problem.ts";
import { newTrip, tripText } from "../provider/trip.ts";
import type { Queryable } from "../read/queryable.ts";
import { requestReset } from "../session/request-reset.ts";
import { enter, leave } from "../session/enter.ts";
import { checkSetUpCode, isSetUp, setUp, setUpBefore } from "../session/set-up.ts";
import type { SignedIn } from "../session/signed-in.ts";
import { signIn } from "../session/sign-in.ts";
import { WORKSPACE } from "../session/workspace.ts";
import type { AppLinks, DemoMode } from "./context.ts";
import { keepAnew } from "./keep-anew.ts";
import { ownProcedures } from "./own-procedures.ts";
import { emailField, nameField, passwordField } from "./person-fields.ts";
import { publicProcedure, router } from "./trpc.ts";

/** Somebody has signed in. */
export interface CurrentPerson {
  readonly person: SignedIn["person"];
  /** What the pages may offer. The server asks again at every act. */
  readonly may: readonly Action[];
  readonly demo: boolean;
  readonly workspace: { readonly name: string };
  readonly links: AppLinks & { readonly api: string };
  readonly version: string;
}

/** Nobody has signed in. */
export interface CurrentVisitor {
  readonly person: null;
  /** False: the first run, which makes the administrator. */
  readonly setUp: boolean;
  /** Whether the first run asks for the code from the server's log: it comes from another computer. */
  readonly codeNeeded: boolean;
  /** Whether a link for a new password can be asked for. */
  readonly resetByMail: boolean;
  /** Where one can sign in beside e-mail and password. */
  readonly provider: { readonly name: string } | null;
  /** Everybody one can sign in as: in demo mode, to this computer alone. */
  readonly demo: { readonly people: DemoMode["people"] } | null;
}

export const sessionRouter = router({
  ...ownProcedures,

  current: publicProcedure.query(async ({ ctx }): Promise<CurrentPerson | CurrentVisitor> => {
    const { database, demo, principal, version, visit } = ctx;
    if (principal === null) {
      return {
        person: null,
        setUp: await isSetUp(database, WORKSPACE),
        codeNeeded: !visit.local,
        resetByMail: ctx.sendMail !== undefined,
        provider: ctx.provider === undefined ? null : { name: ctx.provider.settings.name },
        demo: demo !== undefined && visit.local ? { people: demo.people } : null,
      };
    }
    const { person, workspace } = principal;
    return {
      person,
      may: ACTIONS.filter((action) => mayDo(principal, action, { workspace, owner: person.id })),
      demo: demo !== undefined,
      workspace: { name: await nameOf(database, workspace) },
      links: { api: "/api/v1/openapi.json", ...demo?.links },
      version,
    };
  }),

  signIn: publicProcedure
    .input(z.strictObject({ email: z.string().trim().min(1).max(254), password: z.string().min(1).max(200) }))
    .mutation(async ({ ctx, input }) => {
      const { database, logger, visit } = ctx;
      visit.requireSafety();
      const { address, agent } = visit;
      const later = (work: Promise<unknown>): void => {
        work.catch((error: unknown) => logger.error({ err: error }, "who was kept out is in no entry"));
      };
      await keepAnew(ctx, await signIn(database, { ...input, workspace: WORKSPACE, address, agent, later }));
    }),

  /** Where the browser goes to sign in at the provider. It comes back to an address of its own. */
  leaveForProvider: publicProcedure
    .input(z.strictObject({ to: z.string().max(1_000).optional() }))
    .mutation(async ({ ctx, input }): Promise<{ readonly url: string }> => {
      const { logger, provider, visit } = ctx;
      visit.requireSafety();
      if (provider === undefined || visit.origin === undefined) {
        throw new Problem(409, "no_provider", "One signs in here with e-mail and password alone.");
      }
      const trip = newTrip(input.to);
      try {
        const url = await provider.leave(visit.origin, trip);
        visit.keepTrip(tripText(trip));
        return { url: url.href };
      } catch (error) {
        logger.error({ err: error }, "the sign-in provider can't be reached");
        const { name } = provider.settings;
        throw new Problem(503, "provider_unreachable", `${name} can't be reached at the moment.`, {
          hint: "sign in with e-mail and password, or try again in a minute",
        });
      }
    }),

  signOut: publicProcedure.mutation(async ({ ctx: { database, visit } }) => {
    if (visit.token !== undefined) await leave(database, visit.token);
    visit.keep(null);
  }),

  setUp: publicProcedure
    .input(
      z.strictObject({
        workspace: nameField,
        name: nameField,
        email: emailField,
        password: passwordField,
        /** Where `codeNeeded`. */
        code: z.string().max(100).optional(),
      }),
    )
    .mutation(async ({ ctx, input }) => {
      const { database, visit } = ctx;
      visit.requireSafety();
      // Before the password is hashed, which is made to be slow.
      if (await isSetUp(database, WORKSPACE)) throw setUpBefore();
      if (!visit.local) await checkSetUpCode(database, WORKSPACE, input.code);
      const { workspace: workspaceName, code: _, ...person } = input;
      await keepAnew(ctx, await setUp(database, { ...person, workspace: WORKSPACE, workspaceName }));
    }),

  /** Sends a link for a new password, if there is such a person; the answer does not tell. */
  requestReset: publicProcedure.input(z.strictObject({ email: emailField })).mutation(async ({ ctx, input }) => {
    const { database, logger, sendMail, visit } = ctx;
    visit.requireSafety();
    if (sendMail === undefined || visit.origin === undefined) {
      throw new Problem(409, "no_mail", "No mail goes out from here. Ask an administrator for a link.");
    }
    const { address, origin } = visit;
    const goOn = await requestReset(database, { ...input, workspace: WORKSPACE, address, origin, send: sendMail });
    goOn().catch((error: unknown) => logger.error({ err: error }, "a link for a new password was not sent"));
  }),

  /** Whom the link of an invitation, or of a new password, is for. */
  invitation: publicProcedure
    .input(z.strictObject({ token: z.string().max(100) }))
    .query(({ ctx, input }): Promise<PersonLink> => readPersonLink(ctx.database, input.token)),

  /** Sets the password that the link is for, and signs in. */
  acceptInvitation: publicProcedure
    .input(z.strictObject({ token: z.string().max(100), password: passwordField }))
    .mutation(async ({ ctx, input }) => {
      ctx.visit.requireSafety();
      const { id, workspace } = await setPasswordByLink(ctx.database, input.token, input.password);
      await keepAnew(ctx, await enter(ctx.database, workspace, id, { ...ctx.visit, way: "link" }));
    }),
});

async function nameOf(database: Queryable, workspace: number): Promise<string> {
  const result = await database.query<{ name: string }>("select name from holdfast.workspaces where id = $1", [
    workspace,
  ]);
  return result.rows[0]?.name ?? "";
}
