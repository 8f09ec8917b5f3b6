/** Values of credentials: as people tell them, and as they are sealed. */
import { Credential, type CredentialValue } from "@holdfast/nodes/executors";
import { z } from "zod";

const secret = z.string().min(1).max(20_000);
const oneLine = secret.regex(/^[^\r\n]*$/, "a header's value has no line breaks");
const address = (protocols: RegExp, what: string) =>
  z
    .string()
    .max(2_000)
    .refine((text) => protocols.test(text) && URL.canParse(text) && new URL(text).hostname !== "", what);

export const credentialValue = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("bearer"), token: oneLine }),
  z.strictObject({
    type: z.literal("basic"),
    username: z
      .string()
      .min(1)
      .max(1_000)
      .regex(/^[^:\r\n]*$/, "a user's name has no colon"),
    password: oneLine,
  }),
  z.strictObject({
    type: z.literal("header"),
    name: z.string().regex(/^[\w!#$%&'*+.^`|~-]{1,100}$/, "this must be a header's name, such as X-Api-Key"),
    value: oneLine,
  }),
  z.strictObject({
    type: z.literal("smtp"),
    url: address(/^smtps?:/i, "this must be an address such as smtps://name:password@mail.example.com"),
  }),
  z.strictObject({ type: z.literal("apiKey"), key: oneLine }),
  z.strictObject({
    type: z.literal("connectionString"),
    url: address(/^[a-z][a-z0-9+.-]*:/i, "this must be an address such as postgres://name:password@host:5432/database"),
  }),
]) satisfies z.ZodType<CredentialValue>;

export type CredentialType = CredentialValue["type"];
export const CREDENTIAL_TYPES = [
  "bearer",
  "basic",
  "header",
  "smtp",
  "apiKey",
  "connectionString",
] as const satisfies readonly CredentialType[];

/** Of what was unsealed. */
export const readCredential = (text: string): Credential => new Credential(credentialValue.parse(JSON.parse(text)));

/** The server that the value itself names: it may be sent there and nowhere else. */
export function hostIn(value: CredentialValue): string | undefined {
  if (value.type !== "smtp" && value.type !== "connectionString") return undefined;
  const { hostname, port } = new URL(value.url);
  const host = hostname.toLowerCase();
  return port === "" ? host : `${host}:${port}`;
}
