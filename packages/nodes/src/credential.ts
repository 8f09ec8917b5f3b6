/** Credentials, which are used and never shown. */
import { Buffer } from "node:buffer";
import { inspect } from "node:util";

/** What a credential holds, by type. */
export type CredentialValue =
  | { readonly type: "bearer"; readonly token: string }
  | { readonly type: "basic"; readonly username: string; readonly password: string }
  | { readonly type: "header"; readonly name: string; readonly value: string }
  | { readonly type: "smtp"; readonly url: string };

const HIDDEN = "[secret]";

/** Shorter secrets are left in texts: blotting out every `a` would hide nothing and damage everything. */
const SHORTEST_REDACTED = 6;

/**
 * A credential in memory. However it is turned into text (string, JSON, `console.log`, an error's details) it says
 * `[secret]`; only `reveal` gives the value, at the moment of use.
 */
export class Credential {
  readonly type: CredentialValue["type"];
  readonly #value: CredentialValue;

  constructor(value: CredentialValue) {
    this.type = value.type;
    this.#value = value;
  }

  reveal(): CredentialValue {
    return this.#value;
  }

  /** `text` with every form of the secret replaced, for answers of servers that repeat what they were sent. */
  redact(text: string): string {
    return secretsIn(this.#value)
      .filter((secret) => secret.length >= SHORTEST_REDACTED)
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

function secretsIn(value: CredentialValue): string[] {
  switch (value.type) {
    case "bearer":
      return forms(value.token);
    case "basic":
      return [...forms(value.password), Buffer.from(`${value.username}:${value.password}`).toString("base64")];
    case "header":
      return forms(value.value);
    case "smtp": {
      const password = URL.canParse(value.url) ? new URL(value.url).password : "";
      return [value.url, ...forms(decodeURIComponent(password)), password];
    }
  }
}

/** The ways in which a secret turns up in texts. */
function forms(secret: string): string[] {
  return [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString("base64"),
  ];
}
