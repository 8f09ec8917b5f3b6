import { inspect } from "node:util";
import type { JsonObject } from "@holdfast/dsl";
import { expect, it } from "vitest";
import { actionContext, logged, type ContextOptions } from "../../test/action-context.ts";
import { NOON } from "../../test/control-context.ts";
import { sendJson, startServer } from "../../test/http-server.ts";
import { CLIENT, clientOf, startOauth } from "../../test/oauth-server.ts";
import { createFetch } from "../outbound/guarded-fetch.ts";
import { httpRequest } from "./execute.ts";

const call = (params: JsonObject, options?: ContextOptions) => httpRequest.execute(actionContext(params, options));

it.each(["basic", "body"] as const)("gets a token by %s, and uses it until it is over", async (clientAuth) => {
  await using oauth = await startOauth(60);
  const credential = clientOf(oauth, { clientAuth, scope: "orders:read", audience: "shop" });
  const url = `${oauth.server.url}/orders`;
  expect(await call({ url }, { credential })).toMatchObject({ type: "output", value: { status: 200 } });
  await call({ url }, { credential, now: () => NOON + 29_000 });
  expect(oauth.given).toHaveLength(1);
  await call({ url }, { credential, now: () => NOON + 31_000 });
  expect(oauth.given).toHaveLength(2);
  const asked = oauth.server.requests.find(({ path }) => path === "/token");
  const form = new URLSearchParams(asked?.body);
  expect(Object.fromEntries(form)).toEqual({
    grant_type: "client_credentials",
    scope: "orders:read",
    audience: "shop",
    ...(clientAuth === "body" && { client_id: CLIENT.id, client_secret: CLIENT.secret }),
  });
});

it("asks once for steps that begin together", async () => {
  await using oauth = await startOauth();
  const credential = clientOf(oauth);
  const outcomes = await Promise.all(
    Array.from({ length: 5 }, () => call({ url: `${oauth.server.url}/orders` }, { credential })),
  );
  expect(outcomes.map(({ type }) => type)).toEqual(Array.from({ length: 5 }, () => "output"));
  expect(oauth.given).toHaveLength(1);
});

it.each([["GET"], ["POST"]])(
  "gets another token when a %s says that it is withdrawn, and sends again",
  async (method) => {
    await using oauth = await startOauth(undefined);
    const credential = clientOf(oauth);
    const params = { method, url: `${oauth.server.url}/orders` };
    await call(params, { credential });
    oauth.withdraw();
    expect(await call(params, { credential })).toMatchObject({ type: "output", value: { status: 200 } });
    expect(oauth.given).toHaveLength(2);
    // The second refusal stands.
    oauth.refusal = { status: 200, body: { access_token: "never-valid-canary", token_type: "bearer" } };
    oauth.withdraw();
    expect(await call(params, { credential })).toMatchObject({
      type: "fail",
      error: { kind: "fatal", code: "http_401" },
    });
  },
);

it("takes a 401 that is expected as it is", async () => {
  await using oauth = await startOauth();
  const credential = clientOf(oauth);
  const params = { url: `${oauth.server.url}/orders`, expect: [200, 401] };
  await call(params, { credential });
  oauth.withdraw();
  expect(await call(params, { credential })).toMatchObject({ value: { status: 401 } });
  expect(oauth.given).toHaveLength(1);
});

it.each([
  [
    { status: 401, body: { error: "invalid_client" } },
    { kind: "error", code: "token_refused" },
  ],
  [
    { status: 400, body: "no JSON" },
    { kind: "error", code: "token_refused" },
  ],
  [
    { status: 429, body: {}, headers: { "Retry-After": "120" } },
    { code: "token_http_429", retryAfter: 120_000 },
  ],
  [
    { status: 503, body: {} },
    { kind: "error", code: "token_http_503" },
  ],
  [
    { status: 302, body: {}, headers: { Location: "http://127.0.0.1:1/" } },
    { kind: "error", code: "too_many_redirects" },
  ],
  [
    { status: 200, body: {} },
    { kind: "error", code: "token_invalid" },
  ],
  [
    { status: 200, body: { access_token: "a\nb" } },
    { kind: "error", code: "token_invalid" },
  ],
  [
    { status: 200, body: { access_token: "abcdef", token_type: "mac" } },
    { kind: "error", code: "token_invalid" },
  ],
])("without a token nothing is sent, whatever the call: %j", async (refusal, error) => {
  await using oauth = await startOauth();
  oauth.refusal = refusal;
  const outcome = await call({ method: "POST", url: `${oauth.server.url}/pay` }, { credential: clientOf(oauth) });
  expect(outcome).toMatchObject({ type: "fail", error });
  expect(oauth.server.requests.map(({ path }) => path)).toEqual(["/token"]);
});

it("keeps to the guarded door for its tokens", async () => {
  await using oauth = await startOauth();
  await using target = await startServer((_, response) => sendJson(response, 200, {}));
  const fetch = createFetch({ allow: [`127.0.0.1:${target.port}`] });
  expect(await call({ url: target.url }, { credential: clientOf(oauth), fetch })).toMatchObject({
    error: { kind: "fatal", code: "address_refused" },
  });
  expect([...oauth.server.requests, ...target.requests]).toEqual([]);
});

it("sends its token to no other host", async () => {
  await using elsewhere = await startServer((_, response) => sendJson(response, 200, {}));
  await using oauth = await startOauth();
  await using target = await startServer((_, response) =>
    response.writeHead(302, { location: `${elsewhere.url.replace("127.0.0.1", "localhost")}/` }).end(),
  );
  const fetch = createFetch({ allow: ["127.0.0.1", "localhost"] });
  await call({ url: target.url }, { credential: clientOf(oauth), fetch });
  expect(target.requests[0]?.headers.authorization).toBe(`Bearer ${oauth.given[0]}`);
  expect(elsewhere.requests[0]?.headers).not.toHaveProperty("authorization");
});

it("lets neither the client's secret nor its tokens out", async () => {
  await using oauth = await startOauth();
  const credential = clientOf(oauth);
  const url = `${oauth.server.url}/orders`;
  const outcomes = [await call({ url }, { credential })];
  oauth.withdraw();
  oauth.refusal = { status: 401, body: { error: `no ${CLIENT.secret}` } };
  outcomes.push(await call({ url }, { credential }));
  oauth.refusal = undefined;
  const wrong = { ...credential, clientSecret: "canary-WRONG-secret" };
  outcomes.push(await call({ url }, { credential: wrong }));
  const everything = JSON.stringify(outcomes) + inspect(outcomes, { depth: 9 }) + logged.join();
  expect(everything).toContain("[secret]");
  expect(everything).not.toContain("canary");
});
