/** Credentials, which are used and never shown. */
import { Buffer } from "node:buffer";
import { inspect } from "node:util";

/** What a credential holds, by type. */
export type CredentialValue =
  | { readonly type: "bearer"; readonly token: string }
  | { readonly type: "basic"; readonly username: string; readonly password: string }
  | { readonly type: "header"; readonly name: string; readonly value: string }
  | { readonly type: "smtp"; readonly url: string }
  /** A provider's key, which the node puts where its provider wants it. */
  | { readonly type: "apiKey"; readonly key: string }
  /** The address of a database or a queue, with user and password in it. */
  | { readonly type: "connectionString"; readonly url: string };

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

  /** The texts that must not show up anywhere. */
  secrets(): readonly string[] {
    return secretsIn(this.#value).filter((secret) => secret.length >= SHORTEST_REDACTED);
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

function secretsIn(value: CredentialValue): string[] {
  switch (value.type) {
    case "bearer":
      return forms(value.token);
    case "basic":
      return [...forms(value.password), Buffer.from(`${value.username}:${value.password}`).toString("base64")];
    case "header":
      return forms(value.value);
    case "apiKey":
      return forms(value.key);
    case "smtp":
    case "connectionString": {
      const password = URL.canParse(value.url) ? new URL(value.url).password : "";
      return [value.url, ...forms(decodeURIComponent(password)), password];
    }
  }
}

/** The ways in which a secret turns up in texts. */
function forms(secret: string): string[] {
  const percent = encodeURIComponent(secret);
  return [
    secret,
    percent,
    percent.replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    new URLSearchParams([["", secret]]).toString().slice(1),
    JSON.stringify(secret).slice(1, -1),
    ...base64Forms(secret),
  ];
}

/** At each of its three alignments in what was encoded, without the characters that depend on what stands beside it. */
function base64Forms(secret: string): string[] {
  return [0, 1, 2].flatMap((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
    const form = bytes.toString("base64").slice(Math.ceil((before * 8) / 6), Math.floor((bytes.length * 8) / 6));
    return [form, form.replaceAll("+", "-").replaceAll("/", "_")];
  });
}

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
