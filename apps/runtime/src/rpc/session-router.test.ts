import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ApiFixture } from "../../test/support/api-fixture.ts";
import { Visitor } from "../../test/support/visitor.ts";
import { hashPassword } from "../people/password.ts";
import { putPerson } from "../people/person-store.ts";
import { newSetUpCode } from "../session/set-up.ts";

const OPERATOR = { workspace: 1, actor: { kind: "system", id: "test" }, door: "system" } as const;
const PASSWORD = "a long enough password";
const ADA = { email: "Ada@example.com", name: "Ada", roles: ["analyst"], groups: ["support"] } as const;

let api: ApiFixture;

beforeAll(async () => {
  api = await ApiFixture.create();
});
afterAll(() => api[Symbol.asyncDispose]());

describe("the first run", () => {
  const first = { workspace: "Acme", name: "Sofia Lind", email: "sofia@example.com", password: PASSWORD };

  test("is told to whoever comes", async () => {
    expect((await new Visitor(api).query("session.current")).data).toEqual({
      person: null,
      setUp: false,
      codeNeeded: false,
      resetByMail: false,
      provider: null,
      demo: { people: [] },
    });
  });

  test("refuses what does not fit, and tells all of it", async () => {
    const { status, problem } = await new Visitor(api).mutate("session.setUp", {
      ...first,
      name: "",
      password: "short",
    });
    expect(status).toBe(400);
    expect(problem).toMatchObject({
      code: "input_invalid",
      issues: [
        { pointer: "/name", code: "too_small" },
        { pointer: "/password", message: "a password has at least 12 characters" },
      ],
    });
    const missing = await new Visitor(api).mutate("session.setUp", { ...first, email: undefined });
    expect(missing.problem).toMatchObject({ pointer: "/email", issues: [{ code: "missing_field" }] });
  });

  test("from another computer it needs the code of the log, which an attacker has not", async () => {
    const code = await newSetUpCode(api.pool, 1);
    const far = { "x-forwarded-for": "203.0.113.5" };
    for (const told of [undefined, "ABCD-EFGH-JKMN", ""]) {
      const { problem } = await new Visitor(api).mutate("session.setUp", { ...first, code: told }, { headers: far });
      expect(problem).toMatchObject({ status: 403, code: "set_up_code_wrong" });
    }
    expect(code).toMatch(/^[A-Z2-9]{4}(-[A-Z2-9]{4}){2}$/);
    expect((await new Visitor(api).query("session.current", undefined, { headers: far })).data).toMatchObject({
      codeNeeded: true,
      demo: null,
    });
  });

  test("happens once, when ten come at the same moment", async () => {
    const visitors = Array.from({ length: 10 }, () => new Visitor(api));
    const answers = await Promise.all(
      visitors.map((visitor, index) =>
        visitor.mutate("session.setUp", { ...first, email: `sofia${index}@example.com` }),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ problem }) => problem?.["code"] === "set_up_before")).toHaveLength(9);
    const winner = visitors[answers.findIndex(({ status }) => status === 200)];
    expect((await winner?.query("session.current"))?.data).toMatchObject({
      person: { name: "Sofia Lind", roles: ["administrator", "developer", "analyst"] },
      workspace: { name: "Acme" },
      demo: true,
      links: { mails: "http://127.0.0.1:1/mails", api: "/api/v1/openapi.json" },
    });
    expect((await new Visitor(api).query("session.current")).data).toMatchObject({ person: null, setUp: true });
    expect(await newSetUpCode(api.pool, 1)).toBeUndefined();
  });
});

describe("signing in", () => {
  beforeEach(async () => {
    await putPerson(api.pool, OPERATOR, { ...ADA, passwordHash: await hashPassword(PASSWORD) });
    await api.pool.query("delete from holdfast.sign_in_tries");
  });

  const signedIn = async (): Promise<Visitor> => {
    const visitor = new Visitor(api);
    expect((await visitor.mutate("session.signIn", { email: "ada@example.com", password: PASSWORD })).status).toBe(200);
    return visitor;
  };
  const isIn = async (visitor: Visitor): Promise<boolean> =>
    JSON.stringify((await visitor.query("session.current")).data).includes('"Ada"');

  test("is in the audit, and so is who was kept out; strangers and single mistakes are not", async () => {
    const visitor = await signedIn();
    await visitor.mutate("session.signIn", { email: "ada@example.com", password: "not this one" });
    const noted = async (): Promise<readonly unknown[]> =>
      (
        await api.pool.query(
          `select o.actor, o.name, o.action, o.target, o.after from holdfast.operations o
            where o.action like 'session.%' order by seq desc limit 2`,
        )
      ).rows;
    const [begun] = await noted();
    expect(begun).toMatchObject({ name: "Ada", action: "session.begin", after: { way: "password" } });
    for (const email of ["ada@example.com", "nobody@example.com"]) {
      for (let tries = 0; tries < 6; tries++) {
        await new Visitor(api).mutate("session.signIn", { email, password: "not this one" });
      }
    }
    // It is noted after the answer.
    await expect.poll(async () => (await noted())[0]).toMatchObject({ action: "session.refuse" });
    const [refused, before] = await noted();
    expect(before).toEqual(begun);
    expect(refused).toMatchObject({
      actor: "system:sign-in",
      action: "session.refuse",
      target: expect.stringMatching(/^person:/),
      after: { reason: "too_many_tries" },
    });
  });

  test("keeps a session in a cookie that scripts can't read, of which only the hash is stored", async () => {
    const visitor = new Visitor(api);
    const { response } = await visitor.mutate("session.signIn", { email: " ADA@example.com ", password: PASSWORD });
    const [line = ""] = response.headers.getSetCookie();
    expect(line).toMatch(/^holdfast-4400=[\w-]{43}; Max-Age=86400; Path=\/; HttpOnly; SameSite=Lax$/);
    expect((await visitor.query("session.current")).data).toMatchObject({
      person: { name: "Ada", email: "Ada@example.com", roles: ["analyst"], groups: ["support"] },
      may: expect.arrayContaining(["flow.publish", "key.create"]),
    });
    const { rows } = await api.pool.query("select encode(hash, 'hex') || s::text as text from holdfast.sessions s");
    for (const { text } of rows) expect(text).not.toContain(visitor.cookies.get("holdfast-4400"));
  });

  test("over https the cookie is bound to its host; over http elsewhere there is none", async () => {
    api.app = api.createApp({ publicUrl: new URL("https://holdfast.example.com"), demo: undefined });
    const visitor = new Visitor(api);
    const { response } = await visitor.mutate("session.signIn", { email: "ada@example.com", password: PASSWORD });
    expect(response.headers.getSetCookie()[0]).toMatch(/^__Host-holdfast=.+Secure/);
    expect(await isIn(visitor)).toBe(true);
    api.app = api.createApp();
    const { problem } = await new Visitor(api).mutate(
      "session.signIn",
      { email: "ada@example.com", password: PASSWORD },
      { origin: "http://holdfast.intern" },
    );
    expect(problem).toMatchObject({ status: 403, code: "https_needed" });
  });

  test("a mistake tells the tries left, somebody unknown looks just alike", async () => {
    for (const email of ["ada@example.com", "nobody@example.com"]) {
      const { problem } = await new Visitor(api).mutate("session.signIn", { email, password: "wrong" });
      expect(problem).toMatchObject({
        status: 401,
        code: "sign_in_failed",
        title: "That e-mail and password don't match. 4 tries left, or reset the password.",
        details: { triesLeft: 4 },
      });
    }
  });

  test("of a hundred tries at once five are looked at", async () => {
    const answers = await Promise.all(
      Array.from({ length: 100 }, () =>
        new Visitor(api).mutate("session.signIn", { email: "ada@example.com", password: "wrong" }),
      ),
    );
    const told = answers.map(({ problem }) => problem?.["code"]);
    expect(told.filter((code) => code === "sign_in_failed")).toHaveLength(5);
    expect(told.filter((code) => code === "too_many_tries")).toHaveLength(95);
    // Now even the right one is not looked at; after a quarter of an hour it is.
    const right = { email: "ada@example.com", password: PASSWORD };
    expect((await new Visitor(api).mutate("session.signIn", right)).problem).toMatchObject({ status: 429 });
    await api.pool.query("update holdfast.sign_in_tries set until = clock_timestamp()");
    expect((await new Visitor(api).mutate("session.signIn", right)).status).toBe(200);
  });

  test("guessing for many people from one place ends too, and who knows the password frees the place", async () => {
    const guess = (email: string): Promise<unknown> =>
      new Visitor(api).mutate("session.signIn", { email, password: "wrong" }).then(({ problem }) => problem?.["code"]);
    for (let index = 0; index < 28; index += 1) expect(await guess(`p${index}@example.com`)).toBe("sign_in_failed");
    await signedIn();
    expect(await guess("x@example.com")).toBe("sign_in_failed");
    expect(await guess("y@example.com")).toBe("sign_in_failed");
    expect(await guess("z@example.com")).toBe("too_many_tries");
  });

  test("one place that guesses on shuts nobody out elsewhere", async () => {
    const sent = { headers: { "x-forwarded-for": "203.0.113.5" } };
    api.app = api.createApp({ publicUrl: new URL("https://holdfast.example.com"), demo: undefined });
    const tries = await Promise.all(
      Array.from({ length: 60 }, () =>
        new Visitor(api).mutate("session.signIn", { email: "ada@example.com", password: "wrong" }, sent),
      ),
    );
    expect(tries.at(-1)?.problem).toMatchObject({ code: "too_many_tries" });
    const elsewhere = { headers: { "x-forwarded-for": "198.51.100.7" } };
    const right = { email: "ada@example.com", password: PASSWORD };
    expect((await new Visitor(api).mutate("session.signIn", right, elsewhere)).status).toBe(200);
    // From many places it is still a limited number of tries.
    const guess = { email: "ada@example.com", password: "wrong" };
    const places = Array.from({ length: 30 }, (_, index) => `192.0.2.${1 + (index % 6)}`);
    await Promise.all(
      places.map((place) =>
        new Visitor(api).mutate("session.signIn", guess, { headers: { "x-forwarded-for": place } }),
      ),
    );
    expect((await new Visitor(api).mutate("session.signIn", right, elsewhere)).status).toBe(429);
    api.app = api.createApp();
  });

  test("ends by signing out, which is in the audit, and the token is good no more", async () => {
    const visitor = await signedIn();
    const token = visitor.cookies.get("holdfast-4400") ?? "";
    await visitor.mutate("session.signOut");
    await visitor.mutate("session.signOut");
    const { rows } = await api.pool.query(
      "select action, name from holdfast.operations where action like 'session.%' order by seq desc limit 2",
    );
    expect(rows).toEqual([
      { action: "session.end", name: "Ada" },
      { action: "session.begin", name: "Ada" },
    ]);
    expect(visitor.cookies.size).toBe(0);
    visitor.setCookie("holdfast-4400", token);
    expect(await isIn(visitor)).toBe(false);
  });

  test.each([
    ["a new password", "update holdfast.people set password_hash = 'x' where name = 'Ada'"],
    ["being disabled", "update holdfast.people set disabled_at = now() where name = 'Ada'"],
    ["a day", "update holdfast.sessions set expires_at = clock_timestamp()"],
    ["eight hours without use", "update holdfast.sessions set seen_at = clock_timestamp() - interval '8 hours'"],
  ])("ends all sessions after %s", async (_, change) => {
    const visitors = [await signedIn(), await signedIn()];
    for (const visitor of visitors) expect(await isIn(visitor)).toBe(true);
    await api.pool.query(change);
    for (const visitor of visitors) expect(await isIn(visitor)).toBe(false);
  });

  test("disabled people can't sign in; roles count from the moment they change", async () => {
    const visitor = await signedIn();
    await api.pool.query("update holdfast.people set roles = '{}' where name = 'Ada'");
    expect((await visitor.query("session.current")).data).toMatchObject({ person: { roles: [] } });
    await api.pool.query("update holdfast.people set disabled_at = now() where name = 'Ada'");
    const { problem } = await new Visitor(api).mutate("session.signIn", {
      email: "ada@example.com",
      password: PASSWORD,
    });
    expect(problem).toMatchObject({ code: "sign_in_failed" });
  });

  test("a made-up cookie is nobody's", async () => {
    for (const value of ["x", "A".repeat(43), "%00", "'; drop table"]) {
      const visitor = new Visitor(api);
      visitor.setCookie("holdfast-4400", value);
      expect((await visitor.query("session.current")).data).toMatchObject({ person: null });
    }
  });
});
