/** A new password by whoever knows the present one. It ends every session, as any new password does. */
import type { Pool } from "pg";
import { noteOperation } from "../audit/note-operation.ts";
import { inTransaction } from "../database/transaction.ts";
import { hashPassword, passwordFits } from "../people/password.ts";
import { endPersonLinks } from "../people/person-links.ts";
import { Problem } from "../problem/problem.ts";
import { tooManyTries } from "./sign-in.ts";
import type { SignedIn } from "./signed-in.ts";
import { giveTryBack, takeTry } from "./tries.ts";

export interface ChangePassword {
  readonly present: string;
  readonly password: string;
  /** The network address that the tries are counted for. */
  readonly address: string;
}

/**
 * @throws Problem 403 `password_wrong`, 409 `no_password` or 429 `too_many_tries`.
 */
export async function changePassword(database: Pool, me: SignedIn, ask: ChangePassword): Promise<void> {
  const { id, email } = me.person;
  // Whoever finds an open browser guesses no more often than at the door.
  const { left, seconds } = await takeTry(database, email, ask.address);
  if (left < 0) throw tooManyTries(seconds);
  const { rows } = await database.query<{ password_hash: string | null }>(
    "select password_hash from holdfast.people where id = $1 and workspace = $2",
    [id, me.workspace],
  );
  const known = rows[0]?.password_hash ?? null;
  if (known === null) {
    throw new Problem(409, "no_password", "You have no password here: you sign in with a provider.", {
      hint: "an administrator can give you a link to set one",
    });
  }
  if (!(await passwordFits(ask.present, known))) {
    throw new Problem(403, "password_wrong", "That is not your present password.", {
      pointer: "/present",
      details: { triesLeft: left, retryAfter: seconds },
    });
  }
  const made = await hashPassword(ask.password);
  await inTransaction(database, async (client) => {
    // Two at once: the second no longer knows the present one.
    const { rowCount } = await client.query(
      "update holdfast.people set password_hash = $2 where id = $1 and password_hash = $3",
      [id, made, known],
    );
    if (rowCount === 0) throw new Problem(409, "password_changed", "The password has just been changed elsewhere.");
    // Whoever changes it in a fright also takes away what lies in a mailbox.
    await endPersonLinks(client, id);
    await noteOperation(client, me, { action: "person.setPassword", target: `person:${id}`, after: { by: "present" } });
  });
  await giveTryBack(database, email, ask.address);
}
