import { expect, test, vi } from "vitest";
import { newApiKey, parseApiKey, secretFits } from "./api-key.ts";
import { Authenticator, KEY_CACHE_MS } from "./authenticate.ts";
import type { StoredKey } from "./key-store.ts";

const { id, text, hash } = newApiKey();

const stored = (more: Partial<StoredKey> = {}): StoredKey => ({
  id,
  hash,
  scopes: ["runs:read"],
  workspace: 7,
  expiresAt: null,
  revoked: false,
  disabled: false,
  person: { id: "p1", name: "Ada", email: "ada@example.com", roles: ["viewer"], groups: [] },
  ...more,
});

function setUp(key: StoredKey | undefined) {
  const world = { now: 1_000_000, key };
  const find = vi.fn(async (asked: string) => (asked === id ? world.key : undefined));
  const touch = vi.fn();
  return { world, find, touch, authenticator: new Authenticator({ find, touch, now: () => world.now }) };
}

test("the text of a key is prefix, id and secret", () => {
  expect(text).toMatch(/^hold_live_[0-9a-f]{16}_[0-9a-f]{64}$/);
  const parts = parseApiKey(text);
  expect(parts?.id).toBe(id);
  expect(secretFits(parts?.secret ?? "", hash)).toBe(true);
  expect(secretFits("0".repeat(64), hash)).toBe(false);
});

test("a valid key gives its person, bound to the key's workspace and scopes", async () => {
  const { authenticator } = setUp(stored());
  await expect(authenticator.authenticate(`Bearer ${text}`)).resolves.toMatchObject({
    workspace: 7,
    actor: { kind: "key", id },
    person: { email: "ada@example.com" },
    scopes: ["runs:read"],
  });
});

test.each([
  ["nothing", undefined, "key_missing"],
  ["an empty header", "", "key_missing"],
  ["another scheme", `Basic ${text}`, "key_invalid"],
  ["no key", "Bearer", "key_invalid"],
  ["a cut key", `Bearer ${text.slice(0, -1)}`, "key_invalid"],
  ["a long key", `Bearer ${text}0`, "key_invalid"],
  ["two keys", `Bearer ${text} ${text}`, "key_invalid"],
  ["another secret", `Bearer hold_live_${id}_${"0".repeat(64)}`, "key_invalid"],
  ["another id", `Bearer hold_live_${"0".repeat(16)}_${"0".repeat(64)}`, "key_invalid"],
])("%s is refused", async (_, header, code) => {
  const { authenticator } = setUp(stored());
  await expect(authenticator.authenticate(header)).rejects.toMatchObject({ status: 401, code });
});

test("revoked and expired are told only to whoever has the secret", async () => {
  const { authenticator } = setUp(stored({ revoked: true }));
  await expect(authenticator.authenticate(`Bearer ${text}`)).rejects.toMatchObject({ code: "key_revoked" });
  const wrong = `Bearer hold_live_${id}_${"0".repeat(64)}`;
  await expect(authenticator.authenticate(wrong)).rejects.toMatchObject({ code: "key_invalid" });
  const disabled = setUp(stored({ disabled: true }));
  await expect(disabled.authenticator.authenticate(`Bearer ${text}`)).rejects.toMatchObject({ code: "key_revoked" });
});

test("a key expires at its time, also while it is remembered", async () => {
  const { authenticator, world } = setUp(stored({ expiresAt: 1_000_500 }));
  await authenticator.authenticate(`Bearer ${text}`);
  world.now = 1_000_500;
  await expect(authenticator.authenticate(`Bearer ${text}`)).rejects.toMatchObject({ code: "key_expired" });
});

test("a thousand requests ask the database once, and a revocation takes effect within seconds", async () => {
  const { authenticator, world, find, touch } = setUp(stored());
  await Promise.all(Array.from({ length: 1_000 }, () => authenticator.authenticate(`Bearer ${text}`)));
  expect(find).toHaveBeenCalledTimes(1);
  expect(touch).toHaveBeenCalledTimes(1);
  world.key = stored({ revoked: true });
  world.now += KEY_CACHE_MS;
  await expect(authenticator.authenticate(`Bearer ${text}`)).rejects.toMatchObject({ code: "key_revoked" });
});

test("what this process revokes it forgets at once", async () => {
  const { authenticator, world } = setUp(stored());
  await authenticator.authenticate(`Bearer ${text}`);
  world.key = stored({ revoked: true });
  authenticator.forget(id);
  await expect(authenticator.authenticate(`Bearer ${text}`)).rejects.toMatchObject({ code: "key_revoked" });
});

test("a failure of the database is not remembered", async () => {
  const { authenticator, find } = setUp(stored());
  find.mockRejectedValueOnce(new Error("gone"));
  await expect(authenticator.authenticate(`Bearer ${text}`)).rejects.toThrow("gone");
  await expect(authenticator.authenticate(`Bearer ${text}`)).resolves.toBeDefined();
});
