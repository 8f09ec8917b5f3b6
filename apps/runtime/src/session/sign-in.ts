/** E-mail and password. Who is unknown is refused like who is mistaken, after the same work. */
import type { Pool } from "pg";
import { Problem } from "../problem/problem.ts";
import { hashPassword, passwordFits } from "../people/password.ts";
import { enter, noteKeptOut } from "./enter.ts";
import { newToken } from "./token.ts";
import { giveTryBack, takeTry } from "./tries.ts";

export interface SignIn {
  readonly workspace: number;
  readonly email: string;
  readonly password: string;
  /** The network address that the tries are counted for. */
  readonly address: string;
  /** What the browser calls itself. */
  readonly agent?: string | undefined;
  /** Takes what goes on after the answer, which so takes as long for somebody unknown. */
  readonly later: (work: Promise<unknown>) => void;
}

/** The hash of a password that nobody has: checking it takes as long as checking one that somebody has. */
let nobodys: Promise<string> | undefined;

/**
 * @returns The token of a new session.
 * @throws Problem 401 `sign_in_failed` with the tries left, or 429 `too_many_tries`.
 */
export async function signIn(database: Pool, ask: SignIn): Promise<string> {
  const { workspace, email, password, address } = ask;
  const { left, seconds } = await takeTry(database, email, address);
  if (left < 0) throw tooManyTries(seconds);
  const found = await database.query<{ id: string; password_hash: string | null }>(
    `select id, password_hash from holdfast.people
      where workspace = $1 and lower(email) = lower($2) and disabled_at is null`,
    [workspace, email],
  );
  const row = found.rows[0];
  nobodys ??= hashPassword(newToken());
  const fits = await passwordFits(password, row?.password_hash ?? (await nobodys));
  if (row === undefined || row.password_hash === null || !fits) {
    if (row !== undefined && left === 0) ask.later(noteKeptOut(database, workspace, row.id, address));
    throw signInFailed(left, seconds);
  }
  await giveTryBack(database, email, address);
  return enter(database, workspace, row.id, { agent: ask.agent, address });
}

const minutes = (seconds: number): string => {
  const count = Math.max(1, Math.ceil(seconds / 60));
  return count === 1 ? "1 minute" : `${count} minutes`;
};

function signInFailed(left: number, seconds: number): Problem {
  const next =
    left === 0
      ? `Try again in ${minutes(seconds)}, or reset the password.`
      : `${left} ${left === 1 ? "try" : "tries"} left, or reset the password.`;
  return new Problem(401, "sign_in_failed", `That e-mail and password don't match. ${next}`, {
    details: { triesLeft: left, retryAfter: seconds },
  });
}

export const tooManyTries = (seconds: number): Problem =>
  new Problem(429, "too_many_tries", `Too many tries. Try again in ${minutes(seconds)}, or reset the password.`, {
    details: { triesLeft: 0, retryAfter: seconds },
  });
