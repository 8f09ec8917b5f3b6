/** What credentials hold, and in which texts that shows. */
import { Buffer } from "node:buffer";

/** What a credential holds, by type. */
export type CredentialValue =
  | { readonly type: "bearer"; readonly token: string }
  | { readonly type: "basic"; readonly username: string; readonly password: string }
  | { readonly type: "header"; readonly name: string; readonly value: string }
  /** A key that stands in the address, as a parameter of that name. */
  | { readonly type: "query"; readonly name: string; readonly value: string }
  /** A client of an OAuth 2 server (RFC 6749, client credentials), which gives it tokens that last a while. */
  | {
      readonly type: "oauth2";
      readonly tokenUrl: string;
      readonly clientId: string;
      readonly clientSecret: string;
      /** What is asked for, separated by spaces. */
      readonly scope?: string | undefined;
      /** Which service the token is for, where the server gives tokens for several. */
      readonly audience?: string | undefined;
      /** How the client proves itself. Default: `basic`. */
      readonly clientAuth?: "basic" | "body" | undefined;
    }
  /** An address that whoever knows it may post messages to: all of it is the secret. */
  | { readonly type: "webhook"; readonly url: string }
  | { readonly type: "smtp"; readonly url: string }
  /** A provider's key, which the node puts where its provider wants it. */
  | { readonly type: "apiKey"; readonly key: string }
  /** The address of a database or a queue, with user and password in it. */
  | { readonly type: "connectionString"; readonly url: string };

export const CREDENTIAL_TYPES = [
  "bearer",
  "basic",
  "header",
  "query",
  "oauth2",
  "webhook",
  "smtp",
  "apiKey",
  "connectionString",
] as const satisfies readonly CredentialValue["type"][];

/** Every text that gives the credential away. */
export function secretsIn(value: CredentialValue): string[] {
  switch (value.type) {
    case "bearer":
      return formsOf(value.token);
    case "basic":
      return [...formsOf(value.password), Buffer.from(`${value.username}:${value.password}`).toString("base64")];
    case "header":
    case "query":
      return formsOf(value.value);
    case "oauth2":
      return [
        ...formsOf(value.clientSecret),
        Buffer.from(`${value.clientId}:${value.clientSecret}`).toString("base64"),
        clientProof(value.clientId, value.clientSecret),
      ];
    case "webhook":
      return addressSecrets(value.url);
    case "apiKey":
      return formsOf(value.key);
    case "smtp":
    case "connectionString": {
      const password = URL.canParse(value.url) ? new URL(value.url).password : "";
      return [value.url, ...formsOf(percentDecoded(password) ?? password), password];
    }
  }
}

/** A part of an address as it was before its encoding; nothing where a `%` in it is none of an encoding. */
export function percentDecoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

/** What an OAuth client sends to prove itself: both parts are encoded as in a form before they are joined. */
export function clientProof(clientId: string, clientSecret: string): string {
  const [id, secret] = [clientId, clientSecret].map((text) => new URLSearchParams([["", text]]).toString().slice(1));
  return Buffer.from(`${id}:${secret}`).toString("base64");
}

/** Shorter parts of an address are words such as `services`, not keys. */
const SHORTEST_PART = 16;

/** The address, what follows its host, and each part of that which is long enough to be a key. */
function addressSecrets(address: string): string[] {
  const url = URL.parse(address);
  if (url === null) return formsOf(address);
  const parts = [...url.pathname.split("/"), ...url.searchParams.values()].filter(
    (part) => part.length >= SHORTEST_PART,
  );
  return [address, url.href, url.pathname + url.search, ...parts].flatMap(formsOf);
}

/** The ways in which a secret turns up in texts, itself first. */
export function formsOf(secret: string): string[] {
  const percent = encodeURIComponent(secret);
  const hex = Buffer.from(secret).toString("hex");
  const forms = [
    secret,
    percent,
    percent.replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    new URLSearchParams([["", secret]]).toString().slice(1),
    ...jsonForms(secret),
    ...htmlForms(secret),
    ...base64Forms(secret),
    hex,
    hex.toUpperCase(),
  ];
  return [...new Set(forms)];
}

/** As JavaScript, Python, PHP, Go, Gson and .NET write it between quotes. */
function jsonForms(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const code = (sign: string): string => `\\u${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`;
  const ascii = json.replaceAll(/[\u0080-\uFFFF]/g, code);
  return [
    json,
    ascii,
    ascii.replaceAll("/", "\\/"),
    json.replaceAll(/[<>&]/g, code),
    json.replaceAll(/[<>&=']/g, code),
    secret.replaceAll(/["&'+<>`\u0080-\uFFFF]/g, (sign) => `\\u${code(sign).slice(2).toUpperCase()}`),
  ];
}

/** As it stands in a page: which quotes are written otherwise, and how, is up to the server. */
function htmlForms(secret: string): string[] {
  const text = secret.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const quoted = (double: string, single: string): string => text.replaceAll('"', double).replaceAll("'", single);
  return [text, quoted("&quot;", "'"), quoted("&quot;", "&#39;"), quoted("&quot;", "&#x27;"), quoted("&#34;", "&#39;")];
}

/** At each of its three alignments in what was encoded, without the characters that depend on what stands beside it. */
function base64Forms(secret: string): string[] {
  return [0, 1, 2].flatMap((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
    const form = bytes.toString("base64").slice(Math.ceil((before * 8) / 6), Math.floor((bytes.length * 8) / 6));
    return [form, form.replaceAll("+", "-").replaceAll("/", "_")];
  });
}
