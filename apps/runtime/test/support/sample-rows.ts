/**
 * A small history, written straight into the tables: one flow with two versions, runs in several statuses with steps,
 * waits, a task, an incident and an event. For testing what readers make of it.
 */
import type { Queryable } from "../../src/read/queryable.ts";

const id = (last: number): string => `019a8f3e-0000-7000-8000-${String(last).padStart(12, "0")}`;

export const SAMPLE = {
  flow: "greeting",
  waiting: id(11),
  completed: id(12),
  failed: id(13),
  child: id(14),
  foreign: id(15),
  wait: id(21),
  event: id(31),
  task: id(41),
  decision: id(42),
  incident: id(51),
  payload: id(61),
  foreignPayload: id(62),
} as const;

const DOCUMENT = JSON.stringify({
  dsl: 1,
  id: "greeting",
  name: "Greeting",
  nodes: {
    hello: { type: "data.set", params: { values: { text: "hello" } } },
    each: {
      type: "forEach",
      params: {
        items: "{{ input.names }}",
        body: { nodes: { inner: { type: "end", params: { output: 1 } } }, edges: [] },
      },
    },
  },
  edges: [],
});

export async function insertSample(database: Queryable): Promise<void> {
  const at = "2026-03-01T09:30:00.123Z";
  await database.query("insert into holdfast.workspaces (name) values ('Elsewhere')");
  for (const [workspace, flow] of [
    [1, "greeting"],
    [2, "secret-flow"],
  ] as const) {
    await database.query("insert into holdfast.flows (workspace, id, live_version) values ($1, $2, 2)", [
      workspace,
      flow,
    ]);
    for (const version of [1, 2]) {
      await database.query(
        `insert into holdfast.flow_versions (flow, version, name, hash, document, manifests, published_at, published_by)
         select ref, $2::int, 'Greeting', 'hash-' || $2::text, $3, '{}', $4, 'person:p1' from holdfast.flows where id = $1`,
        [flow, version, DOCUMENT, at],
      );
    }
  }
  await database.query(
    `insert into holdfast.event_triggers (workspace, event, flow) select 1, 'greeting/asked', ref from holdfast.flows where id = 'greeting'`,
  );
  await database.query(
    `insert into holdfast.events (id, workspace, name, data, external_id, actor, via, accepted_at, refusals)
     values ($1, 1, 'greeting/asked', '{"name": "Ada"}', 'their-1', 'key:k1', 'api', $2,
             '[{"flow": "other", "code": "input_invalid", "pointer": "/name", "message": "must be a number"}]')`,
    [SAMPLE.event, at],
  );
  const run = (
    runId: string,
    status: string,
    more: { readonly [column: string]: unknown } = {},
    flow = "greeting",
  ): Promise<unknown> => {
    const row = {
      id: runId,
      workspace: flow === "greeting" ? 1 : 2,
      status,
      started_at: at,
      finished_at: ["completed", "failed", "canceled"].includes(status) ? at : null,
      actor: "key:k1",
      trigger: JSON.stringify({ type: "call" }),
      input: JSON.stringify({ name: "Ada" }),
      ...more,
    };
    const columns = Object.keys(row);
    return database.query(
      `insert into holdfast.runs (flow, flow_version, ${columns.join(", ")})
       select f.ref, v.ref, ${columns.map((_, index) => `$${index + 2}`).join(", ")}
         from holdfast.flows f join holdfast.flow_versions v on v.flow = f.ref and v.version = 2 where f.id = $1`,
      [flow, ...Object.values(row)],
    );
  };
  await run(SAMPLE.waiting, "waiting", { requester: "ada@example.com", trigger_event: SAMPLE.event });
  await run(SAMPLE.completed, "completed", {
    idempotency_key: "order-7",
    output: JSON.stringify({ $payload: SAMPLE.payload }),
  });
  await run(SAMPLE.failed, "failed", {
    error: JSON.stringify({ kind: "fatal", code: "http_404", message: "not there" }),
  });
  await run(SAMPLE.child, "running", {
    root: SAMPLE.waiting,
    parent: SAMPLE.waiting,
    parent_node: "each",
    iteration: 0,
    body: true,
  });
  await run(SAMPLE.foreign, "running", {}, "secret-flow");
  await database.query(
    `insert into holdfast.payloads (id, run, value) values ($1, $2, '{"big": true}'), ($3, $4, '"not yours"')`,
    [SAMPLE.payload, SAMPLE.completed, SAMPLE.foreignPayload, SAMPLE.foreign],
  );
  const step = (
    runId: string,
    seq: number,
    node: string,
    more: { readonly [column: string]: unknown },
  ): Promise<unknown> => {
    const row = {
      run: runId,
      seq,
      node,
      call: "main",
      attempt: 1,
      status: "completed",
      started_at: at,
      finished_at: at,
      ...more,
    };
    const columns = Object.keys(row);
    return database.query(
      `insert into holdfast.steps (${columns.join(", ")}) values (${columns.map((_, index) => `$${index + 1}`).join(", ")})`,
      Object.values(row),
    );
  };
  await step(SAMPLE.waiting, 1, "hello", { port: "out", output: JSON.stringify({ text: "hello" }) });
  await step(SAMPLE.waiting, 2, "inner", { port: "out", output: JSON.stringify({ $payload: SAMPLE.foreignPayload }) });
  await step(SAMPLE.completed, 1, "hello", {
    port: "out",
    input: JSON.stringify({ $payload: SAMPLE.payload }),
    output: JSON.stringify({ $payload: "not an id" }),
    meta: JSON.stringify({ offline: true }),
  });
  await database.query(
    `insert into holdfast.waits (id, run, node, kind, status, opened_at, deadline, outcomes)
     values ($1, $2, 'approval', 'event', 'open', $3, $4,
             '[{"port": "approved", "event": "greeting/approved", "match": {"name": "Ada"}}]')`,
    [SAMPLE.wait, SAMPLE.waiting, at, "2026-03-08T09:30:00.123Z"],
  );
  await database.query(
    `insert into holdfast.tasks (id, workspace, run, wait, node, status, title, context, assign_to, outcomes, form, prefill,
                                 columns, requester, not_requester, opened_at, expires_at)
     values ($1, 1, $2, $3, 'approval', 'open', 'Greet Ada?', '{"name": "Ada"}', '{"roles": ["manager"]}', '{approved,rejected}',
             '{"type": "object"}', '{"loud": true}', '{name}', 'ada@example.com', true, $4, $5)`,
    [SAMPLE.task, SAMPLE.waiting, SAMPLE.wait, at, "2026-03-08T09:30:00.123Z"],
  );
  await database.query(
    `insert into holdfast.incidents (id, workspace, run, node, kind, of, attempt, key, error, status, opened_at)
     values ($1, 1, $2, 'mail', 'unknown_outcome', 'step', 1, 'k', '{"kind": "unknown", "code": "timeout", "message": "no answer"}', 'open', $3)`,
    [SAMPLE.incident, SAMPLE.waiting, at],
  );
}
