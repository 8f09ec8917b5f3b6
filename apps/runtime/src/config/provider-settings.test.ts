import { randomBytes } from "node:crypto";
import { inspect } from "node:util";
import { expect, test } from "vitest";
import { ConfigError, readConfig } from "./config.ts";

const PROVIDER = { HOLDFAST_OIDC_ISSUER: "https://id.example.com", HOLDFAST_OIDC_CLIENT_ID: "holdfast" };
const SECRET = "a-secret-of-the-client";

function linesOf(variables: Record<string, string>): readonly string[] {
  try {
    readConfig(variables);
  } catch (error) {
    if (error instanceof ConfigError) return error.lines;
  }
  return [];
}

test("a provider is read, and its secret never shows", () => {
  const config = readConfig({
    ...PROVIDER,
    HOLDFAST_OIDC_CLIENT_SECRET: SECRET,
    HOLDFAST_OIDC_NEW_PEOPLE_FROM: "Example.com, @acme.com",
    HOLDFAST_OIDC_NEW_PEOPLE_ROLES: "viewer",
    HOLDFAST_OIDC_GRANTS: "hf-admins=role:administrator, Finance=Leads=group:finance",
  });
  expect(config.provider).toMatchObject({
    clientId: "holdfast",
    name: "id.example.com",
    newPeopleFrom: ["example.com", "acme.com"],
    newPeopleRoles: ["viewer"],
    grants: [
      { value: "hf-admins", kind: "role", name: "administrator" },
      { value: "Finance=Leads", kind: "group", name: "finance" },
    ],
  });
  expect(inspect(config, { depth: 9 })).not.toContain(SECRET);
  expect(config.scrubber.scrub(`it was ${SECRET}`)).not.toContain(SECRET);
  expect(readConfig({}).provider).toBeUndefined();
});

test.each([
  [{ HOLDFAST_OIDC_CLIENT_ID: "x" }, /^HOLDFAST_OIDC_ISSUER must be set/],
  [{ HOLDFAST_OIDC_ISSUER: "https://id.example.com" }, /^HOLDFAST_OIDC_CLIENT_ID must be set/],
  [{ ...PROVIDER, HOLDFAST_OIDC_ISSUER: "http://id.example.com" }, /^HOLDFAST_OIDC_ISSUER must be .* https/],
  [{ ...PROVIDER, HOLDFAST_OIDC_NEW_PEOPLE_ROLES: "boss" }, /^HOLDFAST_OIDC_NEW_PEOPLE_ROLES must be some of/],
  [{ ...PROVIDER, HOLDFAST_OIDC_GRANTS: "x=role:boss" }, /^HOLDFAST_OIDC_GRANTS must be VALUE=role:ROLE/],
  [{ ...PROVIDER, HOLDFAST_OIDC_CLIENT_SECRET_FILE: "/no/such/file" }, /_FILE must be a file that can be read/],
])("%j is told", (variables, line) => {
  const lines = linesOf(variables);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(line);
});

test("keys that seal credentials are read, and told by nobody", () => {
  const text = randomBytes(32).toString("base64");
  expect(readConfig({ HOLDFAST_SECRET_KEYS: `a:${text}` }).sealKeys?.map(({ id }) => id)).toEqual(["a"]);
  const [line = ""] = linesOf({ HOLDFAST_SECRET_KEYS: `a:${text}x!` });
  expect(line).toMatch(/^HOLDFAST_SECRET_KEYS must be ID:KEY/);
  expect(line).not.toContain(text);
});
