/** What a service says of its own time: a step waits as long as it is told to, and holds no worker meanwhile. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { CredentialFixture } from "./support/credential-fixture.ts";
import { edges, SYSTEM_CALLER } from "./support/host-fixture.ts";

let world: CredentialFixture;

beforeAll(async () => {
  world = await CredentialFixture.create();
});
afterAll(() => world[Symbol.asyncDispose]());

/** Milliseconds until the run is due, once nobody holds it. */
function dueIn(run: string): Promise<number> {
  return world.hosts.until(async () => {
    const { rows } = await world.pool.query<{ wait: number }>(
      `select holdfast.ms(t.due_at)::float8 - holdfast.ms(holdfast.now())::float8 as wait
         from holdfast.timers t join holdfast.runs r on r.id = t.run where r.id = $1 and r.lease_owner is null`,
      [run],
    );
    return rows[0]?.wait;
  }, "the next try");
}

const TEN_MINUTES = 600_000;

test.each([
  ["in seconds", () => "600"],
  ["as a date", (now: number) => new Date(now + TEN_MINUTES).toUTCString()],
])("Retry-After %s is waited for, however long", async (name, header) => {
  const path = `/busy-${name.replaceAll(" ", "-")}`;
  let asked = 0;
  world.answers.set(path, (_, response) => {
    asked += 1;
    if (asked === 1) response.writeHead(429, { "retry-after": header(Date.now()) }).end();
    else response.writeHead(200, { "content-type": "application/json" }).end("{}");
  });
  const id = `patient-${name.replaceAll(" ", "-")}`;
  await world.hosts.publish({
    id,
    nodes: { call: { type: "http.request", params: { url: world.url + path } } },
    edges: edges("start>call", "call>end"),
  });
  const run = await world.hosts.begin(id);
  const wait = await dueIn(run);
  expect(wait).toBeGreaterThan(TEN_MINUTES - 30_000);
  expect(wait).toBeLessThanOrEqual(TEN_MINUTES);
  await world.hosts.advance(TEN_MINUTES);
  expect((await world.hosts.ended(run)).status).toBe("completed");
  expect(asked).toBe(2);
});

test("a list waits in its middle, and goes on at the page where it was", async () => {
  const asked: string[] = [];
  world.answers.set("/orders", (_, response) => {
    const path = response.req.url ?? "";
    asked.push(path);
    const headers = { "content-type": "application/json" };
    const next = path.includes("page") ? {} : { link: '</orders?page=2>; rel="next"' };
    if (asked.length === 2) response.writeHead(503, { "retry-after": "600" }).end();
    else response.writeHead(200, { ...headers, ...next }).end(path.includes("page") ? "[2]" : "[1]");
  });
  await world.hosts.publish({
    id: "list",
    nodes: {
      read: { type: "http.list", params: { url: `${world.url}/orders` } },
      done: { type: "end", params: { output: "{{ nodes.read }}" } },
    },
    edges: edges("start>read", "read>done"),
  });
  const run = await world.hosts.begin("list");
  expect(await dueIn(run)).toBeGreaterThan(TEN_MINUTES - 30_000);
  await world.hosts.advance(TEN_MINUTES);
  expect((await world.hosts.ended(run)).output).toEqual({ items: [1, 2], pages: 2, more: false });
  expect(asked).toEqual(["/orders", "/orders?page=2", "/orders?page=2"]);
});

/** Tells a channel, and goes on by the error port where that fails. */
async function tell(id: string, path: string): Promise<string> {
  await world.set(id, { type: "webhook", url: `${world.url}${path}` });
  await world.hosts.publish({
    id,
    nodes: {
      tell: { type: "slack.message", params: { text: "Paid." }, credential: id, retry: { maxAttempts: 1 } },
      told: { type: "end", params: { output: "told" } },
      failed: { type: "end", params: { output: "{{ errors.tell.code }}" } },
    },
    edges: edges("start>tell", "tell>told", "tell.error>failed"),
  });
  return world.hosts.begin(id);
}

test("a message that is refused leaves by the error port; one that may be there asks a person", async () => {
  world.answers.set("/hook-ok", (_, response) => response.end("ok"));
  world.answers.set("/hook-gone", (_, response) => response.writeHead(404).end("no_service"));
  world.answers.set("/hook-cut", (_, response) => void response.socket?.resetAndDestroy());
  expect((await world.hosts.ended(await tell("ok", "/hook-ok"))).output).toBe("told");
  expect((await world.hosts.ended(await tell("gone", "/hook-gone"))).output).toBe("http_404");
  const doubtful = await tell("cut", "/hook-cut");
  const incident = await world.hosts.until(async () => {
    const { rows } = await world.pool.query<{ id: string; code: string }>(
      "select id, error ->> 'code' as code from holdfast.incidents where run = $1 and status = 'open'",
      [doubtful],
    );
    return rows[0];
  }, "an incident");
  expect(incident.code).toBe("connection_lost");
  const sent = world.seen.length;
  await world.hosts.services.resolveIncident(SYSTEM_CALLER, {
    incident: incident.id,
    action: "complete",
    output: { clipped: false },
  });
  expect((await world.hosts.ended(doubtful)).output).toBe("told");
  expect(world.seen).toHaveLength(sent);
});
