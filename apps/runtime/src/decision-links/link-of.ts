/** Whose link it is and what it leads to. */
import { Problem } from "../problem/problem.ts";
import type { Queryable } from "../read/queryable.ts";
import type { Caller } from "../services/services.ts";
import { takeTry } from "../session/tries.ts";
import { tooManyTries } from "../session/sign-in.ts";
import { hashToken, isToken } from "../session/token.ts";

export interface DecisionLink {
  readonly hash: Buffer;
  readonly workspace: number;
  readonly task: string;
  readonly person: NonNullable<Caller["person"]>;
  /** Whether it needs its person's session. */
  readonly mode: "shows" | "decides";
  /** Milliseconds. */
  readonly expiresAt: number;
  readonly usedAt: number | null;
  readonly expired: boolean;
}

interface Row extends Omit<DecisionLink, "hash" | "person"> {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly roles: string[];
  readonly groups: string[];
}

/**
 * Only wrong tokens are counted: whoever has a good one is kept out by nobody else's guesses.
 * @param address The network address that asks.
 * @throws Problem 404 `link_unknown`, 429 `too_many_tries`.
 */
export async function linkOf(database: Queryable, token: string, address: string): Promise<DecisionLink> {
  const hash = hashToken(token);
  const { rows } = await database.query<Row>(
    `select l.workspace, l.task, t.link as mode, holdfast.ms(l.expires_at) as "expiresAt", holdfast.ms(l.used_at) as "usedAt",
       l.expires_at <= holdfast.now() as expired, p.id, p.name, p.email, p.roles, p.groups
     from holdfast.decision_links l
     join holdfast.tasks t on t.id = l.task
     join holdfast.people p on p.id = l.person and p.disabled_at is null
     where l.hash = $1`,
    [isToken(token) ? hash : null],
  );
  const [row] = rows;
  if (row === undefined) {
    const { left, seconds } = await takeTry(database, `link ${address}`, address);
    if (left < 0) throw tooManyTries(seconds);
    throw new Problem(404, "link_unknown", "This link is not known here.", {
      hint: "It may be cut off, or long over. Open it from the mail again, or look into the inbox.",
    });
  }
  const { id, name, email, roles, groups, ...link } = row;
  return { ...link, hash, person: { id, name, email, roles, groups } };
}

/** @throws Problem 403 `link_of_another`: it tells whose link it is, and nothing of the task. */
export function refuseAnother(link: DecisionLink, person: { readonly id: string } | undefined): void {
  if (person === undefined || person.id === link.person.id) return;
  throw new Problem(403, "link_of_another", `This link is for ${link.person.name}.`, {
    hint: `Sign in as ${link.person.name}, or look into your own inbox.`,
    details: { name: link.person.name },
  });
}
