import { setTimeout } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { ApiFixture } from "../../test/support/api-fixture.ts";
import { Visitor } from "../../test/support/visitor.ts";
import { listen, type Listener } from "../cli/serve/listener.ts";
import { Problem } from "../problem/problem.ts";
import { beginSession } from "../session/session-store.ts";
import { authorized, authorizedFor, publicProcedure, router } from "./trpc.ts";

let api: ApiFixture;
let listener: Listener | undefined;

beforeAll(async () => {
  api = await ApiFixture.create();
});
afterEach(async () => {
  await listener?.close(0);
  listener = undefined;
});
afterAll(() => api[Symbol.asyncDispose]());

describe("only this origin's pages call", () => {
  const SIGN_OUT = "session.signOut";
  const code = async (headers: { readonly [name: string]: string }, method: "query" | "mutate" = "mutate") => {
    const visitor = new Visitor(api);
    const path = method === "query" ? "session.current" : SIGN_OUT;
    const { status, problem } = await visitor[method](path, undefined, { headers });
    return problem?.["code"] ?? status;
  };

  test.each([
    ["another site's form", { "sec-fetch-site": "cross-site" }],
    ["another port of this computer", { "sec-fetch-site": "same-site", origin: "http://localhost:3000" }],
    ["an address typed in", { "sec-fetch-site": "none" }],
    ["an old browser on another site", { "sec-fetch-site": "", origin: "https://evil.example" }],
    ["a page without an origin", { "sec-fetch-site": "", origin: "null" }],
    ["a program", { "sec-fetch-site": "" }],
  ])("%s changes nothing", async (_, headers) => {
    expect(await code(headers)).toBe("other_origin");
  });

  test("its own pages do, also in an old browser", async () => {
    expect(await code({})).toBe(200);
    expect(await code({ "sec-fetch-site": "", origin: "http://localhost:4400" })).toBe(200);
  });

  test("reading is for its own pages too, and for an address typed in", async () => {
    expect(await code({ "sec-fetch-site": "cross-site" }, "query")).toBe("other_origin");
    expect(await code({ "sec-fetch-site": "same-site" }, "query")).toBe("other_origin");
    expect(await code({ "sec-fetch-site": "none" }, "query")).toBe(200);
  });

  test.each([
    ["a form's type", { "content-type": "application/x-www-form-urlencoded" }, "not_json"],
    ["plain text", { "content-type": "text/plain" }, "not_json"],
  ])("%s is refused", async (_, headers, expected) => {
    expect(await code(headers)).toBe(expected);
  });

  test.each([
    ["PUT", "session.signOut", 405, "method_not_allowed"],
    ["GET", "session.signOut", 405, "method_not_supported"],
    ["GET", "session.nope", 404, "procedure_not_found"],
    ["GET", "", 404, "procedure_not_found"],
    ["GET", 'session.current?input={"__proto__":1}', 400, "forbidden_key"],
    ["GET", "session.current?input={", 400, "broken_json"],
    [
      "GET",
      `session.current?batch=1&input={}`.replace(
        "current",
        Array.from({ length: 51 }, () => "current").join(",session."),
      ),
      400,
      "",
    ],
  ])("%s %s is a problem", async (method, path, status, expected) => {
    const response = await api.app.request(`http://localhost:4400/rpc/${path}`, {
      method,
      headers: { "sec-fetch-site": "same-origin" },
    });
    expect(response.status).toBe(status);
    expect(await response.text()).toContain(`"code":"${expected}`);
  });

  test("a body that is too large or reaches a prototype is refused before it is looked at", async () => {
    api.app = api.createApp({ requestBytes: 100 });
    const large = await new Visitor(api).mutate("session.signIn", { email: "a@b.c", password: "x".repeat(200) });
    api.app = api.createApp();
    expect(large.problem).toMatchObject({ status: 413, code: "body_too_large" });
    const proto = await api.app.request("http://localhost:4400/rpc/session.signIn", {
      method: "POST",
      headers: { "sec-fetch-site": "same-origin", "content-type": "application/json" },
      body: '{"__proto__": {"email": "x"}}',
    });
    expect(await proto.json()).toMatchObject({ code: "forbidden_key" });
  });
});

/** Procedures of the test's own, behind the very door. */
const stopped = Promise.withResolvers<void>();
const sample = router({
  broken: publicProcedure.query(() => {
    throw new Error("relation holdfast.secret does not exist");
  }),
  lost: publicProcedure.query(() => {
    throw Object.assign(new Error("connect"), { code: "ECONNREFUSED" });
  }),
  refused: publicProcedure.query(() => {
    throw new Problem(409, "already_decided", "Ivo has decided this", { hint: "nothing is left to decide" });
  }),
  keys: authorizedFor("key.list", z.object({ owner: z.string() }), ({ ctx, input }) => ({
    workspace: ctx.principal.workspace,
    owner: input.owner,
  })).query(({ ctx }) => ctx.principal.person.name),
  ticks: authorized("run.read").subscription(async function* ticks({ signal }) {
    yield { tick: 1 };
    await new Promise((resolve) => signal?.addEventListener("abort", resolve));
    stopped.resolve();
  }),
  pulse: authorized("run.read").subscription(async function* pulse({ signal }) {
    for (let beat = 1; signal?.aborted !== true; beat += 1) {
      yield { beat };
      await setTimeout(50);
    }
  }),
});

async function withSample(): Promise<string> {
  listener = await listen("127.0.0.1", 0);
  listener.serve(api.createApp({ router: sample }));
  return listener.url;
}

async function sessionOf(role: string): Promise<{ token: string; person: string }> {
  const { rows } = await api.pool.query<{ id: string }>("select id from holdfast.people where email = $1", [
    `${role}@example.com`,
  ]);
  const person = rows[0]?.id ?? "";
  return { person, token: await beginSession(api.pool, 1, person) };
}

describe("errors", () => {
  test("are problems, and tell nothing of the inside", async () => {
    const url = await withSample();
    const answer = async (path: string) => {
      const response = await fetch(`${url}/rpc/${path}`);
      return { status: response.status, text: await response.text(), id: response.headers.get("x-request-id") };
    };
    const broken = await answer("broken");
    expect(broken.status).toBe(500);
    expect(broken.text).not.toContain("relation");
    expect(broken.text).not.toContain(".ts");
    expect(JSON.parse(broken.text)).toMatchObject({
      error: { data: { problem: { code: "internal_error", requestId: broken.id } } },
    });
    const lost = await answer("lost");
    expect([lost.status, lost.text.includes("database_unavailable")]).toEqual([503, true]);
    const refused = await answer("refused");
    expect(refused.status).toBe(409);
    expect(JSON.parse(refused.text)).toMatchObject({
      error: {
        message: "Ivo has decided this",
        data: {
          problem: { code: "already_decided", title: "Ivo has decided this", hint: "nothing is left to decide" },
        },
      },
    });
  });

  test("what belongs to somebody is checked by whose it is", async () => {
    const url = await withSample();
    const { token, person } = await sessionOf("viewer");
    const ask = async (input: object): Promise<string> => {
      const headers = { cookie: `holdfast-${new URL(url).port}=${token}` };
      return (await fetch(`${url}/rpc/keys?input=${encodeURIComponent(JSON.stringify(input))}`, { headers })).text();
    };
    expect(await ask({ owner: person })).toContain('"data":"viewer"');
    expect(await ask({ owner: "somebody else" })).toContain("missing_role");
    expect(await ask({})).toContain('"code":"missing_field","pointer":"/owner"');
  });
});

test("a subscription streams at once through a real server, and ends when its page goes away", async () => {
  const url = await withSample();
  const { token } = await sessionOf("viewer");
  const leave = new AbortController();
  const response = await fetch(`${url}/rpc/ticks`, {
    headers: { accept: "text/event-stream", cookie: `holdfast-${new URL(url).port}=${token}` },
    signal: leave.signal,
  });
  expect(response.headers.get("content-type")).toContain("text/event-stream");
  expect(response.headers.get("cache-control")).toContain("no-");
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while (!text.includes('{"tick":1}')) text += (await reader?.read())?.value ?? "";
  expect(text).toContain("event: connected");
  expect(text).toContain('"reconnectAfterInactivityMs":45000');
  leave.abort();
  await stopped.promise;
});

test.each([
  ["the session is ended", "update holdfast.sessions set ended_at = clock_timestamp()", "not_signed_in"],
  ["the role is taken away", "update holdfast.people set roles = '{}'", "missing_role"],
])("a subscription that is open tells nothing more once %s", async (_, change, code) => {
  const url = await withSample();
  const { token, person } = await sessionOf("developer");
  const response = await fetch(`${url}/rpc/pulse`, {
    headers: { accept: "text/event-stream", cookie: `holdfast-${new URL(url).port}=${token}` },
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const read = async (): Promise<string> => (await reader?.read())?.value ?? "";
  let text = "";
  while (!text.includes('{"beat":1}')) text += await read();
  const column = change.includes("people") ? "id" : "person";
  await api.pool.query(`${change} where ${column} = $1`, [person]);
  while (!text.includes("event: serialized-error")) text += await read();
  while (!text.includes('"code":')) text += await read();
  expect(text).toContain(`"code":"${code}"`);
  await reader?.cancel();
  await api.pool.query("update holdfast.people set roles = '{developer}' where id = $1", [person]);
});
