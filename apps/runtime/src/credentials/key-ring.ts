/** The keys that seal credentials. The first seals; every one of them opens. */
import { createSecretKey, type KeyObject } from "node:crypto";

export interface SealKey {
  /** Stored beside what it sealed. */
  readonly id: string;
  readonly key: KeyObject;
}

const LINE = /^([\w.-]{1,40})[ :]([A-Za-z0-9+/_-]{43}=?)$/;

/**
 * @param text `id:base64 of 32 bytes`, one a line or separated by commas; lines that begin with `#` say nothing.
 * @throws Error that says what would be right, and never the text.
 */
export function parseSealKeys(text: string): readonly SealKey[] {
  const lines = text.split("\n").filter((line) => !line.trimStart().startsWith("#"));
  const keys = lines
    .flatMap((line) => line.split(","))
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map((part): SealKey => {
      const [, id, encoded] = LINE.exec(part) ?? [];
      const bytes = Buffer.from(encoded ?? "", "base64");
      if (id === undefined || bytes.length !== 32) throw new Error("must be ID:KEY, KEY being 32 bytes in base64");
      return { id, key: createSecretKey(bytes) };
    });
  if (keys.length === 0) throw new Error("must hold a key");
  if (new Set(keys.map(({ id }) => id)).size !== keys.length) throw new Error("must not name two keys alike");
  return keys;
}

export class KeyRing {
  readonly #read: () => readonly SealKey[];
  #keys: readonly SealKey[];

  /** @param read Gives the keys of this moment; they may change while the process runs. */
  constructor(read: () => readonly SealKey[]) {
    this.#read = read;
    this.#keys = read();
  }

  /** The one that seals. */
  get current(): SealKey {
    const [first] = this.#keys;
    if (first === undefined) throw new Error("a ring without keys");
    return first;
  }

  /** By its id; a key that came after the last look is found, too. */
  find(id: string): SealKey | undefined {
    const known = this.#keys.find((key) => key.id === id);
    if (known !== undefined) return known;
    this.lookAgain();
    return this.#keys.find((key) => key.id === id);
  }

  /** Takes over what has changed. What can't be read at the moment changes nothing. */
  lookAgain(): void {
    try {
      this.#keys = this.#read();
    } catch {
      // Somebody is writing it, or has taken it away: those that are known stay good.
    }
  }
}
