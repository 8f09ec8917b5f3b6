/** What people do about themselves: name, password, sessions. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { ApiFixture } from "../../test/support/api-fixture.ts";
import { Visitor } from "../../test/support/visitor.ts";
import { hashPassword } from "../people/password.ts";
import { newPersonLink } from "../people/person-links.ts";
import { putPerson } from "../people/person-store.ts";
import type { Mail } from "../session/request-reset.ts";

const OPERATOR = { workspace: 1, actor: { kind: "system", id: "test" }, door: "system" } as const;
const PRESENT = "the present password";
const NEW = "another long password";
const EMAIL = "ada@acme.example";

let api: ApiFixture;
const mails: Mail[] = [];

const sessions = z.array(z.looseObject({ id: z.string(), current: z.boolean(), way: z.string(), agent: z.unknown() }));

beforeAll(async () => {
  api = await ApiFixture.create();
  api.app = api.createApp({
    sendMail: async (mail) => {
      mails.push(mail);
    },
  });
});
afterAll(() => api[Symbol.asyncDispose]());

beforeEach(async () => {
  mails.length = 0;
  await api.pool.query("delete from holdfast.sign_in_tries; delete from holdfast.sessions");
  // Without any role: what is about oneself needs none.
  const passwordHash = await hashPassword(PRESENT);
  await putPerson(api.pool, OPERATOR, { email: EMAIL, name: "Ada", roles: [], groups: [], passwordHash });
});

async function signedIn(agent: string, password = PRESENT): Promise<Visitor> {
  const visitor = new Visitor(api);
  const { status } = await visitor.mutate(
    "session.signIn",
    { email: EMAIL, password },
    { headers: { "user-agent": agent } },
  );
  expect(status).toBe(200);
  return visitor;
}

const isIn = async (visitor: Visitor): Promise<boolean> =>
  JSON.stringify((await visitor.query("session.current")).data).includes(EMAIL);

const listed = async (visitor: Visitor) => sessions.parse((await visitor.query("session.sessions")).data);

test("one's sessions are listed without what would open them, and ended one by one or all", async () => {
  const [phone, desk, old] = [await signedIn("Phone"), await signedIn("Desk"), await signedIn("Old")];
  const list = await listed(desk);
  expect(list).toHaveLength(3);
  expect(list[0]).toMatchObject({ current: true, agent: "Desk", way: "password" });
  expect(JSON.stringify(list)).not.toContain(desk.cookies.get("holdfast-4400"));
  expect(Object.keys(list[0] ?? {}).toSorted()).toEqual([
    "address",
    "agent",
    "createdAt",
    "current",
    "id",
    "seenAt",
    "way",
  ]);

  const id = list.find(({ agent }) => agent === "Old")?.id;
  expect((await desk.mutate("session.endSession", { id })).status).toBe(200);
  expect(await isIn(old)).toBe(false);
  expect((await desk.mutate("session.endSession", { id })).problem).toMatchObject({ code: "session_not_found" });
  expect((await desk.mutate("session.endOtherSessions")).data).toEqual({ ended: 1 });
  expect([await isIn(phone), await isIn(desk)]).toEqual([false, true]);
});

test("nobody sees or ends another's session", async () => {
  const ada = await signedIn("Ada's");
  const passwordHash = await hashPassword(PRESENT);
  await putPerson(api.pool, OPERATOR, {
    email: "eve@acme.example",
    name: "Eve",
    roles: ["administrator"],
    groups: [],
    passwordHash,
  });
  const eve = new Visitor(api);
  await eve.mutate("session.signIn", { email: "eve@acme.example", password: PRESENT });
  expect(await listed(eve)).toHaveLength(1);
  const [{ id } = { id: "" }] = await listed(ada);
  expect((await eve.mutate("session.endSession", { id })).problem).toMatchObject({ code: "session_not_found" });
  expect(await isIn(ada)).toBe(true);
});

test("a new password needs the present one, ends all other sessions, and is told by mail", async () => {
  const [desk, phone] = [await signedIn("Desk"), await signedIn("Phone")];
  const before = desk.cookies.get("holdfast-4400");
  const wrong = await desk.mutate("session.changePassword", { present: "a wrong password", password: NEW });
  expect(wrong.problem).toMatchObject({ status: 403, code: "password_wrong", pointer: "/present" });
  const short = await desk.mutate("session.changePassword", { present: PRESENT, password: "short" });
  expect(short.problem).toMatchObject({ code: "input_invalid", pointer: "/password" });
  expect(mails).toEqual([]);

  const { rows: ids } = await api.pool.query<{ id: string }>("select id from holdfast.people where email = $1", [
    EMAIL,
  ]);
  const link = await newPersonLink(api.pool, OPERATOR, ids[0]?.id ?? "", "reset");
  expect((await desk.mutate("session.changePassword", { present: PRESENT, password: NEW })).status).toBe(200);
  // What somebody else may have asked for in the meantime opens nothing.
  const byLink = await new Visitor(api).mutate("session.acceptInvitation", { token: link, password: NEW });
  expect(byLink.problem).toMatchObject({ code: "link_invalid" });
  expect(desk.cookies.get("holdfast-4400")).not.toBe(before);
  expect([await isIn(desk), await isIn(phone)]).toEqual([true, false]);
  expect(mails).toMatchObject([{ to: EMAIL, subject: "Your password for Holdfast has changed" }]);
  expect(JSON.stringify(mails)).not.toContain(NEW);
  await signedIn("Again", NEW);
  const { rows } = await api.pool.query(
    `select action, actor ~ '^person:' as own from holdfast.operations where action not like 'session.%'
     order by seq desc limit 1`,
  );
  expect(rows).toEqual([{ action: "person.setPassword", own: true }]);
});

test("whoever finds an open browser can't guess the password at it", async () => {
  const desk = await signedIn("Desk");
  const tries = await Promise.all(
    Array.from({ length: 30 }, () => desk.mutate("session.changePassword", { present: "a guess", password: NEW })),
  );
  const codes = tries.map(({ problem }) => problem?.["code"]);
  expect(codes.filter((code) => code === "password_wrong")).toHaveLength(5);
  expect(codes.filter((code) => code === "too_many_tries")).toHaveLength(25);
});

test("who has no password is told so", async () => {
  const desk = await signedIn("Desk");
  await api.pool.query("alter table holdfast.people disable trigger people_end_sessions");
  await api.pool.query("update holdfast.people set password_hash = null where email = $1", [EMAIL]);
  await api.pool.query("alter table holdfast.people enable trigger people_end_sessions");
  const { problem } = await desk.mutate("session.changePassword", { present: PRESENT, password: NEW });
  expect(problem).toMatchObject({ status: 409, code: "no_password" });
});

test("people call themselves what they like", async () => {
  const desk = await signedIn("Desk");
  expect((await desk.mutate("session.rename", { name: " Ada Byron " })).status).toBe(200);
  expect((await desk.query("session.current")).data).toMatchObject({ person: { name: "Ada Byron" } });
  expect((await desk.mutate("session.rename", { name: " " })).problem).toMatchObject({ pointer: "/name" });
});
