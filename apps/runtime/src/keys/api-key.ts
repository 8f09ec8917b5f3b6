/**
 * The text of an API key: `hold_live_<id>_<secret>`. The id finds the row; of the secret only its SHA-256 is stored.
 * It is 256 random bits, so a slow password hash would protect nothing more.
 */
import { hash, randomBytes, timingSafeEqual } from "node:crypto";

const FORM = /^hold_live_([0-9a-f]{16})_([0-9a-f]{64})$/;

export interface ApiKeyParts {
  readonly id: string;
  readonly secret: string;
}

/** A new key, and what is stored of it. */
export function newApiKey(): { readonly id: string; readonly text: string; readonly hash: Buffer } {
  const id = randomBytes(8).toString("hex");
  const secret = randomBytes(32).toString("hex");
  return { id, text: `hold_live_${id}_${secret}`, hash: hashSecret(secret) };
}

export function parseApiKey(text: string): ApiKeyParts | undefined {
  const [, id, secret] = FORM.exec(text) ?? [];
  return id === undefined || secret === undefined ? undefined : { id, secret };
}

export const hashSecret = (secret: string): Buffer => hash("sha256", secret, "buffer");

/** In constant time. */
export function secretFits(secret: string, stored: Buffer): boolean {
  const offered = hashSecret(secret);
  return offered.length === stored.length && timingSafeEqual(offered, stored);
}
