/**
 * From a bearer token to a principal. What the database said about a key is remembered for a few seconds: thousands
 * of requests a second cost it nothing, and a revocation still takes effect within that time.
 */
import type { Principal } from "../access/principal.ts";
import { Problem } from "../problem/problem.ts";
import { parseApiKey, secretFits } from "./api-key.ts";
import type { StoredKey } from "./key-store.ts";

/** Milliseconds for which an answer of the database is good. */
export const KEY_CACHE_MS = 3_000;
/** Milliseconds between two notes that a key was used. */
const TOUCH_EVERY_MS = 60_000;
/** Made-up ids must not fill the memory. */
const CACHE_SIZE = 10_000;

export interface AuthenticatorOptions {
  readonly find: (id: string) => Promise<StoredKey | undefined>;
  /** Notes that a key was used. Failures are the callee's to report. */
  readonly touch?: (id: string) => void;
  /** Wall clock, milliseconds since the epoch: keys expire in real time, also where demo mode moves the flows' time. */
  readonly now: () => number;
}

interface Entry {
  readonly key: Promise<StoredKey | undefined>;
  readonly until: number;
}

const refuse = (code: string, message: string): Problem =>
  new Problem(401, code, message, { hint: "send the header Authorization: Bearer hold_live_…" });

export class Authenticator {
  readonly #options: AuthenticatorOptions;
  readonly #cache = new Map<string, Entry>();
  readonly #touched = new Map<string, number>();

  constructor(options: AuthenticatorOptions) {
    this.#options = options;
  }

  /**
   * @param header The value of the `Authorization` header.
   * @throws Problem 401 `key_missing`, `key_invalid`, `key_expired` or `key_revoked`. The last two are told only to
   * whoever has the whole key.
   */
  async authenticate(header: string | undefined): Promise<Principal> {
    if (header === undefined || header === "") throw refuse("key_missing", "this needs an API key");
    const token = /^Bearer +(\S+) *$/i.exec(header)?.[1];
    const parts = token === undefined ? undefined : parseApiKey(token);
    const key = parts === undefined ? undefined : await this.#find(parts.id);
    if (parts === undefined || key === undefined || !secretFits(parts.secret, key.hash)) {
      throw refuse("key_invalid", "this API key is not known");
    }
    if (key.revoked || key.disabled) throw refuse("key_revoked", "this API key has been revoked");
    const now = this.#options.now();
    if (key.expiresAt !== null && key.expiresAt <= now) throw refuse("key_expired", "this API key has expired");
    this.#touch(key.id, now);
    return {
      workspace: key.workspace,
      actor: { kind: "key", id: key.id },
      person: key.person,
      scopes: key.scopes,
      door: "api",
    };
  }

  /** Forgets what is remembered of a key, so that a revocation by this process takes effect at once. */
  forget(id: string): void {
    this.#cache.delete(id);
  }

  /** Forgets all of it: somebody's rights have changed, and with them those of every key of theirs. */
  forgetAll(): void {
    this.#cache.clear();
  }

  #find(id: string): Promise<StoredKey | undefined> {
    const now = this.#options.now();
    const known = this.#cache.get(id);
    if (known !== undefined && known.until > now) return known.key;
    if (this.#cache.size >= CACHE_SIZE) this.#cache.clear();
    const key = this.#options.find(id);
    this.#cache.set(id, { key, until: now + KEY_CACHE_MS });
    key.catch(() => this.#cache.delete(id));
    return key;
  }

  #touch(id: string, now: number): void {
    if (this.#options.touch === undefined || now - (this.#touched.get(id) ?? 0) < TOUCH_EVERY_MS) return;
    this.#touched.set(id, now);
    this.#options.touch(id);
  }
}
