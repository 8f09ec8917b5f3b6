/** Being away: one's own, and by an administrator anybody's who can't say so any more. */
import { z } from "zod";
import { authorize } from "../access/authorize.ts";
import { absencesOf } from "../read/absences.ts";
import type { SignedIn } from "../session/signed-in.ts";
import { endAbsence, setAbsence } from "../tasks/absence.ts";
import { operation } from "./operation.ts";
import { authorized, router } from "./trpc.ts";

const time = z.iso.datetime({ offset: true });
const whose = z.strictObject({ person: z.uuid().optional() });

function personOf(principal: SignedIn, person: string | undefined): string {
  if (person === undefined || person === principal.person.id) return principal.person.id;
  authorize(principal, "person.manage", { workspace: principal.workspace });
  return person;
}

export const absenceRouter = router({
  get: authorized("absence.set")
    .input(whose.prefault({}))
    .query(({ ctx: { database, principal }, input }) =>
      absencesOf(database, principal.workspace, personOf(principal, input.person)),
    ),

  set: operation("absence.set")
    .input(whose.extend({ delegate: z.uuid(), from: time, until: time }))
    .mutation(({ ctx: { database, principal }, input: { person, ...absence } }) =>
      setAbsence(database, principal, { ...absence, person: personOf(principal, person) }),
    ),

  end: operation("absence.set")
    .input(whose.prefault({}))
    .mutation(({ ctx: { database, principal }, input }) =>
      endAbsence(database, principal, personOf(principal, input.person)),
    ),
});
