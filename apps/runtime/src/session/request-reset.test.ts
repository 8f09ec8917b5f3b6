import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { ApiFixture } from "../../test/support/api-fixture.ts";
import { Visitor } from "../../test/support/visitor.ts";
import { hashPassword } from "../people/password.ts";
import { putPerson } from "../people/person-store.ts";
import type { Mail } from "./request-reset.ts";

const OPERATOR = { workspace: 1, actor: { kind: "system", id: "test" }, door: "system" } as const;
const ADA = { email: "Ada@example.com", name: "Ada", roles: ["analyst"], groups: [] } as const;

let api: ApiFixture;
const sent: Mail[] = [];
const sendMail = async (mail: Mail): Promise<void> => void sent.push(mail);

beforeAll(async () => {
  api = await ApiFixture.create();
  await putPerson(api.pool, OPERATOR, { ...ADA, passwordHash: await hashPassword("a long enough password") });
});
beforeEach(async () => {
  sent.length = 0;
  api.app = api.createApp({ sendMail });
  await api.pool.query("delete from holdfast.sign_in_tries");
});
afterAll(() => api[Symbol.asyncDispose]());

const ask = (email: string, origin?: string) =>
  new Visitor(api).mutate("session.requestReset", { email }, origin === undefined ? {} : { origin });

test("a link comes by mail, sets a password once, and leads where the server is known to be", async () => {
  expect((await ask("ada@example.com")).status).toBe(200);
  await vi.waitFor(() => expect(sent).toHaveLength(1));
  const [mail] = sent;
  expect(mail?.to).toBe("Ada@example.com");
  const token = /http:\/\/localhost:4400\/invitation\/([\w-]{43})$/m.exec(mail?.text ?? "")?.[1];
  const visitor = new Visitor(api);
  expect((await visitor.mutate("session.acceptInvitation", { token, password: "another long password" })).status).toBe(
    200,
  );
  expect((await visitor.query("session.current")).data).toMatchObject({ person: { name: "Ada" } });

  api.app = api.createApp({ sendMail, demo: undefined, publicUrl: new URL("https://holdfast.example.com") });
  await ask("ada@example.com", "http://evil.example");
  await vi.waitFor(() => expect(sent).toHaveLength(2));
  expect(sent[1]?.text).toContain("https://holdfast.example.com/invitation/");
});

test("somebody unknown is answered alike, and gets no mail", async () => {
  const [known, unknown] = [await ask("ada@example.com"), await ask("nobody@example.com")];
  expect([unknown.status, unknown.data]).toEqual([known.status, known.data]);
  await vi.waitFor(() => expect(sent).toHaveLength(1));
});

test("of twenty requests at once five are heard", async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => ask("nobody@example.com")));
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(15);
});

test("without a mail server it says whom to ask", async () => {
  api.app = api.createApp();
  expect((await ask("ada@example.com")).problem).toMatchObject({ code: "no_mail" });
  expect((await new Visitor(api).query("session.current")).data).toMatchObject({ resetByMail: false });
});
