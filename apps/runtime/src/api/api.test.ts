import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ApiFixture } from "../../test/support/api-fixture.ts";
import { SAMPLE } from "../../test/support/sample-rows.ts";
import { SCOPES } from "../access/rights.ts";
import { KEY_CACHE_MS } from "../keys/authenticate.ts";
import { Secret } from "../log/secret.ts";
import { Problem } from "../problem/problem.ts";

let api: ApiFixture;

beforeAll(async () => {
  api = await ApiFixture.create();
});
afterAll(() => api[Symbol.asyncDispose]());
beforeEach(() => {
  api.services.calls.length = 0;
  api.services.failure = undefined;
});

describe("starting runs", () => {
  test("hands over the input and answers 201 with the run's id", async () => {
    const response = await api.call("/api/v1/flows/greeting/runs", {
      json: { input: { name: "Ada" }, idempotencyKey: "k", version: 2 },
    });
    expect(response.status).toBe(201);
    expect(await response.json()).toEqual({ id: api.services.runId, runId: api.services.runId, created: true });
    expect(api.services.last).toMatchObject({
      name: "startRun",
      args: [
        { workspace: 1, door: "api", actor: { kind: "key" }, person: { roles: ["administrator"] } },
        { flow: "greeting", input: { name: "Ada" }, idempotencyKey: "k", version: 2 },
      ],
    });
  });

  test("answers 200 when the idempotency key was seen before", async () => {
    const response = await api.call("/api/v1/flows/greeting/runs", { json: { idempotencyKey: "seen" } });
    expect(response.status).toBe(200);
  });

  test("with wait it gives the run as well", async () => {
    api.services.runId = SAMPLE.waiting;
    const response = await api.call("/api/v1/flows/greeting/runs?wait=1s", { json: { input: {} } });
    expect(await response.json()).toMatchObject({
      runId: SAMPLE.waiting,
      run: { id: SAMPLE.waiting, status: "waiting" },
    });
    expect(api.services.last).toMatchObject({
      name: "startAndAwait",
      args: [{ workspace: 1 }, { flow: "greeting", input: {} }, 1_000, expect.anything()],
    });
  });
});

describe("events", () => {
  test("one, or many", async () => {
    const one = await api.call("/api/v1/events", { json: { name: "a/b", data: { x: 1 }, id: "e1" } });
    expect(one.status).toBe(202);
    expect(await one.json()).toEqual({ ids: [expect.any(String)] });
    expect(api.services.last).toMatchObject({ args: [{}, [{ name: "a/b", data: { x: 1 }, id: "e1" }]] });

    const many = await api.call("/api/v1/events", {
      json: Array.from({ length: 10_000 }, () => ({ name: "a/b", data: {} })),
    });
    expect(many.status).toBe(202);
  });

  test("one too many, or none, is refused as a whole", async () => {
    for (const count of [0, 10_001]) {
      const response = await api.call("/api/v1/events", {
        json: Array.from({ length: count }, () => ({ name: "a", data: {} })),
      });
      expect(response.status).toBe(400);
    }
    expect(api.services.calls).toEqual([]);
  });

  test("every problem is told, with its pointer", async () => {
    const response = await api.call("/api/v1/events", {
      json: [{ name: "ok", data: 1 }, { name: 7, dta: {} }, { data: {} }],
    });
    expect(response.status).toBe(400);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await response.json()).toMatchObject({
      type: "urn:holdfast:problem:body_invalid",
      code: "body_invalid",
      status: 400,
      pointer: "/1/name",
      requestId: response.headers.get("x-request-id"),
      issues: [
        { code: "wrong_type", pointer: "/1/name" },
        { code: "unknown_field", pointer: "/1/dta" },
        { code: "missing_field", pointer: "/2/name" },
      ],
    });
  });
});

describe("what does not fit is refused before anything is done", () => {
  test.each([
    ["broken JSON", "/api/v1/events", { body: '{"name": ' }, 400, "broken_json"],
    ["no body", "/api/v1/events", { method: "POST" }, 400, "body_invalid"],
    [
      "a form",
      "/api/v1/events",
      { body: "a=1", headers: { "content-type": "application/x-www-form-urlencoded" } },
      415,
      "not_json",
    ],
    ["a prototype key", "/api/v1/events", { body: '{"name":"a","data":{"__proto__":{"x":1}}}' }, 400, "forbidden_key"],
    ["a wrong type", "/api/v1/events", { json: "text" }, 400, "body_invalid"],
    ["an unknown field", "/api/v1/flows/greeting/runs", { json: { input: {}, workspace: 2 } }, 400, "body_invalid"],
    ["an unknown query", "/api/v1/runs?workspace=2", {}, 400, "query_invalid"],
    ["a query told twice", "/api/v1/runs?flow=a&flow=b", {}, 400, "query_invalid"],
    ["a prototype as a query", "/api/v1/runs?__proto__=1", {}, 400, "query_invalid"],
    ["an unknown status", "/api/v1/runs?status=done", {}, 400, "query_invalid"],
    ["a limit beyond the limit", "/api/v1/runs?limit=1000", {}, 400, "query_invalid"],
    ["a made-up cursor", "/api/v1/runs?cursor=zzz", {}, 400, "cursor_invalid"],
    ["a wait that is none", `/api/v1/runs/${SAMPLE.waiting}?wait=soon`, {}, 400, "query_invalid"],
    ["a wait beyond the limit", `/api/v1/runs/${SAMPLE.waiting}?wait=1h`, {}, 400, "query_invalid"],
    ["an unknown run", "/api/v1/runs/019a8f3e-0000-7000-8000-00000000ffff", {}, 404, "run_not_found"],
    ["a run that is no id", "/api/v1/runs/..%2f..%2fetc", {}, 404, "run_not_found"],
    ["a run of another workspace", `/api/v1/runs/${SAMPLE.foreign}`, {}, 404, "run_not_found"],
    ["its steps", `/api/v1/runs/${SAMPLE.foreign}/steps`, {}, 404, "run_not_found"],
    ["canceling it", `/api/v1/runs/${SAMPLE.foreign}/cancel`, { method: "POST" }, 404, "run_not_found"],
    ["an unknown wait", `/api/v1/runs/${SAMPLE.waiting}/waits/x/skip`, { json: { port: "a" } }, 404, "wait_not_found"],
    ["an unknown flow", "/api/v1/flows/nope", {}, 404, "flow_not_found"],
    ["an unknown version", "/api/v1/flows/greeting/versions/9", {}, 404, "flow_version_not_found"],
    ["a version that is none", "/api/v1/flows/greeting/versions/x", {}, 400, "path_invalid"],
    ["a document that is a list", "/api/v1/flows/greeting", { method: "PUT", json: [] }, 400, "body_invalid"],
    ["an unknown task", "/api/v1/tasks/x/decision", { json: { outcome: "a" } }, 404, "task_not_found"],
    ["an unknown incident", "/api/v1/incidents/x/resolve", { json: { action: "retry" } }, 404, "incident_not_found"],
    [
      "an output for a retry",
      `/api/v1/incidents/${SAMPLE.incident}/resolve`,
      { json: { action: "retry", output: 1 } },
      400,
      "body_invalid",
    ],
    ["an unknown event", "/api/v1/events/x", {}, 404, "event_not_found"],
    ["an unknown route", "/api/v1/nope", {}, 404, "route_not_found"],
    ["an unknown page", "/admin", {}, 404, "route_not_found"],
    ["a wrong method", "/api/v1/events", { method: "DELETE" }, 405, "method_not_allowed"],
    ["moving time without a duration", "/api/v1/dev/clock", { json: { advance: "tomorrow" } }, 400, "body_invalid"],
  ])("%s", async (...[, path, call, status, code]) => {
    const response = await api.call(path, call);
    expect(await response.json()).toMatchObject({ code, status, title: expect.any(String) });
    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(api.services.calls).toEqual([]);
  });

  test("an oversized body", async () => {
    api.app = api.createApp({ requestBytes: 100 });
    const response = await api.call("/api/v1/events", { json: { name: "a", data: "x".repeat(200) } });
    api.app = api.createApp();
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ code: "body_too_large", details: { limit: 100 } });
    expect(api.services.calls).toEqual([]);
  });

  test("a wrong method tells the right ones", async () => {
    const response = await api.call("/api/v1/flows/x", { method: "POST" });
    expect(response.headers.get("allow")).toBe("GET, PUT");
  });
});

describe("problems of the services", () => {
  test("are told as they are", async () => {
    api.services.failure = new Problem(409, "already_decided", "Ivo has decided this", {
      hint: "nothing is left to decide",
    });
    const response = await api.call(`/api/v1/tasks/${SAMPLE.task}/decision`, { json: { outcome: "approved" } });
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({ code: "already_decided", hint: "nothing is left to decide" });
  });

  test("nobody foresaw tell nothing of the inside", async () => {
    api.services.failure = new Error("relation holdfast.secret does not exist");
    const response = await api.call("/api/v1/events", { json: { name: "a", data: {} } });
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain("relation");
  });

  test("a lost database is another try's business", async () => {
    api.services.failure = Object.assign(new Error("connect"), { code: "ECONNREFUSED" });
    const response = await api.call("/api/v1/events", { json: { name: "a", data: {} } });
    expect(response.status).toBe(503);
    expect(response.headers.get("retry-after")).toBe("1");
  });
});

describe("operating", () => {
  test.each([
    ["cancel", { mode: "terminate" }, "cancelRun", [SAMPLE.waiting, "terminate"]],
    ["cancel", undefined, "cancelRun", [SAMPLE.waiting, "cancel"]],
    ["pause", undefined, "pauseRun", [SAMPLE.waiting]],
    ["resume", {}, "resumeRun", [SAMPLE.waiting]],
    ["retry", undefined, "retryRun", [SAMPLE.waiting]],
    [`waits/${SAMPLE.wait}/skip`, { port: "approved" }, "skipWait", [SAMPLE.waiting, SAMPLE.wait, "approved"]],
  ])("%s %j", async (path, json, name, args) => {
    const response = await api.call(`/api/v1/runs/${SAMPLE.waiting}/${path}`, { method: "POST", json });
    expect(response.status).toBe(202);
    expect(await response.json()).toMatchObject({ id: SAMPLE.waiting });
    expect(api.services.last).toMatchObject({ name, args: [{ workspace: 1 }, ...args] });
  });

  test("incidents, decisions and taking them back", async () => {
    const resolve = await api.call(`/api/v1/incidents/${SAMPLE.incident}/resolve`, {
      json: { action: "complete", output: { ok: true } },
    });
    expect(resolve.status).toBe(200);
    expect(api.services.last).toMatchObject({
      args: [{}, { incident: SAMPLE.incident, action: "complete", output: { ok: true } }],
    });

    const decide = await api.call(`/api/v1/tasks/${SAMPLE.task}/decision`, {
      json: { outcome: "approved", data: { loud: false }, comment: "fine", graceSeconds: 10 },
    });
    expect(decide.status).toBe(201);
    expect(await decide.json()).toMatchObject({
      taskId: SAMPLE.task,
      outcome: "approved",
      effectiveAt: expect.any(String),
    });

    const back = await api.call(`/api/v1/tasks/${SAMPLE.task}/decision`, { method: "DELETE" });
    expect(back.status).toBe(204);
    expect(await back.text()).toBe("");
  });

  test("publishing and going back", async () => {
    const publish = await api.call("/api/v1/flows/new-flow", { method: "PUT", json: { dsl: 1 } });
    expect(publish.status).toBe(201);
    expect(await publish.json()).toEqual({
      id: "new-flow@1",
      flow: "new-flow",
      version: 1,
      created: true,
      warnings: [],
    });
    const back = await api.call("/api/v1/flows/greeting/live", { method: "PUT", json: { version: 1 } });
    expect(back.status).toBe(200);
    expect(api.services.last).toMatchObject({ name: "setLiveVersion", args: [{}, "greeting", 1] });
  });
});

describe("demo mode", () => {
  test("moves time", async () => {
    const response = await api.call("/api/v1/dev/clock", { json: { advance: "7d" } });
    expect(await response.json()).toEqual({ now: "2026-03-08T09:30:00.000Z" });
    expect(api.services.last).toMatchObject({ name: "advanceClock", args: [{}, 7 * 24 * 60 * 60 * 1000] });
  });

  test("without it there is no such route, not even in the description", async () => {
    api.app = api.createApp({ demo: undefined });
    const response = await api.call("/api/v1/dev/clock", { json: { advance: "7d" } });
    const description = await (await api.call("/api/v1/openapi.json")).text();
    api.app = api.createApp();
    expect(response.status).toBe(404);
    expect(description).not.toContain("/dev/clock");
  });
});

describe("keys", () => {
  test("me tells whom the key acts as", async () => {
    const response = await api.call("/api/v1/me", { key: api.key("viewer") });
    expect(await response.json()).toMatchObject({
      email: "viewer@example.com",
      roles: ["viewer"],
      scopes: [...SCOPES],
    });
  });

  test("a key is created with no more scopes than its maker has, works, and is revoked", async () => {
    const maker = await api.newKey(["viewer"], ["keys:manage", "runs:read"]);
    const beyond = await api.call("/api/v1/keys", { key: maker.text, json: { name: "x", scopes: ["events:send"] } });
    expect(await beyond.json()).toMatchObject({ status: 403, code: "scope_beyond_yours" });
    const late = await api.call("/api/v1/keys", {
      key: maker.text,
      json: { name: "x", scopes: ["runs:read"], expiresAt: "2020-01-01T00:00:00Z" },
    });
    expect(await late.json()).toMatchObject({ code: "expiry_invalid", pointer: "/expiresAt" });

    const created: unknown = await (
      await api.call("/api/v1/keys", { key: maker.text, json: { name: "x", scopes: ["runs:read"] } })
    ).json();
    expect(created).toEqual({ id: expect.any(String), key: expect.stringMatching(/^hold_live_/) });
    if (typeof created !== "object" || created === null || !("key" in created) || typeof created.key !== "string") {
      return;
    }
    const { key } = created;
    expect((await api.call("/api/v1/runs", { key })).status).toBe(200);
    expect(await (await api.call("/api/v1/keys", { key })).json()).toMatchObject({ code: "missing_scope" });

    const list = await (await api.call("/api/v1/keys", { key: maker.text })).text();
    expect(list).toContain('"name":"x"');
    expect(list).not.toContain(key);

    const id = key.split("_")[2] ?? "";
    expect((await api.call(`/api/v1/keys/${id}`, { key: maker.text, method: "DELETE" })).status).toBe(204);
    expect(await (await api.call("/api/v1/runs", { key })).json()).toMatchObject({ status: 401, code: "key_revoked" });
  });

  test("nobody but an administrator sees or revokes others' keys", async () => {
    const path = `/api/v1/keys/${api.keyId("developer")}`;
    expect((await api.call(path, { key: api.key("manager"), method: "DELETE" })).status).toBe(403);
    expect((await api.call("/api/v1/keys?everybody=true", { key: api.key("manager") })).status).toBe(403);
    expect((await api.call("/api/v1/keys?everybody=true")).status).toBe(200);
  });

  test("a role taken away is gone within seconds, also for keys", async () => {
    const { id, text } = await api.newKey(["developer"], SCOPES);
    expect((await api.call("/api/v1/events", { key: text, json: { name: "a", data: {} } })).status).toBe(202);
    await api.pool.query(
      "update holdfast.people set roles = '{viewer}' where id = (select person from holdfast.api_keys where id = $1)",
      [id],
    );
    api.now += KEY_CACHE_MS;
    expect(await (await api.call("/api/v1/events", { key: text, json: { name: "a", data: {} } })).json()).toMatchObject(
      {
        status: 403,
        code: "missing_role",
      },
    );
  });
});

describe("health", () => {
  test("alive needs nothing", async () => {
    expect((await api.call("/healthz", { key: null })).status).toBe(200);
  });

  test("ready means that jobs are really being fetched", async () => {
    expect((await api.call("/readyz", { key: null })).status).toBe(200);
    api.app = api.createApp({ jobsFetched: async () => false });
    const response = await api.call("/readyz", { key: null });
    api.app = api.createApp();
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({
      ready: false,
      checks: { database: { ok: true }, jobs: { ok: false } },
    });
  });

  test("metrics count requests by route, and tell open work", async () => {
    await api.call(`/api/v1/runs/${SAMPLE.waiting}`);
    const response = await api.call("/metrics", { key: null });
    const text = await response.text();
    expect(text).toContain('route="/api/v1/runs/{id}",status="2xx"');
    expect(text).not.toContain(SAMPLE.waiting);
  });

  test("metrics are for this computer, or for whoever has the token", async () => {
    expect((await api.call("/metrics", { key: null, headers: { "x-forwarded-for": "10.0.0.1" } })).status).toBe(401);
    expect((await api.app.request("http://evil.example/metrics")).status).toBe(401);
    api.app = api.createApp({ metricsToken: new Secret("scrape-scrape") });
    expect((await api.call("/metrics", { key: null })).status).toBe(401);
    expect((await api.call("/metrics", { key: "scrape-scrape" })).status).toBe(200);
    api.app = api.createApp();
  });
});

describe("headers", () => {
  test.each(["/api/v1/runs", "/api/v1/nope", "/healthz"])("%s is safe to show and to keep nowhere", async (path) => {
    const { headers } = await api.call(path, { headers: { origin: "https://evil.example" } });
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("cache-control")).toBe("no-store");
    expect([...headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
  });

  test("a request id is taken over if it can do no harm", async () => {
    expect((await api.call("/healthz", { headers: { "x-request-id": "mine-1" } })).headers.get("x-request-id")).toBe(
      "mine-1",
    );
    const other = (await api.call("/healthz", { headers: { "x-request-id": '"{evil}' } })).headers.get("x-request-id");
    expect(other).toMatch(/^[0-9a-f-]{36}$/);
  });
});
