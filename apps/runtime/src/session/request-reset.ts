/**
 * A new password by mail. Whoever asks is told the same whether or not there is such a person, and not made to wait
 * for the mail; the link leads to an address that the server knows by itself, never to one that the request names.
 */
import type { Pool } from "pg";
import { newPersonLink } from "../people/person-links.ts";
import { tooManyTries } from "./sign-in.ts";
import { takeTry } from "./tries.ts";

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

export interface RequestReset {
  readonly workspace: number;
  readonly email: string;
  /** The network address that asks. */
  readonly address: string;
  /** Where the pages are: `https://holdfast.example.com`. */
  readonly origin: string;
  readonly send: (mail: Mail) => Promise<void>;
}

const SYSTEM = { kind: "system", id: "password reset" } as const;

/**
 * @returns What goes on after the answer.
 * @throws Problem 429 `too_many_tries`.
 */
export async function requestReset(database: Pool, ask: RequestReset): Promise<() => Promise<void>> {
  const { left, seconds } = await takeTry(database, `reset ${ask.email}`, `reset ${ask.address}`);
  if (left < 0) throw tooManyTries(seconds);
  return async () => {
    const { rows } = await database.query<{ id: string; email: string; name: string }>(
      `select id, email, name from holdfast.people
        where workspace = $1 and lower(email) = lower($2) and disabled_at is null and password_hash is not null`,
      [ask.workspace, ask.email],
    );
    const person = rows[0];
    if (person === undefined) return;
    const caller = { workspace: ask.workspace, actor: SYSTEM, door: "app" } as const;
    const token = await newPersonLink(database, caller, person.id, "reset");
    await ask.send({
      to: person.email,
      subject: "A new password for Holdfast",
      text: [
        `Hello ${person.name},`,
        `set a new password here, within an hour: ${ask.origin}/invitation/${token}`,
        "If you have not asked for it, do nothing: the old one stays good.",
      ].join("\n\n"),
    });
  };
}
