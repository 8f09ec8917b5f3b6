/**
 * Known secrets go through every way in which a call can fail, and through a node that does everything wrong. Then all
 * tables, all logs and all answers of both doors are searched for them, in every form.
 */
import type { ServerResponse } from "node:http";
import { createServer, type Server } from "node:net";
import { defineNode } from "@holdfast/nodes";
import type { JsonObject } from "@holdfast/dsl";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { RPC_PATH } from "../src/rpc/serve-rpc.ts";
import { procedures } from "../src/rpc/procedures.ts";
import { routes } from "../src/api/routes.ts";
import { beginSession } from "../src/session/session-store.ts";
import { CredentialFixture } from "./support/credential-fixture.ts";
import { edges, value } from "./support/host-fixture.ts";

// With what percent-encoding and base64 change.
const SECRETS = {
  bearer: "canary/BEARER+of=5&x%1",
  basic: "canary/BASIC+of=5&x%2",
  header: "canary/HEADER+of=5&x%3",
  apiKey: "canary/APIKEY+of=5&x%4",
  smtp: "canary-SMTP-of-5-x-5",
  connection: "canary-CONNECTION-of-5-x-6",
  model: "canary/MODEL+of=5&x%7",
  query: "canary/QUERY+of=5&x%8",
  client: "canary/CLIENT+of=5&x%9",
  token: "canary-TOKEN-of-5-x-10",
  webhook: "canary-WEBHOOK-of-5-x-11",
} as const;

/** As PHP, Gson and .NET write it in JSON, and as it stands in a page. */
const WRITTEN: readonly ((secret: string) => string)[] = [
  (secret) => secret.replaceAll("/", String.raw`\/`),
  (secret) => secret.replaceAll("&", String.raw`\u0026`).replaceAll("=", String.raw`\u003d`),
  (secret) => secret.replaceAll("&", String.raw`\u0026`).replaceAll("+", String.raw`\u002B`),
  (secret) => secret.replaceAll("&", "&amp;"),
];

/** Every text in which a secret could show up. */
function formsOf(secret: string): readonly string[] {
  const inBase64 = [0, 1, 2].map((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
    return bytes.toString("base64").slice(Math.ceil((before * 8) / 6), Math.floor((bytes.length * 8) / 6));
  });
  const percent = encodeURIComponent(secret);
  return [
    secret,
    percent,
    percent.replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    new URLSearchParams([["", secret]]).toString().slice(1),
    ...inBase64,
    ...inBase64.map((form) => form.replaceAll("+", "-").replaceAll("/", "_")),
    ...WRITTEN.map((write) => write(secret)),
    ...WRITTEN.map((write) => write(secret).replaceAll("\\", "\\\\")),
  ];
}

/** The secrets that stand in a text, with what stands before each. Bytes are dumped as hex. */
const leaksIn = (text: string): readonly string[] =>
  Object.entries(SECRETS).flatMap(([name, secret]) => {
    const form = [...formsOf(secret), Buffer.from(secret).toString("hex")].find((each) => text.includes(each));
    return form === undefined ? [] : [`${name} after ${text.slice(0, text.indexOf(form)).slice(-160)}`];
  });

/** Does everything that a node must not do with a credential. */
const leaky = defineNode({
  type: "leaky.node",
  version: 1,
  title: "Leaky",
  description: "Shows its credential wherever it can.",
  icon: "droplets",
  category: "action",
  effect: "repeatable",
  durable: true,
  params: z.strictObject({ how: z.string() }),
  credentials: ["bearer", "basic", "header", "apiKey", "query", "oauth2", "webhook", "connectionString"],
  output: { out: true },
  sentence: "Leak",
  examples: [],
  execute: async ({ params, credential, log, progress, step }) => {
    const secret = z.record(z.string(), z.string()).parse((await credential())?.reveal() ?? {});
    const text = Object.values(secret).join(" ");
    const forms = [text, ...Object.values(secret).flatMap((each) => formsOf(each))];
    switch (params.how) {
      case "throws":
        throw new Error(`it broke with ${forms.join(" ")}`, { cause: new Error(text) });
      case "logs":
        log.warn(`used ${text}`, { forms, deep: { secret } });
        return value("logged");
      case "progresses":
        progress(0.5, text);
        return value("progressed");
      case "steps":
        return value((await step("kept", () => Promise.resolve({ forms, [text]: text }))) ?? null);
      case "failsInStep":
        return value((await step("broken", () => Promise.reject(new Error(text)))) ?? null);
      default:
        return value({ forms, text });
    }
  },
});

let world: CredentialFixture;
let mail: Server;
let mailPort = 0;

beforeAll(async () => {
  world = await CredentialFixture.create((target) => ({
    nodeTypes: [leaky],
    ai: { apiKey: SECRETS.model, baseUrl: `${target}/v1`, api: "chat" },
  }));
  // A mail server that repeats the login it refuses.
  mail = createServer((socket) => {
    socket.write("220 here\r\n");
    socket.on("error", () => undefined);
    socket.on("data", (data) => {
      const line = data.toString().trim();
      if (/^EHLO/i.test(line)) socket.write("250-here\r\n250 AUTH PLAIN LOGIN\r\n");
      else if (/^AUTH/i.test(line)) {
        const told = Buffer.from(line.split(" ").at(-1) ?? "", "base64").toString();
        socket.write(`535 not ${line} nor ${told.replaceAll("\0", " ")}\r\n`);
      } else socket.write("221 bye\r\n");
    });
  });
  await new Promise<void>((resolve) => mail.listen(0, "127.0.0.1", resolve));
  const address = mail.address();
  mailPort = typeof address === "object" && address !== null ? address.port : 0;
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  await new Promise((resolve) => mail.close(resolve));
});

const pathOf = (response: ServerResponse): string => response.req.url ?? "";

/** The target repeats what it was sent, in every way that an answer can. */
function repeatEverything(): void {
  const repeated = (headers: NodeJS.Dict<string | string[]>): string => JSON.stringify(headers);
  for (const status of [200, 400, 401, 403, 404, 409, 429, 500, 503]) {
    world.answers.set(`/status/${status}`, (headers, response) => {
      const echo = String(
        headers.authorization ?? headers["x-key"] ?? headers["x-api-key"] ?? new URLSearchParams(pathOf(response)),
      );
      response.writeHead(status, `because ${echo}`, { "content-type": "application/json", "x-echo": echo }).end(
        JSON.stringify({
          headers,
          path: pathOf(response),
          decoded: Buffer.from(echo.split(" ").at(-1) ?? "", "base64").toString(),
        }),
      );
    });
  }
  world.answers.set("/token", (headers, response) => {
    const [, sent = ""] = headers.authorization?.split(" ") ?? [];
    response
      .writeHead(200, { "content-type": "application/json", "x-echo": sent })
      .end(JSON.stringify({ access_token: SECRETS.token, token_type: "Bearer", expires_in: 60, echo: headers }));
  });
  world.answers.set("/pages", (_, response) => {
    const [, key = ""] = pathOf(response).split("?");
    response
      .writeHead(200, { "content-type": "application/json", link: `</pages?page=2&${key}>; rel="next"` })
      .end(JSON.stringify([key]));
  });
  world.answers.set("/written", (headers, response) => {
    const told = [...new Set(Object.values(headers).map(String))].flatMap((each) =>
      WRITTEN.map((write) => write(each)),
    );
    response.writeHead(400, { "content-type": "application/json" }).end(`["${told.join('", "')}"]`);
  });
  world.answers.set("/text", (headers, response) =>
    response
      .writeHead(200, { "content-type": "text/plain" })
      .end(encodeURIComponent(repeated(headers) + pathOf(response))),
  );
  world.answers.set("/cut", (headers, response) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": "100000" });
    response.write(repeated(headers) + pathOf(response), () => response.socket?.resetAndDestroy());
  });
  world.answers.set("/broken", (headers, response) =>
    response
      .writeHead(200, { "content-type": "application/json" })
      .end(`{"a": ${repeated(headers)} ${pathOf(response)}`),
  );
  world.answers.set("/reset", (_, response) => void response.socket?.resetAndDestroy());
  world.answers.set("/hangs", () => undefined);
  world.answers.set("/away", (_, response) =>
    response.writeHead(302, { location: "https://elsewhere.example/" }).end(),
  );
  world.answers.set("/v1/chat/completions", (headers, response) =>
    response
      .writeHead(401, { "content-type": "application/json" })
      .end(JSON.stringify({ error: { message: `Incorrect API key ${headers.authorization ?? ""}`, type: "invalid" } })),
  );
}

const PATHS = [
  ...[200, 400, 401, 403, 404, 409, 429, 500, 503].map((status) => `/status/${status}`),
  "/written",
  "/text",
  "/cut",
  "/broken",
  "/reset",
  "/hangs",
  "/away",
];

let flows = 0;

/** Publishes a flow of one node and starts it. */
async function start(node: JsonObject): Promise<string> {
  flows += 1;
  const id = `canary-${flows}`;
  const retry = { maxAttempts: 2, initialInterval: "10ms" };
  await world.hosts.publish({
    id,
    nodes: { call: { retry, timeout: "1s", ...node } },
    edges: edges("start>call", "call>end"),
  });
  return world.hosts.begin(id, { secretless: true });
}

async function overOf(run: string): Promise<string> {
  return world.hosts.until(async () => {
    const { rows } = await world.pool.query<{ status: string }>(
      `select r.status from holdfast.runs r where r.id = $1 and (r.finished_at is not null
         or exists (select from holdfast.incidents i where i.run = r.id and i.status = 'open'))`,
      [run],
    );
    return rows[0]?.status;
  }, `the end of ${run}`);
}

async function dump(): Promise<string> {
  const tables = await world.pool.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname in ('holdfast', 'graphile_worker')`,
  );
  expect(tables.rows.length).toBeGreaterThan(30);
  const texts: string[] = [];
  for (const { name } of tables.rows) {
    const { rows } = await world.pool.query<{ text: string | null }>(
      `select string_agg(to_jsonb(t)::text, E'\\n') as text from ${name} t`,
    );
    texts.push(rows[0]?.text ?? "");
  }
  return texts.join("\n");
}

/** What every route and every procedure that reads says of the runs, as an administrator who may do all sees it. */
async function answers(runs: readonly string[]): Promise<string> {
  const key = await world.key(["administrator", "developer", "manager", "analyst"]);
  const { rows } = await world.pool.query<{ person: string }>("select person from holdfast.api_keys limit 1");
  const cookie = `holdfast-80=${await beginSession(world.pool, 1, rows[0]?.person ?? "")}`;
  const texts: string[] = [];
  for (const route of routes.filter(({ method }) => method === "get")) {
    const ids = route.path.includes("{") ? [...runs, "canary-1"] : ["x"];
    for (const id of ids) {
      texts.push(await (await world.call(route.path.replaceAll(/\{\w+\}/g, id), key)).text());
    }
  }
  for (const { path } of procedures.filter(({ type }) => type === "query")) {
    for (const input of [{}, ...runs.map((id) => ({ id })), { flow: "canary-1", id: "canary-1" }]) {
      const search = encodeURIComponent(JSON.stringify(input));
      const headers = { cookie, "sec-fetch-site": "same-origin" };
      texts.push(
        await (await world.app.request(`http://localhost${RPC_PATH}/${path}?input=${search}`, { headers })).text(),
      );
    }
  }
  return texts.join("\n");
}

test("no secret is found anywhere, whichever way a call fails", async () => {
  repeatEverything();
  const hosts = [`127.0.0.1:${world.port}`];
  await world.set("bearer", { type: "bearer", token: SECRETS.bearer }, { testUrl: `${world.url}/status/401` });
  await world.set("basic", { type: "basic", username: "ada", password: SECRETS.basic });
  await world.set("header", { type: "header", name: "X-Key", value: SECRETS.header });
  await world.set("api-key", { type: "apiKey", key: SECRETS.apiKey });
  await world.set("query", { type: "query", name: "key", value: SECRETS.query });
  await world.set(
    "client",
    { type: "oauth2", tokenUrl: `${world.url}/token`, clientId: "ada", clientSecret: SECRETS.client },
    { testUrl: `${world.url}/status/401` },
  );
  await world.set("hook", { type: "webhook", url: `${world.url}/hooks/${SECRETS.webhook}` });
  await world.set("mail", { type: "smtp", url: `smtp://ada:${SECRETS.smtp}@127.0.0.1:${mailPort}` });
  await world.set("base", {
    type: "connectionString",
    url: `postgres://ada:${SECRETS.connection}@127.0.0.1:${mailPort}/x`,
  });

  const nodes: JsonObject[] = [];
  const http = (credential: string, url: string, more: JsonObject = {}): void => {
    nodes.push({ type: "http.request", params: { method: "GET", url, ...more }, credential });
  };
  for (const credential of ["bearer", "basic", "header", "api-key", "query", "client"]) {
    for (const path of PATHS) http(credential, world.url + path);
    // Wrong TLS, nobody there, a host that is not granted, a template that fails, an answer that does not fit.
    http(credential, world.url.replace("http:", "https:"));
    http(credential, "http://127.0.0.1:1/");
    http(credential, "http://localhost:4/");
    http(credential, "{{ input.nothing.url }}");
    http(credential, `${world.url}/status/200`, { responseSchema: { type: "object", required: ["x"] } });
    for (const how of ["throws", "logs", "progresses", "steps", "failsInStep", "gives"]) {
      nodes.push({ type: "leaky.node", params: { how }, credential });
    }
  }
  for (const how of ["throws", "logs", "steps", "gives"]) {
    for (const credential of ["base", "hook"]) nodes.push({ type: "leaky.node", params: { how }, credential });
  }
  for (const type of ["slack.message", "teams.message"]) {
    for (const path of PATHS) {
      await world.set(`hook${path.replaceAll("/", "-")}`, {
        type: "webhook",
        url: `${world.url}${path}?sig=${SECRETS.webhook}`,
      });
      nodes.push({ type, params: { text: "Paid." }, credential: `hook${path.replaceAll("/", "-")}` });
    }
  }
  nodes.push(
    { type: "http.list", params: { url: `${world.url}/pages` }, credential: "query" },
    { type: "http.list", params: { url: `${world.url}/status/401` }, credential: "client" },
    { type: "email.send", params: { to: ["a@example.com"], from: "b@example.com", subject: "s", text: "t" } },
    { type: "ai.text", params: { prompt: "Say hello." } },
  );

  const runs: string[] = [];
  for (const node of nodes) runs.push(await start(node));
  const ends: string[] = [];
  for (const run of runs) ends.push(await overOf(run));
  // They went out, and did fail: an empty search would prove nothing.
  const sent = JSON.stringify(world.seen);
  const { bearer, header, apiKey, model, token } = SECRETS;
  for (const secret of [bearer, header, apiKey, model, token]) expect(sent).toContain(secret);
  expect(sent).toContain(Buffer.from(`ada:${SECRETS.basic}`).toString("base64"));
  expect(new Set(ends)).toEqual(new Set(["completed", "failed", "waiting"]));

  const key = await world.key(["administrator"]);
  const told: string[] = [];
  for (const name of ["bearer", "client", "hook", "mail", "base"]) {
    told.push(await (await world.call(`/credentials/${name}/test`, key, { method: "POST" })).text());
  }
  // Mistakes with the value itself.
  for (const mistaken of [
    { type: "bearer", token: `${SECRETS.bearer}\nx` },
    { type: "header", name: "no name", value: SECRETS.header },
    { type: "smtp", url: `http://ada:${SECRETS.smtp}@127.0.0.1` },
    { type: "connectionString", url: `://${SECRETS.connection}` },
    SECRETS.apiKey,
  ]) {
    const answer = await world.call("/credentials/mistaken", key, { method: "PUT", json: { value: mistaken, hosts } });
    expect(answer.status).toBe(400);
    told.push(await answer.text());
  }

  const places = {
    database: await dump(),
    logs: world.logs.join("\n"),
    answers: [...told, await answers([runs[0] ?? "", ...runs.slice(-14)])].join("\n"),
  };
  for (const [place, text] of Object.entries(places)) {
    expect(text.length, place).toBeGreaterThan(1_000);
    expect(leaksIn(text), place).toEqual([]);
  }
}, 240_000);

test("the search would find them", () => {
  for (const [name, secret] of Object.entries(SECRETS)) {
    for (const form of [...formsOf(secret), Buffer.from(`ada:${secret}`).toString("base64")]) {
      expect(leaksIn(`before ${form}`)).toMatchObject([expect.stringMatching(`^${name} after`)]);
    }
  }
});
