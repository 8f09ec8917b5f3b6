import { expect, test } from "vitest";
import { hashPassword, newPassword, passwordFits } from "./password.ts";

test("passwords are stored as argon2id with the parameters chosen", async () => {
  const stored = await hashPassword("correct horse");
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await passwordFits("correct horse", stored)).toBe(true);
  expect(await passwordFits("wrong horse", stored)).toBe(false);
});

test("made-up passwords differ and can be copied from a screen", () => {
  const passwords = new Set(Array.from({ length: 100 }, newPassword));
  expect(passwords.size).toBe(100);
  for (const password of passwords) expect(password).toMatch(/^[a-hj-km-np-z2-9]{4}(-[a-hj-km-np-z2-9]{4}){2}$/);
});
