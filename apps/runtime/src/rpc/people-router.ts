/** People, their roles and groups. Everybody sees who is here; administrators change it. */
import { z } from "zod";
import { ROLES } from "../access/rights.ts";
import { isUuid } from "../ids/uuid7.ts";
import { changePerson, invitePerson, listPeople, type PersonRow } from "../people/change-people.ts";
import { newPersonLink } from "../people/person-links.ts";
import { Problem } from "../problem/problem.ts";
import { emailField, nameField } from "./person-fields.ts";
import { authorized, router } from "./trpc.ts";

const roles = z.array(z.enum(ROLES)).max(ROLES.length);
const groups = z.array(z.string().trim().min(1).max(100)).max(100);
const id = z.string().refine(isUuid, "this must be a person's id");

/** The path of the page where a password is set; the pages know their own address. */
const pathOf = (token: string): { readonly path: string } => ({ path: `/invitation/${token}` });

export const peopleRouter = router({
  list: authorized("person.read").query(({ ctx }): Promise<readonly PersonRow[]> =>
    listPeople(ctx.database, ctx.principal.workspace),
  ),

  /** Gives the link for whoever was invited to set a password; it is told once. */
  invite: authorized("person.manage")
    .input(z.strictObject({ email: emailField, name: nameField, roles, groups: groups.default([]) }))
    .mutation(async ({ ctx, input }) => {
      const person = await invitePerson(ctx.database, ctx.principal, input);
      return { id: person, ...pathOf(await newPersonLink(ctx.database, ctx.principal, person, "invitation")) };
    }),

  change: authorized("person.manage")
    .input(z.strictObject({ id, roles: roles.optional(), groups: groups.optional(), disabled: z.boolean().optional() }))
    .mutation(async ({ ctx, input }) => {
      const { id: person, ...change } = input;
      await changePerson(ctx.database, ctx.principal, person, change);
    }),

  /** Gives a link to set another password; the old one is good until then. */
  resetPassword: authorized("person.manage")
    .input(z.strictObject({ id }))
    .mutation(async ({ ctx, input }) => {
      const people = await listPeople(ctx.database, ctx.principal.workspace);
      const person = people.find((one) => one.id === input.id);
      if (person === undefined) throw new Problem(404, "person_not_found", "there is no such person here");
      const purpose = person.status === "invited" ? "invitation" : "reset";
      return pathOf(await newPersonLink(ctx.database, ctx.principal, person.id, purpose));
    }),
});
