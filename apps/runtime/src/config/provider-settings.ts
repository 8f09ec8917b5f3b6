/** Signing in with an OpenID provider, as the environment tells it. */
import { readFileSync } from "node:fs";
import { z } from "zod";
import { isLoopbackAddress } from "../api/loopback.ts";
import { isRole, ROLES, type Role } from "../access/rights.ts";
import { Secret } from "../log/secret.ts";

export interface ProviderSettings {
  readonly issuer: URL;
  readonly clientId: string;
  /** Absent: a public client, which PKCE alone protects. */
  readonly clientSecret: Secret | undefined;
  /** As the button says it: “Sign in with …”. */
  readonly name: string;
  readonly scopes: string;
  /** Domains whose people are let in without having been invited; none: only who is known. */
  readonly newPeopleFrom: readonly string[];
  /** What such people get. */
  readonly newPeopleRoles: readonly Role[];
  /** The claim that lists what somebody belongs to at the provider. */
  readonly groupsClaim: string;
  /** What belonging there means here. What this names, the provider gives and takes; all else is left alone. */
  readonly grants: readonly Grant[];
}

export interface Grant {
  /** As the claim has it. */
  readonly value: string;
  readonly kind: "role" | "group";
  readonly name: string;
}

const list = (text: string): readonly string[] =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");

const issuerField = z.string().refine((text) => {
  const url = URL.parse(text);
  if (url === null || url.search !== "" || url.hash !== "" || url.username !== "") return false;
  return url.protocol === "https:" || (url.protocol === "http:" && isLoopbackAddress(url.hostname));
}, "must be the provider's issuer, an https address such as https://accounts.example.com");

const grantsField = z.string().transform((text, context): readonly Grant[] =>
  list(text).flatMap((part) => {
    const [, value, kind, name] = /^(.+)=(role|group):(.+)$/.exec(part) ?? [];
    if (value !== undefined && name !== undefined && (kind === "group" || (kind === "role" && isRole(name)))) {
      return [{ value: value.trim(), kind, name: name.trim() }];
    }
    context.addIssue(
      `must be VALUE=role:ROLE or VALUE=group:NAME, separated by commas; the roles are ${ROLES.join(", ")}`,
    );
    return [];
  }),
);

const rolesField = z.string().transform((text, context): readonly Role[] =>
  list(text).flatMap((role) => {
    if (isRole(role)) return [role];
    context.addIssue(`must be some of ${ROLES.join(", ")}`);
    return [];
  }),
);

export const providerVariables = {
  HOLDFAST_OIDC_ISSUER: issuerField.optional(),
  HOLDFAST_OIDC_CLIENT_ID: z.string().optional(),
  HOLDFAST_OIDC_CLIENT_SECRET: z.string().optional(),
  HOLDFAST_OIDC_CLIENT_SECRET_FILE: z.string().optional(),
  HOLDFAST_OIDC_NAME: z.string().max(40, "must be at most 40 characters long").optional(),
  HOLDFAST_OIDC_SCOPES: z.string().default("openid email profile"),
  HOLDFAST_OIDC_NEW_PEOPLE_FROM: z.string().transform(list).default([]),
  HOLDFAST_OIDC_NEW_PEOPLE_ROLES: rolesField.default([]),
  HOLDFAST_OIDC_GROUPS_CLAIM: z.string().default("groups"),
  HOLDFAST_OIDC_GRANTS: grantsField.default([]),
} as const;

type Told = z.output<z.ZodObject<typeof providerVariables>>;

/** Nothing where no provider is named. What does not fit together is told in `lines`. */
export function providerSettings(told: Told, lines: string[]): ProviderSettings | undefined {
  const { HOLDFAST_OIDC_ISSUER: issuer, HOLDFAST_OIDC_CLIENT_ID: clientId } = told;
  if (issuer === undefined) {
    if (clientId !== undefined) lines.push("HOLDFAST_OIDC_ISSUER must be set as well, or HOLDFAST_OIDC_CLIENT_ID not");
    return undefined;
  }
  if (clientId === undefined) {
    lines.push("HOLDFAST_OIDC_CLIENT_ID must be set: the provider gave it when Holdfast was registered there");
    return undefined;
  }
  const url = new URL(issuer);
  return {
    issuer: url,
    clientId,
    clientSecret: clientSecret(told, lines),
    name: told.HOLDFAST_OIDC_NAME ?? url.host,
    scopes: told.HOLDFAST_OIDC_SCOPES,
    newPeopleFrom: told.HOLDFAST_OIDC_NEW_PEOPLE_FROM.map((domain) => domain.toLowerCase().replace(/^@/, "")),
    newPeopleRoles: told.HOLDFAST_OIDC_NEW_PEOPLE_ROLES,
    groupsClaim: told.HOLDFAST_OIDC_GROUPS_CLAIM,
    grants: told.HOLDFAST_OIDC_GRANTS,
  };
}

function clientSecret(told: Told, lines: string[]): Secret | undefined {
  const { HOLDFAST_OIDC_CLIENT_SECRET: text, HOLDFAST_OIDC_CLIENT_SECRET_FILE: file } = told;
  if (text !== undefined && file !== undefined) {
    lines.push("HOLDFAST_OIDC_CLIENT_SECRET and HOLDFAST_OIDC_CLIENT_SECRET_FILE are both set: only one may be");
  }
  if (text !== undefined) return new Secret(text);
  if (file === undefined) return undefined;
  try {
    return new Secret(readFileSync(file, "utf8").trim());
  } catch {
    lines.push("HOLDFAST_OIDC_CLIENT_SECRET_FILE must be a file that can be read");
    return undefined;
  }
}
