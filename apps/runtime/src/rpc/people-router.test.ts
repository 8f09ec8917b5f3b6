import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { ApiFixture } from "../../test/support/api-fixture.ts";
import { Visitor } from "../../test/support/visitor.ts";
import type { Role } from "../access/rights.ts";
import { hashPassword } from "../people/password.ts";
import { putPerson } from "../people/person-store.ts";
import type { Mail } from "../session/request-reset.ts";
import { beginSession } from "../session/session-store.ts";

const OPERATOR = { workspace: 1, actor: { kind: "system", id: "test" }, door: "system" } as const;
const PASSWORD = "a long enough password";

let api: ApiFixture;
let sofia: Visitor;
let sofiaId: string;

const link = z.object({ path: z.string().regex(/^\/invitation\/[\w-]{43}$/) });
const tokenOf = (data: unknown): string => link.parse(data).path.replace("/invitation/", "");

async function personWith(name: string, roles: readonly Role[]) {
  const passwordHash = await hashPassword(PASSWORD);
  const id = await putPerson(api.pool, OPERATOR, {
    name,
    email: `${name}@acme.example`,
    roles,
    groups: [],
    passwordHash,
  });
  const visitor = new Visitor(api);
  visitor.setCookie("holdfast-4400", await beginSession(api.pool, 1, id));
  return { id, visitor };
}

beforeAll(async () => {
  api = await ApiFixture.create();
});
beforeEach(async () => {
  await api.pool.query("update holdfast.people set disabled_at = now() where 'administrator' = any(roles)");
  ({ id: sofiaId, visitor: sofia } = await personWith("sofia", ["administrator"]));
});
afterAll(() => api[Symbol.asyncDispose]());

test("who is invited sets a password by the link, once, and is in", async () => {
  const email = "Ivo@acme.example";
  const invited = await sofia.mutate("people.invite", { email, name: "Ivo Marek", roles: ["manager"] });
  const token = tokenOf(invited.data);
  const ivo = new Visitor(api);
  expect((await ivo.query("session.invitation", { token })).data).toMatchObject({
    name: "Ivo Marek",
    email,
    purpose: "invitation",
  });
  const tries = await Promise.all(
    Array.from({ length: 5 }, () => ivo.mutate("session.acceptInvitation", { token, password: PASSWORD })),
  );
  expect(tries.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(tries.filter(({ status }) => status === 404)).toHaveLength(4);
  expect((await ivo.query("session.current")).data).toMatchObject({
    person: { name: "Ivo Marek", roles: ["manager"] },
  });
  expect((await new Visitor(api).mutate("session.signIn", { email, password: PASSWORD })).status).toBe(200);
  const again = await sofia.mutate("people.invite", { email: "ivo@ACME.example", name: "Ivo", roles: [] });
  expect(again.problem).toMatchObject({ code: "person_exists" });
  const { rows } = await api.pool.query(
    "select from holdfast.operations where action in ('person.invite', 'person.setPassword')",
  );
  expect(rows).toHaveLength(2);
});

test("a reset ends the sessions there were; an older link is good no more, nor one that is late", async () => {
  const { id, visitor } = await personWith("ada", ["analyst"]);
  const older = tokenOf((await sofia.mutate("people.resetPassword", { id })).data);
  const token = tokenOf((await sofia.mutate("people.resetPassword", { id })).data);
  const accept = (which: string) =>
    new Visitor(api).mutate("session.acceptInvitation", { token: which, password: "another long password" });
  expect((await accept(older)).problem).toMatchObject({ code: "link_invalid" });
  expect((await visitor.query("session.current")).data).toMatchObject({ person: { name: "ada" } });
  expect((await accept(token)).status).toBe(200);
  expect((await visitor.query("session.current")).data).toMatchObject({ person: null });

  // Who has made a link can come in as its person: the audit says who that was.
  const { rows } = await api.pool.query(
    "select name, target, after from holdfast.operations where action = 'person.makeLink' order by seq desc limit 1",
  );
  expect(rows).toEqual([{ name: "sofia", target: `person:${id}`, after: { purpose: "reset" } }]);

  const late = tokenOf((await sofia.mutate("people.resetPassword", { id })).data);
  await api.pool.query("update holdfast.password_links set expires_at = clock_timestamp()");
  for (const which of [late, "x", "A".repeat(43)]) {
    expect((await accept(which)).problem).toMatchObject({ code: "link_invalid" });
  }
});

test("roles, groups and being disabled change at once; what is absent stays", async () => {
  const { id, visitor } = await personWith("bea", ["analyst"]);
  await sofia.mutate("people.change", { id, groups: ["finance"] });
  expect((await visitor.query("session.current")).data).toMatchObject({
    person: { roles: ["analyst"], groups: ["finance"] },
  });
  await sofia.mutate("people.change", { id, disabled: true });
  expect((await visitor.query("session.current")).data).toMatchObject({ person: null });
  expect((await sofia.query("people.list")).data).toEqual(
    expect.arrayContaining([expect.objectContaining({ name: "bea", status: "disabled", groups: ["finance"] })]),
  );
  const unknown = await sofia.mutate("people.change", { id: "019a8f3e-0000-7000-8000-00000000ffff", disabled: true });
  expect(unknown.problem).toMatchObject({ code: "person_not_found" });
});

test("the keys of somebody lose with them what they lose, at once", async () => {
  const { id, visitor } = await personWith("dora", ["developer"]);
  const made = await visitor.mutate("keys.create", {
    name: "Deploys",
    scopes: ["runs:read", "runs:operate"],
    days: 30,
  });
  const { key } = z.object({ key: z.string() }).parse(made.data);
  const read = async () => (await api.call("/api/v1/runs", { key })).status;
  const operate = async () => (await api.call("/api/v1/runs/x/pause", { key, method: "POST" })).status;
  // There is no such run, but it may look.
  expect([await read(), await operate()]).toEqual([200, 404]);
  await sofia.mutate("people.change", { id, roles: ["viewer"] });
  expect([await read(), await operate()]).toEqual([200, 403]);
  await sofia.mutate("people.change", { id, disabled: true });
  expect(await read()).toBe(401);
});

test("there is always an administrator, also when two take the role from each other", async () => {
  const alone = await sofia.mutate("people.change", { id: sofiaId, roles: ["viewer"] });
  expect(alone.problem).toMatchObject({ status: 409, code: "last_administrator" });
  const { id, visitor } = await personWith("tom", ["administrator"]);
  const both = await Promise.all([
    sofia.mutate("people.change", { id, roles: [] }),
    visitor.mutate("people.change", { id: sofiaId, roles: [] }),
  ]);
  expect(both.filter(({ status }) => status === 200)).toHaveLength(1);
});

test("keys are one's own: made, shown once, listed, revoked", async () => {
  const { visitor } = await personWith("cyd", ["analyst"]);
  const made = await visitor.mutate("keys.create", { name: "Reports", scopes: ["runs:read"], days: 30 });
  const { id, key } = z.object({ id: z.string(), key: z.string() }).parse(made.data);
  expect((await api.call("/api/v1/runs", { key })).status).toBe(200);
  const listed = await visitor.query("keys.list", {});
  expect(listed.data).toMatchObject([{ id, name: "Reports", scopes: ["runs:read"], revokedAt: null }]);
  expect(JSON.stringify(listed.data)).not.toContain(key);
  expect((await visitor.query("keys.list", { everybody: true })).problem).toMatchObject({ code: "missing_role" });
  const { visitor: other } = await personWith("dan", ["analyst"]);
  expect((await other.mutate("keys.revoke", { id })).problem).toMatchObject({ code: "missing_role" });
  expect((await visitor.mutate("keys.revoke", { id })).status).toBe(200);
  expect((await api.call("/api/v1/runs", { key })).status).toBe(401);
});

test("an invitation is mailed where there is a mail server, and told as a link all the same", async () => {
  const mails: Mail[] = [];
  const send = async (mail: Mail): Promise<void> => {
    if (mail.to.startsWith("nobody")) throw new Error("no such mailbox");
    mails.push(mail);
  };
  api.app = api.createApp({ sendMail: send, publicUrl: new URL("https://holdfast.example.com") });
  sofia.setCookie("__Host-holdfast", sofia.cookies.get("holdfast-4400") ?? "");
  const invite = (name: string) =>
    sofia.mutate("people.invite", { email: `${name}@acme.example`, name, roles: ["viewer"] });
  const { data } = await invite("mila");
  expect(data).toMatchObject({ mailed: true });
  expect(mails).toMatchObject([{ to: "mila@acme.example", subject: "sofia invites you to Holdfast" }]);
  expect(mails[0]?.text).toContain(`https://holdfast.example.com/invitation/${tokenOf(data)}`);
  expect((await invite("nobody")).data).toMatchObject({ mailed: false, path: expect.stringContaining("/invitation/") });
  api.app = api.createApp();
  expect((await invite("paul")).data).toMatchObject({ mailed: false });
});

test("groups are listed with their members and the flows that name them, renamed and filled", async () => {
  const ids = await Promise.all(["gina", "hugo", "ivan"].map(async (name) => (await personWith(name, ["analyst"])).id));
  const [gina, hugo, ivan] = ids;
  const groupsOf = async () =>
    z.array(z.looseObject({ name: z.string() })).parse((await sofia.query("people.groups")).data);
  expect((await sofia.mutate("people.setMembers", { group: "finance", people: [gina, hugo] })).status).toBe(200);
  expect((await groupsOf()).find(({ name }) => name === "finance")).toMatchObject({
    members: [{ name: "gina" }, { name: "hugo" }],
    flows: [],
  });
  await sofia.mutate("people.setMembers", { group: "finance", people: [hugo, ivan] });
  await sofia.mutate("people.setMembers", { group: "legal", people: [ivan] });
  const taken = await sofia.mutate("people.renameGroup", { from: "finance", to: "legal" });
  expect(taken.problem).toMatchObject({ status: 409, code: "group_exists" });
  expect((await sofia.mutate("people.renameGroup", { from: "finance", to: "accounting" })).status).toBe(200);
  expect((await groupsOf()).filter(({ name }) => name === "finance" || name === "accounting")).toMatchObject([
    { name: "accounting", members: [{ name: "hugo" }, { name: "ivan" }] },
  ]);
  const gone = await sofia.mutate("people.renameGroup", { from: "finance", to: "x" });
  expect(gone.problem).toMatchObject({ status: 404, code: "group_not_found" });
  const stranger = await sofia.mutate("people.setMembers", {
    group: "legal",
    people: ["00000000-0000-7000-8000-000000000000"],
  });
  expect(stranger.problem).toMatchObject({ code: "person_not_found" });
});

test("an administrator detaches an account of a provider, which ends what came in by it", async () => {
  const { id } = await personWith("olga", ["analyst"]);
  await api.pool.query(
    "insert into holdfast.sign_in_identities (workspace, issuer, subject, person) values (1, 'https://i.example', 's', $1)",
    [id],
  );
  const olga = new Visitor(api);
  olga.setCookie("holdfast-4400", await beginSession(api.pool, 1, id, { way: "provider" }));
  expect((await sofia.mutate("people.detachProviders", { id })).status).toBe(200);
  expect((await olga.query("session.current")).data).toMatchObject({ person: null });
  expect((await sofia.mutate("people.detachProviders", { id })).problem).toMatchObject({ code: "nothing_to_detach" });
});
