/** Without a session or a key: every route, every procedure and every address is tried, and only the listed ones answer. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { DesignerFiles } from "../src/app/designer-files.ts";
import { procedures } from "../src/rpc/procedures.ts";
import { RPC_PATH } from "../src/rpc/serve-rpc.ts";
import { beginSession } from "../src/session/session-store.ts";
import { ApiFixture } from "./support/api-fixture.ts";
import { OPEN_DOORS } from "./support/open-doors.ts";
import { Visitor } from "./support/visitor.ts";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;

const GUESSES =
  "/api /api/v1 /api/v2/runs /rpc /rpc/ /admin /.env /.git/config /package.json /assets/../package.json /src/main.ts " +
  "/assets/%2e%2e/package.json /demo.json /secret-keys /api/v1/runs/..%2f..%2fhealthz /metrics/x /healthz/x /debug /graphql";

let api: ApiFixture;
let cookie: string;

beforeAll(async () => {
  api = await ApiFixture.create();
  const { rows } = await api.pool.query<{ id: string }>(
    "select id from holdfast.people where email = 'administrator@example.com'",
  );
  cookie = await beginSession(api.pool, 1, rows[0]?.id ?? "");
});
afterAll(() => api[Symbol.asyncDispose]());

const description = z.object({ paths: z.record(z.string(), z.unknown()) });

/** What the router has, what the description tells, what the build holds, and what people guess. */
async function addresses(): Promise<readonly string[]> {
  const told = description.parse(await (await api.call("/api/v1/openapi.json", { key: null })).json());
  const files = new DesignerFiles();
  await files.index();
  const found = [
    ...api.app.routes.map(({ path }) => path),
    ...Object.keys(told.paths).map((path) => (path.startsWith("/api/") ? path : `/api/v1${path}`)),
    ...procedures.map(({ path }) => `${RPC_PATH}/${path}`),
    ...GUESSES.split(" "),
  ];
  return [...new Set(found)]
    .filter((path) => path !== "/*" && path !== `${RPC_PATH}/*`)
    .map((path) => path.replaceAll(/:(\w+)|\{(\w+)\}/g, "x"));
}

const isOpen = (path: string): boolean =>
  OPEN_DOORS.addresses.some((open) => open === path) ||
  OPEN_DOORS.procedures.some((open) => `${RPC_PATH}/${open}` === path);

/** What an answer says, where that is not no. */
async function saysYes(response: Response): Promise<string | undefined> {
  const { status, headers } = response;
  if ([400, 401, 403, 404, 405, 415].includes(status)) return undefined;
  // A subscription has begun to answer before it is looked at: what it says is no.
  const isStream = headers.get("content-type") === "text/event-stream";
  const text = isStream ? await response.text() : "";
  return /"code":"(?:not_signed_in|method_not_supported)"/.test(text) ? undefined : String(status);
}

test("only what is listed answers, whatever the method", async () => {
  const answered: string[] = [];
  const closed = (await addresses()).filter((path) => !isOpen(path));
  expect(closed.length).toBeGreaterThan(100);
  for (const path of closed) {
    for (const method of METHODS) {
      const isRead = method === "GET" || method === "HEAD";
      const headers = { "sec-fetch-site": "same-origin", accept: "application/json" };
      const response = await api.app.request(
        `http://localhost:4400${path}`,
        isRead || method === "OPTIONS"
          ? { method, headers }
          : { method, headers: { ...headers, "content-type": "application/json" }, body: "{}" },
      );
      const yes = await saysYes(response);
      if (yes !== undefined) answered.push(`${method} ${path} ${yes}`);
    }
  }
  expect(answered).toEqual([]);
});

test("a page is the same empty shell for everybody, under the strict policy", async () => {
  const bodies = new Set<string>();
  for (const path of [
    "/",
    "/flows",
    "/inbox",
    "/settings/profile",
    "/people",
    "/sign-in",
    "/welcome",
    "/runs/x",
    "/x/y",
  ]) {
    const response = await new Visitor(api).visit(path);
    // Without a build there is a page that says so.
    expect([200, 503]).toContain(response.status);
    const policy = response.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/script-src[^;]*unsafe|unsafe-eval|\*/);
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(response.headers.get("x-frame-options")).toBe("DENY");
    expect(response.headers.getSetCookie()).toEqual([]);
    bodies.add((await response.text()).replaceAll(/content="[\w+/=]{24}"/g, ""));
  }
  expect(bodies.size).toBe(1);
});

test("a session's cookie opens no route of the API, and a key opens no procedure", async () => {
  const told = description.parse(await (await api.call("/api/v1/openapi.json", { key: null })).json());
  for (const path of Object.keys(told.paths)) {
    const address = path.startsWith("/api/") ? path : `/api/v1${path}`;
    const headers = { cookie: `holdfast-4400=${cookie}` };
    const response = await api.app.request(`http://localhost:4400${address.replaceAll(/\{\w+\}/g, "x")}`, { headers });
    expect([401, 404, 405], path).toContain(response.status);
  }
  for (const { path, action, type } of procedures) {
    if (action === undefined || type === "subscription") continue;
    const headers = { authorization: `Bearer ${api.key("administrator")}`, "sec-fetch-site": "same-origin" };
    const response = await api.app.request(`http://localhost:4400${RPC_PATH}/${path}`, { headers });
    expect([401, 405], path).toContain(response.status);
  }
});

describe("no other site's page can make a signed-in browser change anything", () => {
  const mutations = procedures.filter(({ type }) => type === "mutation").map(({ path }) => path);
  const json = { "content-type": "application/json" };
  const kinds: readonly (readonly [string, { readonly [name: string]: string }, string])[] = [
    ["another site's call", { ...json, "sec-fetch-site": "cross-site" }, "{}"],
    ["another port's or name's call", { ...json, "sec-fetch-site": "same-site" }, "{}"],
    ["a link or a bookmark that posts", { ...json, "sec-fetch-site": "none" }, "{}"],
    ["an old browser's call from elsewhere", { ...json, origin: "https://evil.example" }, "{}"],
    ["an old browser's call from a sandbox", { ...json, origin: "null" }, "{}"],
    [
      "a form of our own origin",
      { "sec-fetch-site": "same-origin", "content-type": "application/x-www-form-urlencoded" },
      "a=1",
    ],
    [
      "a form with files",
      { "sec-fetch-site": "same-origin", "content-type": "multipart/form-data; boundary=x" },
      "--x--",
    ],
    ["plain text", { "sec-fetch-site": "same-origin", "content-type": "text/plain" }, "{}"],
  ];
  test.each(mutations)("%s", async (path) => {
    for (const [kind, headers, body] of kinds) {
      const response = await api.app.request(`http://localhost:4400${RPC_PATH}/${path}`, {
        method: "POST",
        headers: { cookie: `holdfast-4400=${cookie}`, ...headers },
        body,
      });
      expect([403, 415], `${path} by ${kind}`).toContain(response.status);
      expect(response.headers.getSetCookie()).toEqual([]);
    }
    // And none by reading.
    const read = await api.app.request(`http://localhost:4400${RPC_PATH}/${path}?input=${encodeURIComponent("{}")}`, {
      headers: { cookie: `holdfast-4400=${cookie}`, "sec-fetch-site": "same-origin" },
    });
    expect(read.status).toBe(405);
  });
});
