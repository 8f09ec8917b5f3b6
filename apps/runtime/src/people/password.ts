/** Passwords of people: argon2id (the library's default variant) with 19 MiB, two passes, one lane (OWASP's first choice). */
import { hash, verify } from "@node-rs/argon2";
import { randomInt } from "node:crypto";

const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

// Without 0, o, 1, l and i, so that a person can copy one from a screen.
const LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

/** However it was typed: the same letters in another composition are the same password. */
const plain = (password: string): string => password.normalize("NFKC");

export const hashPassword = (password: string): Promise<string> => hash(plain(password), OPTIONS);

export const passwordFits = (password: string, stored: string): Promise<boolean> => verify(stored, plain(password));

/** Three groups of four, 59 bits. */
export function newPassword(): string {
  const group = (): string => Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join("");
  return [group(), group(), group()].join("-");
}
