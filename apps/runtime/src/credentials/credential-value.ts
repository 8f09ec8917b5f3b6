/** Values of credentials: as people tell them, and as they are sealed. */
import { Credential, percentDecoded, type CredentialValue } from "@holdfast/nodes/executors";
import { z } from "zod";

const secret = z.string().min(1).max(20_000);
const oneLine = secret.regex(/^[^\r\n]*$/, "a header's value has no line breaks");
/** What stands in a header as it is. Letters that only look like Latin ones get in by copying. */
const inHeader = oneLine.regex(
  /^[\t -~\u0080-\u00FF]*$/,
  "a header can't carry Cyrillic letters and other signs beyond Latin-1",
);
const address = (protocols: RegExp, what: string) =>
  z
    .string()
    .max(2_000)
    .refine((text) => protocols.test(text) && URL.canParse(text) && new URL(text).hostname !== "", what)
    .refine((text) => {
      const url = URL.parse(text);
      return url === null || percentDecoded(url.username + url.password) !== undefined;
    }, "a % in the name or the password must be written as %25");

/** Without a user in it, which the way out refuses. */
const webAddress = (what: string) =>
  address(/^https?:/i, what).refine((text) => URL.parse(text)?.username === "", "the address holds a user");

export const credentialValue = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("bearer"), token: inHeader }),
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
    value: inHeader,
  }),
  z.strictObject({
    type: z.literal("query"),
    name: z.string().regex(/^[\w.~[\]-]{1,100}$/, "this must be the name of a parameter, such as api_key"),
    value: oneLine,
  }),
  z.strictObject({
    type: z.literal("oauth2"),
    tokenUrl: webAddress("this must be an address such as https://login.example.com/oauth2/token"),
    clientId: z
      .string()
      .min(1)
      .max(1_000)
      .regex(/^[^\r\n]*$/, "a client's name has no line breaks"),
    clientSecret: oneLine,
    scope: z.string().max(2_000).optional(),
    audience: z.string().max(2_000).optional(),
    clientAuth: z.enum(["basic", "body"]).optional(),
  }),
  z.strictObject({
    type: z.literal("webhook"),
    url: webAddress("this must be an address such as https://hooks.slack.com/services/…"),
  }),
  z.strictObject({
    type: z.literal("smtp"),
    url: address(/^smtps?:/i, "this must be an address such as smtps://name:password@mail.example.com"),
  }),
  z.strictObject({ type: z.literal("apiKey"), key: inHeader }),
  z.strictObject({
    type: z.literal("connectionString"),
    url: address(/^[a-z][a-z0-9+.-]*:/i, "this must be an address such as postgres://name:password@host:5432/database"),
  }),
]) satisfies z.ZodType<CredentialValue>;

export type CredentialType = CredentialValue["type"];
/** Of what was unsealed. */
export const readCredential = (text: string): Credential => new Credential(credentialValue.parse(JSON.parse(text)));

const NAMES_ITS_HOST: ReadonlySet<CredentialType> = new Set(["smtp", "connectionString", "webhook"]);

/** Whether the value itself names the one server that it is for. */
export const namesItsHost = (type: CredentialType): boolean => NAMES_ITS_HOST.has(type);

/** The server that the value itself names: it may be sent there, and nowhere else where that is all it is for. */
export function hostIn(value: CredentialValue): string | undefined {
  const target = addressIn(value);
  if (target === undefined) return undefined;
  const { hostname, port } = new URL(target);
  const host = hostname.toLowerCase();
  return port === "" ? host : `${host}:${port}`;
}

function addressIn(value: CredentialValue): string | undefined {
  switch (value.type) {
    case "smtp":
    case "connectionString":
    case "webhook":
      return value.url;
    case "oauth2":
      return value.tokenUrl;
    case "bearer":
    case "basic":
    case "header":
    case "query":
    case "apiKey":
      return undefined;
  }
}

/** Where it may be sent: to the hosts it is granted to, and to where its tokens come from. */
export function hostsOf(credential: Credential, granted: readonly string[]): readonly string[] {
  const own = hostIn(credential.reveal());
  return own === undefined || granted.includes(own) ? granted : [...granted, own];
}
