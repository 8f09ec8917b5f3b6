import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { ApiFixture } from "../../test/support/api-fixture.ts";
import { Visitor } from "../../test/support/visitor.ts";
import { inTransaction } from "../database/transaction.ts";
import { noteOperation } from "../audit/note-operation.ts";
import { beginSession } from "../session/session-store.ts";
import type { Caller } from "../services/services.ts";
import { auditState } from "./audit.ts";

const page = z.object({
  items: z.array(
    z.looseObject({ id: z.string(), action: z.string(), target: z.string(), name: z.string().nullable() }),
  ),
  nextCursor: z.string().nullable(),
});

let api: ApiFixture;
let manager: string;

beforeAll(async () => {
  api = await ApiFixture.create();
  const { rows } = await api.pool.query<{ id: string }>(
    "select id from holdfast.people where email = 'manager@example.com'",
  );
  manager = rows[0]?.id ?? "";
  const caller: Caller = { workspace: 1, actor: { kind: "person", id: manager }, door: "app" };
  const acts = [
    { action: "task.decide", target: "task:1", after: { outcome: "approved", saw: { title: "Refund 5" } } },
    { action: "task.take_back", target: "task:1", after: { outcome: "approved" } },
    { action: "run.cancel", target: "run:1", after: { cancel: "cancel" } },
  ];
  for (const act of acts) await inTransaction(api.pool, (client) => noteOperation(client, caller, act));
});
afterAll(() => api[Symbol.asyncDispose]());

const list = async (query: string): Promise<z.infer<typeof page>> =>
  page.parse(await (await api.call(`/api/v1/audit?${query}`)).json());

const actions = async (query: string): Promise<readonly string[]> =>
  (await list(query)).items.map(({ action }) => action);

test("entries are found by who, what, to what and when", async () => {
  expect(await actions(`who=${manager}`)).toEqual(["run.cancel", "task.take_back", "task.decide"]);
  expect(await actions("who=system:nobody")).toEqual([]);
  expect(await actions("action=task")).toEqual(["task.take_back", "task.decide"]);
  expect(await actions("action=task.decide")).toEqual(["task.decide"]);
  expect(await actions("target=run:1")).toEqual(["run.cancel"]);
  expect(await actions("action=task&until=2020-01-01T00:00:00Z")).toEqual([]);
  expect(await actions("action=task&since=2020-01-01T00:00:00Z")).toHaveLength(2);
});

test("they come in pages, with what was seen and what changed", async () => {
  const first = await list(`who=${manager}&limit=2`);
  expect(first.items).toHaveLength(2);
  const second = await list(`who=${manager}&limit=2&cursor=${first.nextCursor ?? ""}`);
  expect(second).toMatchObject({
    items: [
      {
        action: "task.decide",
        actor: { kind: "person", id: manager },
        name: "manager",
        before: null,
        after: { outcome: "approved", saw: { title: "Refund 5" } },
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    ],
    nextCursor: null,
  });
});

test("a bad time is told with its place", async () => {
  const answer = await api.call("/api/v1/audit?since=yesterday");
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ code: "query_invalid", pointer: "/since" });
});

test("the pages read the same", async () => {
  const { rows } = await api.pool.query<{ id: string }>(
    "select id from holdfast.people where email = 'administrator@example.com'",
  );
  const visitor = new Visitor(api);
  visitor.setCookie("holdfast-4400", await beginSession(api.pool, 1, rows[0]?.id ?? ""));
  expect((await visitor.query("audit.list", { action: "run" })).data).toMatchObject({ items: [{ target: "run:1" }] });
  const entries = Number((await list("limit=1")).items[0]?.id);
  expect((await visitor.query("audit.get", { id: "1" })).data).toMatchObject({ id: "1", action: "person.put" });
  expect((await visitor.query("audit.get", { id: "999999" })).problem).toMatchObject({ status: 404 });
  expect((await visitor.query("audit.state")).data).toEqual({ entries, head: null, since: entries, fits: true });
});

test("the state tells the newest head, and whether its entry still has that hash", async () => {
  const insert = (seq: number, hash: string): Promise<unknown> =>
    api.pool.query(
      `insert into holdfast.audit_heads (workspace, seq, hash, at, key_id, signature)
       values (1, $1, coalesce((select hash from holdfast.operations where workspace = 1 and seq = $1 and $2 = ''), sha256($2::bytea)),
               '2026-03-01T00:00:00Z', 'k', '')`,
      [seq, hash],
    );
  await insert(3, "");
  const { entries } = await auditState(api.pool, 1);
  expect(await auditState(api.pool, 1)).toEqual({
    entries,
    head: { seq: 3, at: "2026-03-01T00:00:00.000Z", keyId: "k" },
    since: entries - 3,
    fits: true,
  });
  await insert(4, "another");
  expect(await auditState(api.pool, 1)).toMatchObject({ head: { seq: 4 }, fits: false });
});
