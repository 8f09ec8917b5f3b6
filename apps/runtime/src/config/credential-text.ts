/**
 * Credentials as the environment has them, in the forms that people know from HTTP:
 * `Bearer TOKEN`, `Basic NAME:PASSWORD`, `Header NAME: VALUE`, `Key KEY`, a mail server's `smtp://…` or `smtps://…`, or
 * the address of a database, `postgres://…`.
 */
import { Credential } from "@holdfast/nodes/executors";

const PREFIX = "HOLDFAST_CREDENTIAL_";

/** What stands for a credential's name in a variable: `payments-eu` is `PAYMENTS_EU`. */
export const credentialVariable = (name: string): string => PREFIX + name.toUpperCase().replaceAll(/[^A-Z0-9]/g, "_");

export const isCredentialVariable = (variable: string): boolean =>
  variable.startsWith(PREFIX) && variable.length > PREFIX.length;

/** The credential, or nothing if the text has none of the forms. */
export function parseCredential(text: string): Credential | undefined {
  const token = /^Bearer\s+(\S+)$/i.exec(text)?.[1];
  if (token !== undefined) return new Credential({ type: "bearer", token });
  const [, username, password] = /^Basic\s+([^:\s]+):(.+)$/is.exec(text) ?? [];
  if (username !== undefined && password !== undefined) return new Credential({ type: "basic", username, password });
  const [, name, value] = /^Header\s+([\w!#$%&'*+.^`|~-]+):\s*(\S.*)$/i.exec(text) ?? [];
  if (name !== undefined && value !== undefined) return new Credential({ type: "header", name, value });
  const key = /^Key\s+(\S+)$/i.exec(text)?.[1];
  if (key !== undefined) return new Credential({ type: "apiKey", key });
  if (/^smtps?:\/\//i.test(text) && URL.canParse(text)) return new Credential({ type: "smtp", url: text });
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text) && !/^https?:/i.test(text) && URL.canParse(text)) {
    return new Credential({ type: "connectionString", url: text });
  }
  return undefined;
}
