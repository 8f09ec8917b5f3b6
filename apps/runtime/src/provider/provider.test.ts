/** Signing in with an OpenID provider, against one that can be told to lie. */
import { createFetch } from "@holdfast/nodes/executors";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ApiFixture } from "../../test/support/api-fixture.ts";
import { CLIENT, OpenIdServer } from "@holdfast/testkit/open-id/server";
import { Visitor } from "../../test/support/visitor.ts";
import type { ProviderSettings } from "../config/provider-settings.ts";
import { Secret } from "../log/secret.ts";
import { hashPassword } from "../people/password.ts";
import { putPerson } from "../people/person-store.ts";
import { OpenIdProvider } from "./open-id-provider.ts";

const OPERATOR = { workspace: 1, actor: { kind: "system", id: "test" }, door: "system" } as const;

let api: ApiFixture;
let server: OpenIdServer;

const settings = (more: Partial<ProviderSettings> = {}): ProviderSettings => ({
  issuer: new URL(server.issuer),
  clientId: CLIENT.id,
  clientSecret: new Secret(CLIENT.secret),
  name: "Example",
  scopes: "openid email profile",
  newPeopleFrom: [],
  newPeopleRoles: [],
  groupsClaim: "groups",
  grants: [],
  ...more,
});

function useProvider(more: Partial<ProviderSettings> = {}, publicUrl?: URL): void {
  const provider = new OpenIdProvider(settings(more), createFetch({ allow: ["127.0.0.1"] }));
  api.app = api.createApp({ provider, demo: undefined, publicUrl });
}

beforeAll(async () => {
  api = await ApiFixture.create();
  const passwordHash = await hashPassword("a long enough password");
  const root = { email: "root@example.com", name: "Root", roles: ["administrator"], groups: [], passwordHash } as const;
  await putPerson(api.pool, OPERATOR, root);
});
afterAll(() => api[Symbol.asyncDispose]());

beforeEach(async () => {
  await server?.[Symbol.asyncDispose]();
  server = await OpenIdServer.start();
  await api.pool.query("delete from holdfast.sign_in_identities; delete from holdfast.sign_in_tries");
  await api.pool.query("delete from holdfast.sessions");
  await putPerson(api.pool, OPERATOR, {
    email: "Ada@example.com",
    name: "Ada",
    roles: ["analyst"],
    groups: ["support"],
    passwordHash: await hashPassword("a long enough password"),
  });
  useProvider();
});
afterAll(() => server[Symbol.asyncDispose]());

/** Leaves for the provider, and gives the address under which it sends the browser back. */
async function leave(visitor: Visitor, to?: string): Promise<URL> {
  const { data, problem } = await visitor.mutate("session.leaveForProvider", to === undefined ? {} : { to });
  expect(problem).toBeUndefined();
  return server.signIn(JSON.parse(JSON.stringify(data)).url);
}

async function back(visitor: Visitor, url: URL): Promise<string> {
  const response = await visitor.visit(url.pathname + url.search);
  expect(response.status).toBe(303);
  return response.headers.get("location") ?? "";
}

const comeIn = async (visitor: Visitor, to?: string): Promise<string> => back(visitor, await leave(visitor, to));

const whoIs = async (visitor: Visitor): Promise<unknown> => (await visitor.query("session.current")).data;

describe("who is let in", () => {
  test("the sign-in page is told of the provider", async () => {
    expect(await whoIs(new Visitor(api))).toMatchObject({ person: null, provider: { name: "Example" } });
    api.app = api.createApp();
    expect(await whoIs(new Visitor(api))).toMatchObject({ provider: null });
    const { problem } = await new Visitor(api).mutate("session.leaveForProvider", {});
    expect(problem).toMatchObject({ code: "no_provider" });
    expect((await new Visitor(api).visit("/sign-in/return?code=x&state=y")).status).not.toBe(303);
  });

  test("a person who is here, by the verified address; from then on by the subject alone", async () => {
    const visitor = new Visitor(api);
    visitor.setCookie("holdfast-4400", "A".repeat(43));
    expect(await comeIn(visitor, "/inbox?mine=1#t")).toBe("/inbox?mine=1#t");
    expect(await whoIs(visitor)).toMatchObject({ person: { name: "Ada", roles: ["analyst"] } });
    // The session's own cookie, made anew; nothing is kept of the way.
    expect([...visitor.cookies.keys()]).toEqual(["holdfast-4400"]);
    expect(visitor.cookies.get("holdfast-4400")).not.toBe("A".repeat(43));

    server.person = { sub: "ada", email: "ada.married@example.com", email_verified: false };
    const later = new Visitor(api);
    expect(await comeIn(later)).toBe("/");
    expect(await whoIs(later)).toMatchObject({ person: { email: "Ada@example.com" } });
    const { rows } = await api.pool.query(
      "select action, target ~ '^person:' as person, actor from holdfast.operations where action = 'person.link'",
    );
    expect(rows).toEqual([{ action: "person.link", person: true, actor: "system:sign-in provider" }]);
    expect((await api.pool.query("select way from holdfast.sessions where person is not null")).rows).toEqual([
      { way: "provider" },
      { way: "provider" },
    ]);
  });

  test("what is told only apart is asked for", async () => {
    server.apart = true;
    const visitor = new Visitor(api);
    expect(await comeIn(visitor)).toBe("/");
    expect(await whoIs(visitor)).toMatchObject({ person: { name: "Ada" } });
  });

  test("nobody whose address the provider does not vouch for, nor who has none", async () => {
    for (const person of [
      { sub: "eve", email: "ada@example.com" },
      { sub: "eve", email: "ada@example.com", email_verified: false },
      { sub: "eve" },
    ]) {
      server.person = person;
      expect(await comeIn(new Visitor(api))).toBe("/sign-in?refused=email_unverified");
    }
  });

  test("not another one to whom the address has passed on", async () => {
    await comeIn(new Visitor(api));
    server.person = { sub: "another", email: "ada@example.com", email_verified: true };
    expect(await comeIn(new Visitor(api))).toBe("/sign-in?refused=identity_taken");
  });

  test("nobody who is disabled, at the first time or later", async () => {
    const disable = "update holdfast.people set disabled_at = now() where email = 'Ada@example.com'";
    await api.pool.query(disable);
    expect(await comeIn(new Visitor(api))).toBe("/sign-in?refused=person_disabled");
    expect((await api.pool.query("select from holdfast.sign_in_identities")).rowCount).toBe(0);
    await api.pool.query("update holdfast.people set disabled_at = null where email = 'Ada@example.com'");
    const visitor = new Visitor(api);
    await comeIn(visitor);
    await api.pool.query(disable);
    expect(await whoIs(visitor)).toMatchObject({ person: null });
    expect(await comeIn(new Visitor(api))).toBe("/sign-in?refused=person_disabled");
  });

  test("strangers only where their domain may join, without roles unless told", async () => {
    server.person = { sub: "new", email: "new@Acme.com", email_verified: true, name: "New One" };
    expect(await comeIn(new Visitor(api), "/runs")).toBe("/sign-in?refused=nobody_here&to=%2Fruns");
    useProvider({ newPeopleFrom: ["example.com", "me.com"] });
    expect(await comeIn(new Visitor(api))).toBe("/sign-in?refused=nobody_here");
    useProvider({ newPeopleFrom: ["acme.com"] });
    const visitor = new Visitor(api);
    expect(await comeIn(visitor)).toBe("/");
    expect(await whoIs(visitor)).toMatchObject({ person: { name: "New One", roles: [], groups: [] } });
    useProvider({ newPeopleFrom: ["acme.com"], newPeopleRoles: ["viewer"] });
    server.person = { sub: "newer", email: "newer@acme.com", email_verified: true };
    await comeIn(visitor);
    expect(await whoIs(visitor)).toMatchObject({ person: { name: "newer@acme.com", roles: ["viewer"] } });
  });

  test("of twenty at the same moment, all are the same person", async () => {
    useProvider({ newPeopleFrom: ["acme.com"] });
    server.person = { sub: "crowd", email: "crowd@acme.com", email_verified: true };
    const landed = await Promise.all(Array.from({ length: 20 }, () => comeIn(new Visitor(api))));
    expect(new Set(landed)).toEqual(new Set(["/"]));
    expect((await api.pool.query("select from holdfast.people where email = 'crowd@acme.com'")).rowCount).toBe(1);
  });

  test("the provider gives and takes what the grants name, and nothing else", async () => {
    useProvider({
      grants: [
        { value: "it-admins", kind: "role", name: "developer" },
        { value: "managers", kind: "role", name: "manager" },
        { value: "managers", kind: "group", name: "approvers" },
      ],
    });
    const visitor = new Visitor(api);
    server.person = { ...server.person, groups: ["managers", "administrator", "something"] };
    await comeIn(visitor);
    expect(await whoIs(visitor)).toMatchObject({
      person: { roles: ["analyst", "manager"], groups: ["approvers", "support"] },
    });
    server.person = { ...server.person, groups: "it-admins" };
    await comeIn(visitor);
    expect(await whoIs(visitor)).toMatchObject({ person: { roles: ["analyst", "developer"], groups: ["support"] } });
  });

  test("the last administrator with a password stays one", async () => {
    useProvider({ grants: [{ value: "admins", kind: "role", name: "administrator" }] });
    server.person = { sub: "root", email: "root@example.com", email_verified: true, groups: [] };
    const visitor = new Visitor(api);
    expect(await comeIn(visitor)).toBe("/");
    expect(await whoIs(visitor)).toMatchObject({ person: { roles: ["administrator"] } });
  });
});

describe("what is refused", () => {
  test.each([
    ["a nonce of another way", { nonce: "x" }],
    ["another issuer", { iss: "https://evil.example" }],
    ["a token for somebody else's client", { aud: "another" }],
    ["a token that has expired", { exp: 1 }],
  ])("%s", async (_, lie) => {
    server.lie = lie;
    const visitor = new Visitor(api);
    expect(await comeIn(visitor)).toBe("/sign-in?refused=provider_failed");
    expect(await whoIs(visitor)).toMatchObject({ person: null });
  });

  test("a token that another has signed", async () => {
    server.forge = true;
    expect(await comeIn(new Visitor(api))).toBe("/sign-in?refused=provider_failed");
  });

  test("an answer in another's name", async () => {
    const visitor = new Visitor(api);
    const url = await leave(visitor);
    url.searchParams.set("iss", "https://evil.example");
    expect(await back(visitor, url)).toBe("/sign-in?refused=provider_failed");
  });

  test("a wrong state, and a way back that this browser did not leave by", async () => {
    const visitor = new Visitor(api);
    const url = await leave(visitor);
    expect(await back(new Visitor(api), url)).toBe("/sign-in?refused=sign_in_expired");
    const other = new Visitor(api);
    await leave(other);
    expect(await back(other, url)).toBe("/sign-in?refused=sign_in_expired");
    url.searchParams.set("state", "x");
    expect(await back(visitor, url)).toBe("/sign-in?refused=sign_in_expired");
    expect(server.asked.filter(({ path }) => path === "/token")).toHaveLength(0);
  });

  test("a code that has been used, also by a careless provider and a browser that keeps its cookie", async () => {
    const visitor = new Visitor(api);
    const url = await leave(visitor);
    const trip = visitor.cookies.get("holdfast-4400-trip") ?? "";
    server.careless = true;
    expect(await back(visitor, url)).toBe("/");
    const again = new Visitor(api);
    again.setCookie("holdfast-4400-trip", trip);
    expect(await back(again, url)).toBe("/sign-in?refused=sign_in_expired");
    expect(await whoIs(again)).toMatchObject({ person: null });
  });

  test("a code of another's way: PKCE binds it to this one", async () => {
    const url = await leave(new Visitor(api));
    const visitor = new Visitor(api);
    const own = await leave(visitor);
    own.searchParams.set("code", url.searchParams.get("code") ?? "");
    expect(await back(visitor, own)).toBe("/sign-in?refused=provider_failed");
  });

  test("being broken off there, which is nobody's fault", async () => {
    const visitor = new Visitor(api);
    const url = await leave(visitor);
    url.searchParams.delete("code");
    url.searchParams.set("error", "access_denied");
    expect(await back(visitor, url)).toBe("/sign-in?refused=provider_denied");
  });

  test("more than a hundred failures from one address in a quarter of an hour", async () => {
    server.forge = true;
    const landed = await Promise.all(Array.from({ length: 110 }, () => comeIn(new Visitor(api))));
    expect(landed.filter((each) => each.endsWith("provider_failed"))).toHaveLength(100);
    expect(landed.filter((each) => each.endsWith("too_many_tries"))).toHaveLength(10);
  });

  test("a provider that is away: told as a sentence, and the next one tries again", async () => {
    await server[Symbol.asyncDispose]();
    const { problem } = await new Visitor(api).mutate("session.leaveForProvider", {});
    expect(problem).toMatchObject({
      status: 503,
      code: "provider_unreachable",
      title: "Example can't be reached at the moment.",
    });
    server = await OpenIdServer.start();
    useProvider();
    expect(await comeIn(new Visitor(api))).toBe("/");
  });

  test("a private address that nobody has allowed", async () => {
    api.app = api.createApp({ provider: new OpenIdProvider(settings(), createFetch()) });
    const { problem } = await new Visitor(api).mutate("session.leaveForProvider", {});
    expect(problem).toMatchObject({ code: "provider_unreachable" });
    expect(server.asked).toEqual([]);
  });
});

test.each(["https://evil.example/x", "//evil.example", "/\\evil.example", "data:text/html,x", "/api/v1/x", "/sign-in"])(
  "nobody lands at %s",
  async (to) => {
    expect(await comeIn(new Visitor(api), to)).toBe("/");
  },
);

test("over https the cookies are bound to their host, and the way back leads to the public address", async () => {
  useProvider({}, new URL("https://holdfast.example.com"));
  const visitor = new Visitor(api);
  const url = await leave(visitor);
  expect(url.href).toMatch(/^https:\/\/holdfast\.example\.com\/sign-in\/return\?/);
  expect([...visitor.cookies.keys()]).toEqual(["__Host-holdfast-trip"]);
  expect(await back(visitor, url)).toBe("/");
  expect([...visitor.cookies.keys()]).toEqual(["__Host-holdfast"]);
  useProvider();
  const { problem } = await new Visitor(api).mutate(
    "session.leaveForProvider",
    {},
    { origin: "http://holdfast.intern" },
  );
  expect(problem).toMatchObject({ code: "https_needed" });
});

test("the secret goes to the provider alone, and the codes are not in the database", async () => {
  const visitor = new Visitor(api);
  const url = await leave(visitor);
  await back(visitor, url);
  expect(url.href).not.toContain(CLIENT.secret);
  const { rows } = await api.pool.query(
    "select encode(hash, 'hex') || r::text as text from holdfast.sign_in_returns r",
  );
  expect(JSON.stringify(rows)).not.toContain(url.searchParams.get("state"));
});
