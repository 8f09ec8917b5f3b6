/** Credentials in flows: granted, refused, rotated and revoked while runs go on. */
import { createServer } from "node:http";
import { createFetch, Credential } from "@holdfast/nodes/executors";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { resealCredentials } from "../src/credentials/reseal.ts";
import { testCredential } from "../src/credentials/test-credential.ts";
import { CredentialFixture, newSealKey } from "./support/credential-fixture.ts";
import { edges, SYSTEM_CALLER } from "./support/host-fixture.ts";

let world: CredentialFixture;

beforeAll(async () => {
  world = await CredentialFixture.create();
});
afterAll(() => world[Symbol.asyncDispose]());

/** A flow that calls the target once. */
async function publish(id: string, credential: string, url = `${world.url}/`): Promise<void> {
  await world.hosts.publish({
    id,
    nodes: {
      call: {
        type: "http.request",
        params: { method: "GET", url },
        credential,
        retry: { maxAttempts: 2, initialInterval: "10ms" },
      },
    },
    edges: edges("start>call", "call>end"),
  });
}

const bearers = (): readonly (string | undefined)[] => world.seen.map(({ authorization }) => authorization);

async function incidentOf(run: string): Promise<{ id: string; code: string }> {
  return world.hosts.until(async () => {
    const { rows } = await world.pool.query<{ id: string; code: string }>(
      "select id, error ->> 'code' as code from holdfast.incidents where run = $1 and status = 'open'",
      [run],
    );
    return rows[0];
  }, "an incident");
}

const retry = (incident: string): Promise<void> =>
  world.hosts.services.resolveIncident(SYSTEM_CALLER, { incident, action: "retry" });

test("a stored credential goes with the call, and its use is told", async () => {
  await world.set("payments", { type: "bearer", token: "token-of-payments" });
  await publish("pay", "payments");
  expect((await world.hosts.run("pay")).status).toBe("completed");
  expect(bearers().at(-1)).toBe("Bearer token-of-payments");
  const used = await world.hosts.until(async () => {
    const { rows } = await world.pool.query("select used_by_flow from holdfast.credentials where used_at is not null");
    return rows[0];
  }, "its use");
  expect(used).toEqual({ used_by_flow: "pay" });
});

test("a flow that it is not granted to gets an incident, and goes on when it is", async () => {
  await world.set("crm", { type: "bearer", token: "token-of-crm" }, { flows: ["another"] });
  await publish("report", "crm");
  const before = world.seen.length;
  const run = await world.hosts.begin("report");
  const incident = await incidentOf(run);
  expect(incident.code).toBe("credential_not_granted");
  expect(world.seen).toHaveLength(before);
  await world.vault.grant(SYSTEM_CALLER, "crm", { flows: ["another", "report"] });
  await retry(incident.id);
  expect((await world.hosts.ended(run)).status).toBe("completed");
  expect(bearers().at(-1)).toBe("Bearer token-of-crm");
});

test("it goes to the hosts that it is for, and nowhere else, also not by a redirect", async () => {
  await world.set(
    "narrow",
    { type: "header", name: "X-Key", value: "token-of-narrow" },
    { hosts: ["api.example.com"] },
  );
  await publish("elsewhere", "narrow");
  const before = world.seen.length;
  const run = await world.hosts.begin("elsewhere");
  expect((await incidentOf(run)).code).toBe("credential_not_granted");
  expect(world.seen).toHaveLength(before);

  world.answers.set("/away", (_, response) =>
    response.writeHead(307, { location: `http://localhost:${world.port}/` }).end(),
  );
  await world.vault.grant(SYSTEM_CALLER, "narrow", { hosts: ["127.0.0.1"] });
  await publish("redirected", "narrow", `${world.url}/away`);
  await world.hosts.begin("redirected");
  await world.hosts.until(async () => (world.seen.length > before ? true : undefined), "the first call");
  expect(
    world.seen
      .slice(before)
      .filter((headers) => headers["x-key"] !== undefined && headers.host?.startsWith("localhost")),
  ).toEqual([]);
});

test("none of that name is an incident, not a call without it", async () => {
  await publish("nameless", "no-such");
  const before = world.seen.length;
  const run = await world.hosts.begin("nameless");
  const incident = await incidentOf(run);
  expect(incident.code).toBe("credential_missing");
  expect(world.seen).toHaveLength(before);
  await world.set("no-such", { type: "basic", username: "ada", password: "word:with:colons" });
  await retry(incident.id);
  expect((await world.hosts.ended(run)).status).toBe("completed");
  expect(bearers().at(-1)).toBe(`Basic ${Buffer.from("ada:word:with:colons").toString("base64")}`);
});

test("of another type than the node takes is an incident", async () => {
  await world.set("mailbox", { type: "smtp", url: "smtp://u:password-of-mail@127.0.0.1:2525" });
  await publish("mixed", "mailbox");
  expect((await incidentOf(await world.hosts.begin("mixed"))).code).toBe("credential_wrong_type");
});

test("keys and values are rotated while runs go on: each call has the value of its moment, and nothing stumbles", async () => {
  await world.set("rotating", { type: "bearer", token: "token-number-0" });
  await publish("rotated", "rotating");
  const before = world.seen.length;
  const runs: Promise<unknown>[] = [];
  const eightRuns = () => Array.from({ length: 8 }, () => world.hosts.run("rotated"));
  for (let turn = 1; turn <= 6; turn += 1) {
    runs.push(...eightRuns());
    world.useKeys((keys) => [newSealKey(`turn-${turn}`), ...keys]);
    const resealed = await Promise.all([
      resealCredentials(world.pool, world.ring),
      resealCredentials(world.pool, world.ring),
      world.set("rotating", { type: "bearer", token: `token-number-${turn}` }),
    ]);
    expect(resealed[0].unreadable).toBe(0);
  }
  const ended = await Promise.all(runs);
  expect(ended).toHaveLength(48);
  for (const run of ended) expect(run).toMatchObject({ status: "completed" });
  expect(bearers().slice(before)).toHaveLength(48);
  for (const bearer of bearers().slice(before)) expect(bearer).toMatch(/^Bearer token-number-\d$/);

  // No row needs an earlier key any more: they can go.
  await resealCredentials(world.pool, world.ring);
  const { rows } = await world.pool.query(
    "select distinct sealed_by from holdfast.credentials where revoked_at is null",
  );
  expect(rows).toEqual([{ sealed_by: "turn-6" }]);
  world.useKeys(([first]) => (first === undefined ? [] : [first]));
  world.ring.lookAgain();
  expect(await world.hosts.run("rotated")).toMatchObject({ status: "completed" });
  expect(bearers().at(-1)).toBe("Bearer token-number-6");
});

test("without its key it can't be read: an incident, which waits for the key", async () => {
  await world.set("locked", { type: "bearer", token: "token-of-locked" });
  await publish("lost", "locked");
  const kept: ReturnType<typeof newSealKey>[] = [];
  world.useKeys((keys) => {
    kept.push(...keys);
    return [newSealKey("stranger")];
  });
  world.ring.lookAgain();
  const run = await world.hosts.begin("lost");
  const incident = await incidentOf(run);
  expect(incident.code).toBe("credential_unreadable");
  await expect(world.vault.test(SYSTEM_CALLER, "mailbox")).rejects.toMatchObject({ code: "credential_unreadable" });
  world.useKeys((keys) => [...keys, ...kept]);
  await retry(incident.id);
  expect((await world.hosts.ended(run)).status).toBe("completed");
});

test("what is moved in the database to another credential's row opens nothing", async () => {
  await world.set("rich", { type: "bearer", token: "token-of-rich" });
  await world.set("poor", { type: "bearer", token: "token-of-poor" });
  await world.pool.query(
    `update holdfast.credentials p set value = r.value, value_key = r.value_key, sealed_by = r.sealed_by
       from holdfast.credentials r where p.name = 'poor' and r.name = 'rich'`,
  );
  await publish("thief", "poor");
  expect((await incidentOf(await world.hosts.begin("thief"))).code).toBe("credential_unreadable");
});

test("revoked, it is forgotten at once, and another can take its name", async () => {
  const key = await world.key(["administrator"]);
  expect((await world.call("/credentials/payments", key, { method: "DELETE" })).status).toBe(204);
  const run = await world.hosts.begin("pay");
  expect((await incidentOf(run)).code).toBe("credential_missing");
  const { rows } = await world.pool.query(
    "select value, value_key from holdfast.credentials where name = 'payments' and revoked_at is not null",
  );
  expect(rows).toEqual([{ value: null, value_key: null }]);
  const made = await world.call("/credentials/payments", key, {
    method: "PUT",
    json: { value: { type: "basic", username: "u", password: "another-password" }, hosts: ["127.0.0.1"] },
  });
  expect([made.status, await made.json()]).toEqual([200, { version: 1, created: true }]);
});

test("the test says what the other side says", async () => {
  const key = await world.key(["developer"]);
  const tested = async (): Promise<unknown> =>
    (await world.call("/credentials/tried/test", key, { method: "POST" })).json();
  await world.set("tried", { type: "bearer", token: "token-of-tried" });
  expect(await tested()).toMatchObject({ code: "no_test_url" });
  const put = (json: unknown) => world.call("/credentials/tried/grants", key, { method: "PUT", json });
  expect(await (await put({ testUrl: "https://elsewhere.example/" })).json()).toMatchObject({
    code: "test_url_not_granted",
  });
  expect((await put({ testUrl: `${world.url}/whoami` })).status).toBe(204);
  expect(await tested()).toEqual({ ok: true, message: "HEAD was answered as it should be." });
  expect(bearers().at(-1)).toBe("Bearer token-of-tried");
  world.answers.set("/whoami", (headers, response) =>
    response.writeHead(401, `no ${headers.authorization ?? ""}`).end(),
  );
  expect(await tested()).toEqual({ ok: false, message: "The server answered 401 no Bearer [secret]." });
});

test("an OAuth client gets a token where its address says, and the token goes where it is granted to", async () => {
  world.answers.set("/token", (headers, response) => {
    const [, proof = ""] = headers.authorization?.split(" ") ?? [];
    const known = Buffer.from(proof, "base64").toString() === "shop:secret-of-client";
    response
      .writeHead(known ? 200 : 401, { "content-type": "application/json" })
      .end(
        JSON.stringify(known ? { access_token: "token-got-for-shop", expires_in: 60 } : { error: "invalid_client" }),
      );
  });
  const tokenUrl = `${world.url}/token`;
  const client = { type: "oauth2", tokenUrl, clientId: "shop", clientSecret: "secret-of-client" } as const;
  // The host of its tokens is not among those that it is granted to.
  await world.set("client", client, { hosts: ["elsewhere.example"] });
  expect(await world.vault.test(SYSTEM_CALLER, "client")).toEqual({ ok: true, message: "The server gives a token." });
  await world.set("client", client);
  await publish("orders", "client", `${world.url}/orders`);
  expect((await world.hosts.run("orders")).status).toBe("completed");
  expect(bearers().at(-1)).toBe("Bearer token-got-for-shop");
  await world.set("client", { ...client, clientSecret: "secret-that-is-wrong" });
  expect(await world.vault.test(SYSTEM_CALLER, "client")).toEqual({
    ok: false,
    message: "The server that gives the tokens answered 401 (invalid_client).",
  });
  expect((await incidentOf(await world.hosts.begin("orders"))).code).toBe("token_refused");
});

test("a webhook's address is tried out without posting anything", async () => {
  const before = world.seen.length;
  const url = `${world.url}/hooks/key-of-24-characters-here`;
  await world.set("hook", { type: "webhook", url }, { hosts: ["elsewhere.example"] });
  expect(await world.vault.test(SYSTEM_CALLER, "hook")).toMatchObject({ ok: true });
  expect(world.seen).toHaveLength(before);
  const list = await (await world.call("/credentials", await world.key(["analyst"]))).text();
  expect(list).toContain(`"hosts":["127.0.0.1:${world.port}"]`);
  expect(list).not.toContain("key-of-24");
  await expect(world.vault.grant(SYSTEM_CALLER, "hook", { hosts: ["elsewhere.example"] })).rejects.toMatchObject({
    code: "hosts_of_value",
  });
});

test("Slack is asked whether it knows a webhook's address, without a text that it could post", async () => {
  const bodies: string[] = [];
  let answer: readonly [number, string] = [400, "no_text"];
  const slack = createServer((request, response) => {
    request.on("data", (chunk: Buffer) => bodies.push(chunk.toString()));
    request.on("end", () => response.writeHead(answer[0]).end(answer[1]));
  });
  await new Promise<void>((resolve) => slack.listen(0, "127.0.0.1", resolve));
  const address = slack.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const hostAliases = new Map([["hooks.slack.com", { host: "127.0.0.1", port }]]);
  const credential = new Credential({
    type: "webhook",
    url: "http://hooks.slack.com/services/T0/B0/key-of-24-characters",
  });
  const tested = () =>
    testCredential(
      { fetch: createFetch({ hostAliases }), log: pino({ level: "silent" }) },
      { name: "slack", credential, hosts: ["hooks.slack.com"], testUrl: null },
    );
  expect(await tested()).toEqual({ ok: true, message: "Slack knows the address. Nothing was posted." });
  answer = [404, "no_service"];
  expect(await tested()).toEqual({ ok: false, message: "Slack answered 404 (no_service)." });
  expect(bodies).toEqual(["{}", "{}"]);
  slack.close();
});

test("only developers and administrators change credentials; analysts see them; nobody sees values", async () => {
  const value = { type: "bearer", token: "token-of-somebody" };
  const put = async (roles: Parameters<typeof world.key>[0]): Promise<number> =>
    (
      await world.call("/credentials/rights", await world.key(roles), {
        method: "PUT",
        json: { value, hosts: ["a.example"] },
      })
    ).status;
  expect([await put(["viewer"]), await put(["analyst"]), await put(["manager"]), await put(["developer"])]).toEqual([
    403, 403, 403, 200,
  ]);
  const list = await world.call("/credentials", await world.key(["analyst"]));
  const text = await list.text();
  expect([list.status, text.includes('"name":"rights"')]).toEqual([200, true]);
  expect(text).not.toContain("token-of");
  expect((await world.call("/credentials", await world.key(["viewer"]))).status).toBe(403);
  const cyrillic = await world.call("/credentials/rights", await world.key(["administrator"]), {
    method: "PUT",
    json: { value: { type: "bearer", token: "tоken" } },
  });
  expect(await cyrillic.json()).toMatchObject({ code: "body_invalid", pointer: "/value/token" });
  const differs = await world.call("/credentials/rights", await world.key(["administrator"]), {
    method: "PUT",
    json: { value: { type: "apiKey", key: "k" } },
  });
  expect(await differs.json()).toMatchObject({ code: "credential_type_differs" });
});
