/**
 * Credentials as the environment has them, in the forms that people know from HTTP:
 * `Bearer TOKEN`, `Basic NAME:PASSWORD`, `Header NAME: VALUE`, `Query NAME: VALUE`, `Key KEY`,
 * `OAuth2 CLIENT:SECRET TOKEN_ADDRESS SCOPES`, `Webhook https://…`, a mail server's `smtp://…` or `smtps://…`, or the
 * address of a database, `postgres://…`.
 */
import { Credential, percentDecoded, type CredentialValue } from "@holdfast/nodes/executors";

/** What can be told, for whoever told something else. */
export const CREDENTIAL_FORMS =
  "“Bearer TOKEN”, “Basic NAME:PASSWORD”, “Header NAME: VALUE”, “Query NAME: VALUE”, “Key KEY”, “OAuth2 CLIENT:SECRET TOKEN_ADDRESS SCOPES”, “Webhook https://…”, smtp://… or postgres://…, with %25 for each % in a password";

const PREFIX = "HOLDFAST_CREDENTIAL_";

/** What stands for a credential's name in a variable: `payments-eu` is `PAYMENTS_EU`. */
export const credentialVariable = (name: string): string => PREFIX + name.toUpperCase().replaceAll(/[^A-Z0-9]/g, "_");

export const isCredentialVariable = (variable: string): boolean =>
  variable.startsWith(PREFIX) && variable.length > PREFIX.length;

/** By what a text begins with, and what its parts make. */
const FORMS: readonly (readonly [RegExp, (...parts: string[]) => CredentialValue])[] = [
  [/^Bearer\s+(\S+)$/i, (token = "") => ({ type: "bearer", token })],
  [/^Basic\s+([^:\s]+):(.+)$/is, (username = "", password = "") => ({ type: "basic", username, password })],
  [/^Header\s+([\w!#$%&'*+.^`|~-]+):\s*(\S.*)$/i, (name = "", value = "") => ({ type: "header", name, value })],
  [/^Query\s+([\w.~[\]-]+):\s*(\S.*)$/i, (name = "", value = "") => ({ type: "query", name, value })],
  [/^Key\s+(\S+)$/i, (key = "") => ({ type: "apiKey", key })],
  [
    /^OAuth2\s+([^:\s]+):(\S+)\s+(https?:\/\/\S+)(?:\s+(\S.*))?$/i,
    (clientId = "", clientSecret = "", tokenUrl = "", scope = "") => ({
      type: "oauth2",
      tokenUrl,
      clientId,
      clientSecret,
      ...(scope !== "" && { scope }),
    }),
  ],
  [/^Webhook\s+(https?:\/\/\S+)$/i, (url = "") => ({ type: "webhook", url })],
  [/^(smtps?:\/\/.*)$/i, (url = "") => ({ type: "smtp", url })],
  [/^((?!https?:)[a-z][a-z0-9+.-]*:\/\/.*)$/i, (url = "") => ({ type: "connectionString", url })],
];

/** The credential, or nothing if the text has none of the forms. */
export function parseCredential(text: string): Credential | undefined {
  for (const [form, make] of FORMS) {
    const parts = form.exec(text);
    if (parts === null) continue;
    const value = make(...parts.slice(1));
    return isUsable(addressIn(value)) ? new Credential(value) : undefined;
  }
  return undefined;
}

function isUsable(address: string | undefined): boolean {
  if (address === undefined) return true;
  const url = URL.parse(address);
  return url !== null && percentDecoded(url.username + url.password) !== undefined;
}

function addressIn(value: CredentialValue): string | undefined {
  if ("url" in value) return value.url;
  return "tokenUrl" in value ? value.tokenUrl : undefined;
}
