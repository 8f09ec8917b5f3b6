import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { addKey, ensureKeyFile, keyFileOf, readKeyFile } from "./key-file.ts";
import { KeyRing, parseSealKeys } from "./key-ring.ts";
import { reseal, seal, type SealedFor, unseal, UnreadableError } from "./seal.ts";

const key = (id: string): string => `${id}:${randomBytes(32).toString("base64")}`;
const ringOf = (...lines: readonly string[]): KeyRing => new KeyRing(() => parseSealKeys(lines.join("\n")));

const whose: SealedFor = { workspace: 1, id: "019a8f3e-5b7c-7d21-9c55-0f6f5a3b2c10", version: 3 };
const SECRET = "the secret of all secrets";

test("what is sealed opens again, and looks different every time", () => {
  const ring = ringOf(key("a"));
  const [one, two] = [seal(ring, whose, SECRET), seal(ring, whose, SECRET)];
  expect([unseal(ring, whose, one), unseal(ring, whose, two)]).toEqual([SECRET, SECRET]);
  expect(one.value.equals(two.value)).toBe(false);
  expect(one.key.equals(two.key)).toBe(false);
  for (const bytes of [one.value, one.key]) expect(bytes.includes(SECRET)).toBe(false);
});

describe("what does not belong does not open", () => {
  const ring = ringOf(key("a"));
  const sealed = seal(ring, whose, SECRET);
  test.each([
    ["another workspace", { ...whose, workspace: 2 }],
    ["another credential", { ...whose, id: "019a8f3e-5b7c-7d21-9c55-0f6f5a3b2c11" }],
    ["another version", { ...whose, version: 2 }],
  ])("%s", (_, other) => {
    expect(() => unseal(ring, other, sealed)).toThrow(UnreadableError);
    expect(() => reseal(ring, other, sealed)).toThrow(UnreadableError);
  });

  test("a value and a key that were swapped, any bit changed, or a key that is not here", () => {
    const other = seal(ring, { ...whose, version: 4 }, "another");
    expect(() => unseal(ring, whose, { ...sealed, value: other.value })).toThrow(UnreadableError);
    expect(() => unseal(ring, whose, { ...sealed, key: other.key })).toThrow(UnreadableError);
    for (const part of ["value", "key"] as const) {
      for (let at = 0; at < sealed[part].length; at += 1) {
        const changed = Buffer.from(sealed[part]);
        changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
        expect(() => unseal(ring, whose, { ...sealed, [part]: changed })).toThrow(UnreadableError);
      }
    }
    expect(() => unseal(ringOf(key("b")), whose, sealed)).toThrow(UnreadableError);
    expect(() => unseal(ringOf(key("a")), whose, sealed)).toThrow(UnreadableError);
  });
});

test("under a new key the value itself stays, and the old key is needed no more", () => {
  const [old, made] = [key("old"), key("new")];
  const sealed = seal(ringOf(old), whose, SECRET);
  const moved = { ...sealed, ...reseal(ringOf(made, old), whose, sealed) };
  expect(moved.by).toBe("new");
  expect(unseal(ringOf(made), whose, moved)).toBe(SECRET);
});

test.each([
  ["", "must hold a key"],
  ["# only words", "must hold a key"],
  ["a:short", "must be ID:KEY, KEY being 32 bytes in base64"],
  [randomBytes(32).toString("base64"), "must be ID:KEY, KEY being 32 bytes in base64"],
])("keys as %j are refused without being told", (text, message) => {
  expect(() => parseSealKeys(text)).toThrow(message);
});

test("two keys of one name would be a guess", () => {
  expect(() => parseSealKeys([key("a"), key("a")].join(","))).toThrow("must not name two keys alike");
});

test("the file is for its owner alone, is made once, and takes a new key first", async () => {
  const folder = await mkdtemp(join(tmpdir(), "keys-"));
  try {
    const file = keyFileOf(join(folder, "data"));
    await Promise.all([ensureKeyFile(file), ensureKeyFile(file)]);
    const first = await readFile(file, "utf8");
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const ring = new KeyRing(() => readKeyFile(file));
    const before = ring.current.id;
    const sealed = seal(ring, whose, SECRET);

    const id = await addKey(file);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readFile(file, "utf8")).toContain(first);
    expect(ring.current.id).toBe(before);
    // A value that another process has sealed with the new key is read at once.
    const others = seal(new KeyRing(() => readKeyFile(file)), whose, SECRET);
    expect([others.by, unseal(ring, whose, others), unseal(ring, whose, sealed)]).toEqual([id, SECRET, SECRET]);
    expect(ring.current.id).toBe(id);

    await rm(file);
    ring.lookAgain();
    expect(unseal(ring, whose, sealed)).toBe(SECRET);
  } finally {
    await rm(folder, { recursive: true });
  }
});
