/** People, their roles and groups. Everybody sees who is here; administrators change it. */
import { z } from "zod";
import { ROLES } from "../access/rights.ts";
import { isUuid } from "../ids/uuid7.ts";
import { changePerson, detachProviders, invitePerson, listPeople, type PersonRow } from "../people/change-people.ts";
import { listGroups, renameGroup, setMembers, type GroupRow } from "../people/groups.ts";
import { newPersonLink } from "../people/person-links.ts";
import { Problem } from "../problem/problem.ts";
import type { RpcContext } from "./context.ts";
import { emailField, nameField } from "./person-fields.ts";
import { authorized, router } from "./trpc.ts";

const roles = z.array(z.enum(ROLES)).max(ROLES.length);
const groupName = z.string().trim().min(1).max(100);
const groups = z.array(groupName).max(100);
const id = z.string().refine(isUuid, "this must be a person's id");

/** A link that was made for somebody: told once, and mailed where there is a mail server. */
interface LinkMade {
  /** Of the page where a password is set; the pages know their own address. */
  readonly path: string;
  readonly mailed: boolean;
}

interface LinkFor {
  readonly token: string;
  readonly name: string;
  readonly email: string;
  readonly inviter: string;
}

async function invited({ logger, sendMail, visit }: RpcContext, link: LinkFor): Promise<LinkMade> {
  const path = `/invitation/${link.token}`;
  if (sendMail === undefined || visit.origin === undefined) return { path, mailed: false };
  try {
    await sendMail({
      to: link.email,
      subject: `${link.inviter} invites you to Holdfast`,
      text: [
        `Hello ${link.name},`,
        `${link.inviter} invites you. Set a password here, within three days: ${visit.origin}${path}`,
        "The link works once.",
      ].join("\n\n"),
    });
    return { path, mailed: true };
  } catch (error) {
    // The link is there all the same, to be handed on by other means.
    logger.warn({ err: error }, "an invitation was not mailed");
    return { path, mailed: false };
  }
}

export const peopleRouter = router({
  list: authorized("person.read").query(({ ctx }): Promise<readonly PersonRow[]> =>
    listPeople(ctx.database, ctx.principal.workspace),
  ),

  /** Gives the link for whoever was invited to set a password, and mails it. */
  invite: authorized("person.manage")
    .input(z.strictObject({ email: emailField, name: nameField, roles, groups: groups.default([]) }))
    .mutation(async ({ ctx, input }) => {
      const person = await invitePerson(ctx.database, ctx.principal, input);
      const token = await newPersonLink(ctx.database, ctx.principal, person, "invitation");
      return { id: person, ...(await invited(ctx, { ...input, token, inviter: ctx.principal.person.name })) };
    }),

  change: authorized("person.manage")
    .input(z.strictObject({ id, roles: roles.optional(), groups: groups.optional(), disabled: z.boolean().optional() }))
    .mutation(async ({ ctx, input }) => {
      const { id: person, ...change } = input;
      await changePerson(ctx.database, ctx.principal, person, change);
      ctx.authenticator.forgetAll();
    }),

  /** Gives a link to set another password; the old one is good until then. */
  resetPassword: authorized("person.manage")
    .input(z.strictObject({ id }))
    .mutation(async ({ ctx, input }): Promise<LinkMade> => {
      const people = await listPeople(ctx.database, ctx.principal.workspace);
      const person = people.find((one) => one.id === input.id);
      if (person === undefined) throw new Problem(404, "person_not_found", "there is no such person here");
      const purpose = person.status === "invited" ? "invitation" : "reset";
      const token = await newPersonLink(ctx.database, ctx.principal, person.id, purpose);
      return purpose === "invitation"
        ? invited(ctx, { ...person, token, inviter: ctx.principal.person.name })
        : { path: `/invitation/${token}`, mailed: false };
    }),

  /** Accounts at a provider lead to the person no more. */
  detachProviders: authorized("person.manage")
    .input(z.strictObject({ id }))
    .mutation(({ ctx, input }) => detachProviders(ctx.database, ctx.principal, input.id)),

  groups: authorized("person.read").query(({ ctx }): Promise<readonly GroupRow[]> =>
    listGroups(ctx.database, ctx.principal.workspace),
  ),

  renameGroup: authorized("person.manage")
    .input(z.strictObject({ from: groupName, to: groupName }))
    .mutation(({ ctx, input }) => renameGroup(ctx.database, ctx.principal, input.from, input.to)),

  setMembers: authorized("person.manage")
    .input(z.strictObject({ group: groupName, people: z.array(id).max(10_000) }))
    .mutation(({ ctx, input }) => setMembers(ctx.database, ctx.principal, input.group, input.people)),
});
