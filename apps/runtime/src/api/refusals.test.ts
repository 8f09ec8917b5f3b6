/**
 * What a running Holdfast refuses: by which code, with a pointer to what, and without leaving a row behind. One row of
 * the table for each thing that can be wrong at each door.
 */
import type { JsonObject } from "@holdfast/dsl";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { edges, failure, HostFixture, SYSTEM_CALLER } from "../../test/support/host-fixture.ts";
import { SCOPES } from "../access/rights.ts";
import { createKey } from "../keys/key-store.ts";
import { createMetrics } from "../metrics/metrics.ts";
import { putPerson } from "../people/person-store.ts";
import { createApi } from "./create-api.ts";

const BODY_BYTES = 10_000;

let holdfast: HostFixture;
let app: ReturnType<typeof createApi>;
let key: string;
/** Ids of what the addresses name, by the word that stands for it: `/runs/RUN`. */
const ids = new Map<string, string>();

beforeAll(async () => {
  holdfast = await HostFixture.create();
  const { database, manifests, services } = await holdfast.start();
  const roles = ["administrator", "manager"] as const;
  const ada = { email: "ada@example.com", name: "Ada", roles: [...roles], groups: [] };
  const person = await putPerson(database, SYSTEM_CALLER, ada);
  await putPerson(database, SYSTEM_CALLER, { email: "bo@example.com", name: "Bo", roles: ["viewer"], groups: [] });
  key = (await createKey(database, SYSTEM_CALLER, { person, name: "test", scopes: [...SCOPES] })).text;
  app = createApi({
    services,
    database,
    nodeTypes: manifests,
    logger: pino({ level: "silent" }),
    metrics: createMetrics(),
    version: "0.0.0-test",
    jobsFetched: async () => true,
    requestBytes: BODY_BYTES,
    demo: { links: { mails: "http://127.0.0.1:1/mails" }, people: [] },
  });

  await holdfast.publish(asking("asking"));
  await holdfast.publish({
    ...asking("guarded"),
    input: { type: "object", properties: { order: { type: "string" } } },
  });
  await holdfast.publish({
    id: "broken",
    nodes: { pay: { type: "probe.once", params: {} } },
    edges: edges("start>pay", "pay>end"),
  });
  holdfast.behaviors.set("pay", () => failure("timeout", "unknown"));
  ids.set("RUN", await holdfast.begin("asking", {}));
  await holdfast.settled(ids.get("RUN") ?? "", "waiting");
  await holdfast.settled(await holdfast.begin("broken", {}), "waiting");
  for (const [word, table] of [
    ["TASK", "tasks"],
    ["WAIT", "waits"],
    ["INCIDENT", "incidents"],
  ] as const) {
    const { rows } = await database.query<{ id: string }>(`select id from holdfast.${table} where status = 'open'`);
    const [row, ...others] = rows;
    if (row === undefined || others.length > 0) throw new Error(`${rows.length} rows in ${table}, not one`);
    ids.set(word, row.id);
  }
  // Using a key is noted once a minute: that is done before anything is counted.
  await send("GET", "/me");
});
afterAll(() => holdfast[Symbol.asyncDispose]());

const asking = (id: string) => ({
  id,
  nodes: {
    ask: {
      type: "wait.event",
      params: {
        outcomes: [{ port: "yes", event: "case/yes" }],
        inbox: {
          title: "Yes?",
          assignTo: { roles: ["manager"] },
          form: {
            type: "object",
            properties: { amount: { type: "number", minimum: 0, default: 10 }, note: { type: "string" } },
            additionalProperties: false,
          },
        },
      },
    },
  },
  edges: edges("start>ask", "ask.yes>end"),
});

const NUL = "a\u0000b";
const HALF = "\uD800";
const NO_RUN = "019a8f3e-0000-7000-8000-00000000ffff";
const document = (more: JsonObject = {}): JsonObject => ({
  dsl: 1,
  id: "new",
  name: "New",
  triggers: [{ type: "call" }],
  nodes: { done: { type: "end", params: { output: 1 } } },
  edges: edges("start>done"),
  ...more,
});

interface Sent {
  readonly json?: unknown;
  readonly body?: string;
  readonly type?: string;
  /** Null: none. */
  readonly key?: string | null;
}

/** Method and address, what is sent, status, code, and the pointer; none where nothing in the request is meant. */
type Refusal = readonly [door: string, ask: string, sent: Sent, status: number, code: string, pointer?: string];

const BODY: readonly Refusal[] = [
  ["broken JSON", "POST /events", { body: '{"name": ' }, 400, "broken_json", ""],
  ["no body", "POST /events", {}, 400, "body_invalid", ""],
  ["a form", "POST /events", { body: "a=1", type: "application/x-www-form-urlencoded" }, 415, "not_json", ""],
  ["too large", "POST /events", { json: { data: "x".repeat(BODY_BYTES) } }, 413, "body_too_large", ""],
  ["too deep", "POST /events", { body: "[".repeat(200) + "]".repeat(200) }, 400, "too_deep", ""],
  ["a prototype", "POST /events", { body: '{"data":{"__proto__":1}}' }, 400, "forbidden_key", "/data/__proto__"],
];

const DOCUMENT: readonly Refusal[] = [
  ["no object", "PUT /flows/new", { json: [] }, 400, "body_invalid", ""],
  ["unknown field", "PUT /flows/new", { json: document({ color: "red" }) }, 422, "invalid_flow", "/color"],
  [
    "unknown node type",
    "PUT /flows/new",
    { json: document({ nodes: { done: { type: "nope", params: {} } } }) },
    422,
    "invalid_flow",
    "/nodes/done/type",
  ],
  ["another id", "PUT /flows/other", { json: document() }, 422, "flow_id_differs", "/id"],
  ["U+0000", "PUT /flows/new", { json: document({ name: NUL }) }, 422, "invalid_flow", "/name"],
  [
    "live: unknown version",
    "PUT /flows/asking/live",
    { json: { version: 9 } },
    404,
    "flow_version_not_found",
    "/version",
  ],
  ["live: no version", "PUT /flows/asking/live", { json: {} }, 400, "body_invalid", "/version"],
  ["live: unknown flow", "PUT /flows/nope/live", { json: { version: 1 } }, 404, "flow_not_found"],
];

const EVENT: readonly Refusal[] = [
  ["no name", "POST /events", { json: { data: {} } }, 400, "body_invalid", "/name"],
  ["unknown field", "POST /events", { json: { name: "a", dta: 1 } }, 400, "body_invalid", "/dta"],
  ["a name that is none", "POST /events", { json: { name: "a b" } }, 422, "invalid_event_name", "/name"],
  ["U+0000", "POST /events", { json: { name: "a", data: { x: NUL } } }, 422, "invalid_text", "/data/x"],
  [
    "deeper",
    "POST /events",
    { json: { name: "a", data: { x: [1, { "y/z": HALF }] } } },
    422,
    "invalid_text",
    "/data/x/1/y~1z",
  ],
  [
    "in a name",
    "POST /events",
    { json: { name: "a", data: { x: { [NUL]: 1 } } } },
    422,
    "invalid_text",
    `/data/x/${NUL}`,
  ],
  ["in an id", "POST /events", { json: { name: "a", id: NUL } }, 422, "invalid_event_id", "/id"],
  [
    "in one of many",
    "POST /events",
    { json: [{ name: "a" }, { name: "a" }, { name: "a" }, { name: "a", data: { x: NUL } }] },
    422,
    "invalid_text",
    "/3/data/x",
  ],
  ["in a list of one", "POST /events", { json: [{ name: "a", data: { x: NUL } }] }, 422, "invalid_text", "/0/data/x"],
  ["an empty list", "POST /events", { json: [] }, 400, "body_invalid", ""],
  ["a bad one of many", "POST /events", { json: [{ name: "a" }, {}] }, 400, "body_invalid", "/1/name"],
  ["unknown", "GET /events/nope", {}, 404, "event_not_found"],
];

const START: readonly Refusal[] = [
  ["unknown flow", "POST /flows/nope/runs", { json: {} }, 404, "flow_not_found"],
  ["unknown flow, in a version", "POST /flows/nope/runs", { json: { version: 1 } }, 404, "flow_not_found"],
  ["unknown version", "POST /flows/asking/runs", { json: { version: 9 } }, 404, "flow_version_not_found", "/version"],
  ["a version that is none", "POST /flows/asking/runs", { json: { version: "x" } }, 400, "body_invalid", "/version"],
  ["unknown field", "POST /flows/asking/runs", { json: { inptu: {} } }, 400, "body_invalid", "/inptu"],
  [
    "an input that does not fit",
    "POST /flows/guarded/runs",
    { json: { input: { order: 1 } } },
    422,
    "invalid_input",
    "/input/order",
  ],
  ["U+0000", "POST /flows/asking/runs", { json: { input: { x: [NUL] } } }, 422, "invalid_text", "/input/x/0"],
  ["in its key", "POST /flows/asking/runs", { json: { idempotencyKey: NUL } }, 422, "invalid_text", "/idempotencyKey"],
  ["in the address", "POST /flows/a%00b/runs", { json: {} }, 400, "path_invalid", "/id"],
  ["a wait that is none", "POST /flows/asking/runs?wait=soon", { json: {} }, 400, "query_invalid", "/wait"],
];

const DECISION: readonly Refusal[] = [
  ["unknown task", "POST /tasks/nope/decision", { json: { outcome: "yes" } }, 404, "task_not_found"],
  ["no outcome", "POST /tasks/TASK/decision", { json: {} }, 400, "body_invalid", "/outcome"],
  ["unknown outcome", "POST /tasks/TASK/decision", { json: { outcome: "no" } }, 422, "unknown_outcome", "/outcome"],
  [
    "a form that does not fit",
    "POST /tasks/TASK/decision",
    { json: { outcome: "yes", data: { amount: -1 } } },
    422,
    "invalid_decision",
    "/data/amount",
  ],
  [
    "U+0000",
    "POST /tasks/TASK/decision",
    { json: { outcome: "yes", data: { note: NUL } } },
    422,
    "invalid_text",
    "/data/note",
  ],
  [
    "in the comment",
    "POST /tasks/TASK/decision",
    { json: { outcome: "yes", comment: NUL } },
    422,
    "invalid_text",
    "/comment",
  ],
  [
    "a grace beyond the limit",
    "POST /tasks/TASK/decision",
    { json: { outcome: "yes", graceSeconds: 601 } },
    400,
    "body_invalid",
    "/graceSeconds",
  ],
  ["nothing to take back", "DELETE /tasks/TASK/decision", {}, 409, "not_decided"],
  [
    "no task among many",
    "POST /tasks/decisions",
    { json: { outcome: "yes", tasks: [] } },
    400,
    "body_invalid",
    "/tasks",
  ],
];

const TOGETHER: readonly Refusal[] = [
  ["claiming an unknown one", "POST /tasks/nope/claim", {}, 404, "task_not_found"],
  ["releasing what nobody has", "POST /tasks/TASK/release", {}, 409, "not_claimed"],
  [
    "to nobody",
    "POST /tasks/TASK/delegate",
    { json: { to: "nobody@example.com", kind: "delegate" } },
    422,
    "unknown_person",
    "/to",
  ],
  [
    "to oneself",
    "POST /tasks/TASK/delegate",
    { json: { to: "ada@example.com", kind: "handOver" } },
    422,
    "delegate_to_self",
    "/to",
  ],
  [
    "until before now",
    "POST /tasks/TASK/delegate",
    { json: { to: "bo@example.com", kind: "delegate", until: "2020-01-01T00:00:00Z" } },
    422,
    "until_passed",
    "/until",
  ],
  [
    "a reason with U+0000",
    "POST /tasks/TASK/delegate",
    { json: { to: "bo@example.com", kind: "delegate", reason: NUL } },
    422,
    "invalid_text",
    "/reason",
  ],
  ["nothing to end", "DELETE /tasks/TASK/delegate", {}, 409, "not_delegated"],
  ["an empty comment", "POST /tasks/TASK/comments", { json: { text: "" } }, 422, "comment_empty", "/text"],
  ["a comment with U+0000", "POST /tasks/TASK/comments", { json: { text: NUL } }, 422, "invalid_text", "/text"],
  [
    "a file that is none",
    "POST /tasks/TASK/files",
    { json: { name: "a", content: "%" } },
    400,
    "body_invalid",
    "/content",
  ],
  ["an empty file", "POST /tasks/TASK/files", { json: { name: "a", content: "" } }, 422, "file_empty", "/content"],
  [
    "a file without a name",
    "POST /tasks/TASK/files",
    { json: { name: "a/", content: "YQ==" } },
    422,
    "file_name_invalid",
    "/name",
  ],
  ["an unknown file", "GET /tasks/TASK/files/nope", {}, 404, "file_not_found"],
  ["removing it", "DELETE /tasks/TASK/files/nope", {}, 404, "file_not_found"],
];

const INCIDENT: readonly Refusal[] = [
  ["unknown", "POST /incidents/nope/resolve", { json: { action: "retry" } }, 404, "incident_not_found"],
  [
    "unknown action",
    "POST /incidents/INCIDENT/resolve",
    { json: { action: "forget" } },
    400,
    "body_invalid",
    "/action",
  ],
  [
    "an output for a retry",
    "POST /incidents/INCIDENT/resolve",
    { json: { action: "retry", output: 1 } },
    400,
    "body_invalid",
    "/output",
  ],
  [
    "unknown port",
    "POST /incidents/INCIDENT/resolve",
    { json: { action: "complete", port: "no" } },
    422,
    "unknown_port",
    "/port",
  ],
  [
    "U+0000",
    "POST /incidents/INCIDENT/resolve",
    { json: { action: "complete", output: { x: NUL } } },
    422,
    "invalid_text",
    "/output/x",
  ],
];

const WAIT: readonly Refusal[] = [
  ["unknown run", `POST /runs/${NO_RUN}/waits/WAIT/skip`, { json: { port: "yes" } }, 404, "run_not_found"],
  ["unknown wait", "POST /runs/RUN/waits/nope/skip", { json: { port: "yes" } }, 404, "wait_not_found"],
  ["no port", "POST /runs/RUN/waits/WAIT/skip", { json: {} }, 400, "body_invalid", "/port"],
  ["unknown port", "POST /runs/RUN/waits/WAIT/skip", { json: { port: "no" } }, 422, "unknown_port", "/port"],
  ["cancel: unknown mode", "POST /runs/RUN/cancel", { json: { mode: "kill" } }, 400, "body_invalid", "/mode"],
  ["cancel: unknown run", `POST /runs/${NO_RUN}/cancel`, {}, 404, "run_not_found"],
  ["retry: not failed", "POST /runs/RUN/retry", {}, 409, "run_not_failed"],
];

const CLOCK: readonly Refusal[] = [
  ["no duration", "POST /dev/clock", { json: { advance: "tomorrow" } }, 400, "body_invalid", "/advance"],
  ["nothing told", "POST /dev/clock", { json: {} }, 400, "body_invalid", "/advance"],
];

const QUERY: readonly Refusal[] = [
  ["unknown status", "GET /runs?status=done", {}, 400, "query_invalid", "/status"],
  ["one of several", "GET /runs?status=running,done", {}, 400, "query_invalid", "/status"],
  ["unknown parameter", "GET /runs?workspace=2", {}, 400, "query_invalid", "/workspace"],
  ["U+0000", "GET /runs?q=a%00b", {}, 400, "query_invalid", "/q"],
  ["told twice", "GET /runs?status=failed&status=running", {}, 400, "query_invalid", "/status"],
  ["a limit beyond the limit", "GET /runs?limit=1000", {}, 400, "query_invalid", "/limit"],
  ["a made-up cursor", "GET /runs?cursor=zzz", {}, 400, "cursor_invalid", "/cursor"],
  ["a wait that is none", "GET /runs/RUN?wait=soon", {}, 400, "query_invalid", "/wait"],
  ["tasks: unknown status", "GET /tasks?status=done", {}, 400, "query_invalid", "/status"],
  ["incidents: unknown status", "GET /incidents?status=done", {}, 400, "query_invalid", "/status"],
];

const KEY: readonly Refusal[] = [
  ["none", "POST /events", { key: null, json: { name: "a" } }, 401, "key_missing"],
  ["unknown", "POST /events", { key: "hold_live_x_y", json: { name: "a" } }, 401, "key_invalid"],
  ["a scope that is none", "POST /keys", { json: { name: "x", scopes: ["all"] } }, 400, "body_invalid", "/scopes/0"],
  [
    "an end that is past",
    "POST /keys",
    { json: { name: "x", scopes: ["runs:read"], expiresAt: "2020-01-01T00:00:00Z" } },
    400,
    "expiry_invalid",
    "/expiresAt",
  ],
  ["revoking an unknown one", "DELETE /keys/nope", {}, 404, "key_not_found"],
  ["unknown address", "GET /nope", {}, 404, "route_not_found"],
  ["wrong method", "DELETE /events", {}, 405, "method_not_allowed"],
];

const problem = z.looseObject({ code: z.string(), status: z.number(), pointer: z.string().optional() });

describe.each([
  ["body", BODY],
  ["document", DOCUMENT],
  ["event", EVENT],
  ["start", START],
  ["decision", DECISION],
  ["working on a task together", TOGETHER],
  ["incident", INCIDENT],
  ["wait", WAIT],
  ["clock", CLOCK],
  ["query", QUERY],
  ["key", KEY],
] as const)("%s", (_, refusals) => {
  const cases = refusals.map(([what, ask, sent, status, code, pointer]) => ({
    what,
    ask,
    sent,
    status,
    code,
    pointer,
  }));
  test.each(cases)("$what: $ask", async ({ ask, sent, status, code, pointer }) => {
    const [method = "", path = ""] = ask.split(" ");
    const before = await rowsOfAllTables();
    const response = await send(method, path, sent);
    const told = problem.parse(await response.json());
    expect({ status: response.status, code: told.code, pointer: told.pointer }).toEqual({ status, code, pointer });
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await rowsOfAllTables()).toEqual(before);
  });
});

test("what is right is still possible after all of it, and leaves rows", async () => {
  const before = await rowsOfAllTables();
  expect((await send("POST", "/tasks/TASK/decision", { json: { outcome: "yes" } })).status).toBe(201);
  await holdfast.ended(ids.get("RUN") ?? "");
  const resolve = { json: { action: "complete", output: {} } };
  expect((await send("POST", "/incidents/INCIDENT/resolve", resolve)).status).toBe(200);
  const after = await rowsOfAllTables();
  for (const table of ["task_decisions", "operations"]) expect(after[table]).toBeGreaterThan(before[table] ?? 0);
});

async function send(method: string, path: string, sent: Sent = {}): Promise<Response> {
  const body = sent.json === undefined ? sent.body : JSON.stringify(sent.json);
  const address = path.replaceAll(/\b[A-Z]{3,}\b/g, (word) => ids.get(word) ?? word);
  return app.request(`http://localhost/api/v1${address}`, {
    method,
    headers: {
      ...(sent.key === null ? {} : { authorization: `Bearer ${sent.key ?? key}` }),
      ...(body === undefined ? {} : { "content-type": sent.type ?? "application/json" }),
    },
    ...(body === undefined ? {} : { body }),
  });
}

/** Rows of every table of the schema, but for the one in which processes say that they live. */
async function rowsOfAllTables(): Promise<{ readonly [table: string]: number }> {
  const { database } = holdfast.host;
  const { rows: tables } = await database.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'holdfast' and c.relkind = 'r' order by 1`,
  );
  expect(tables.map(({ name }) => name)).toEqual(expect.arrayContaining(["operations", "events", "runs", "steps"]));
  const counts = tables.map(({ name }) => `(select count(*)::int from holdfast.${name}) as ${name}`);
  const { rows } = await database.query<{ [table: string]: number }>(`select ${counts.join(", ")}`);
  return rows[0] ?? {};
}
