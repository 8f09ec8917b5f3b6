/**
 * Envelopes: a value under a key of its own, that key under the ring's. Both know whose they are (workspace, id,
 * version): what is moved to another row, or put back from before, does not open.
 */
import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from "node:crypto";
import type { KeyRing, SealKey } from "./key-ring.ts";

/** Which value of which credential. */
export interface SealedFor {
  readonly workspace: number;
  readonly id: string;
  readonly version: number;
}

export interface Sealed {
  readonly value: Buffer;
  readonly key: Buffer;
  /** The id of the ring's key. */
  readonly by: string;
}

/** What was sealed can't be read: with a key that is not there, or because it is not what was sealed. */
export class UnreadableError extends Error {
  override readonly name = "UnreadableError";
}

const IV_BYTES = 12;
const TAG_BYTES = 16;

const boundTo = ({ workspace, id, version }: SealedFor, purpose: string): Buffer =>
  Buffer.from(`${workspace}|${id}|${version}|${purpose}`);

function encrypt(key: KeyObject, plain: Buffer, bound: Buffer): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, iv, { authTagLength: TAG_BYTES }).setAAD(bound);
  const text = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), text]);
}

function decrypt(key: KeyObject, sealed: Buffer, bound: Buffer): Buffer {
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
      .setAAD(bound)
      .setAuthTag(sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
  } catch {
    throw new UnreadableError("what was sealed has been changed, or belongs elsewhere");
  }
}

const wrap = (whose: SealedFor, own: Buffer, { id, key }: SealKey): Buffer =>
  encrypt(key, own, boundTo(whose, `key|${id}`));

function unwrap(ring: KeyRing, whose: SealedFor, { key, by }: Pick<Sealed, "key" | "by">): Buffer {
  const found = ring.find(by);
  if (found === undefined) throw new UnreadableError(`the key ${by} is not here`);
  return decrypt(found.key, key, boundTo(whose, `key|${by}`));
}

export function seal(ring: KeyRing, whose: SealedFor, text: string): Sealed {
  const own = randomBytes(32);
  const { current } = ring;
  const value = encrypt(createSecretKey(own), Buffer.from(text), boundTo(whose, "value"));
  return { value, key: wrap(whose, own, current), by: current.id };
}

/** @throws UnreadableError */
export function unseal(ring: KeyRing, whose: SealedFor, sealed: Sealed): string {
  const own = unwrap(ring, whose, sealed);
  return decrypt(createSecretKey(own), sealed.value, boundTo(whose, "value")).toString("utf8");
}

/** The same value's key under the ring's present key. @throws UnreadableError */
export function reseal(ring: KeyRing, whose: SealedFor, sealed: Pick<Sealed, "key" | "by">): Omit<Sealed, "value"> {
  const { current } = ring;
  return { key: wrap(whose, unwrap(ring, whose, sealed), current), by: current.id };
}
