/** Credentials, which are used and never shown. */
import { inspect } from "node:util";
import { formsOf, secretsIn, type CredentialValue } from "./credential-value.ts";

const HIDDEN = "[secret]";

/** Tokens that were got for a credential, of which the newest are looked for in texts. */
const DERIVED_KEPT = 10;

/** Shorter secrets are left in texts: blotting out every `a` would hide nothing and damage everything. */
const SHORTEST_REDACTED = 6;

/**
 * A credential in memory. However it is turned into text (string, JSON, `console.log`, an error's details) it says
 * `[secret]`; only `reveal` gives the value, at the moment of use.
 */
export class Credential {
  readonly type: CredentialValue["type"];
  readonly #value: CredentialValue;
  #derived: readonly string[] = [];
  #learned: ((secret: string) => void) | undefined;

  constructor(value: CredentialValue) {
    this.type = value.type;
    this.#value = value;
  }

  reveal(): CredentialValue {
    return this.#value;
  }

  /** The texts that must not show up anywhere. */
  secrets(): readonly string[] {
    return long([...secretsIn(this.#value), ...this.#derived.flatMap(formsOf)]);
  }

  /** A secret that was got with this one, such as a token, is as secret as it is. */
  derive(secret: string): void {
    if (this.#derived.includes(secret)) return;
    this.#derived = [secret, ...this.#derived].slice(0, DERIVED_KEPT);
    for (const form of long(formsOf(secret))) this.#learned?.(form);
  }

  /** Who is told every form of a secret that is got with this one. */
  whenDerived(learned: (secret: string) => void): void {
    this.#learned = learned;
  }

  /** `text` with every form of the secret replaced, for answers of servers that repeat what they were sent. */
  redact(text: string): string {
    return this.secrets()
      .toSorted((a, b) => b.length - a.length)
      .reduce((redacted, secret) => redacted.replaceAll(secret, HIDDEN), text);
  }

  toString(): string {
    return HIDDEN;
  }

  toJSON(): string {
    return HIDDEN;
  }

  [Symbol.toPrimitive](): string {
    return HIDDEN;
  }

  [inspect.custom](): string {
    return HIDDEN;
  }
}

const long = (secrets: readonly string[]): readonly string[] =>
  secrets.filter((secret) => secret.length >= SHORTEST_REDACTED);

/** Why a credential is not given to a node. A person can mend each, so the step is tried again and then waits for one. */
export type CredentialErrorCode =
  "credential_missing" | "credential_not_granted" | "credential_unreadable" | "credential_wrong_type";

/** The message names the credential, never its value. */
export class CredentialError extends Error {
  override readonly name = "CredentialError";
  readonly code: CredentialErrorCode;

  constructor(code: CredentialErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
