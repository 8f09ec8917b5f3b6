/** Files of tasks over the API: whatever somebody has attached is given out as a download, and does nothing. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { ApiFixture } from "../../test/support/api-fixture.ts";
import { SAMPLE } from "../../test/support/sample-rows.ts";

let api: ApiFixture;

beforeAll(async () => {
  api = await ApiFixture.create();
});
afterAll(() => api[Symbol.asyncDispose]());

const FILE = "019a8f3e-0000-7000-8000-000000000072";

test("a page is kept, not shown", async () => {
  await api.pool.query(
    `insert into holdfast.task_files (id, task, actor, name, type, size, hash, content)
     values ($1, $2, 'key:k1', 'Rechnung "ü".html', 'text/html', 8, sha256('<script>'), '<script>')`,
    [FILE, SAMPLE.task],
  );
  const response = await api.call(`/api/v1/tasks/${SAMPLE.task}/files/${FILE}`);
  expect(await response.text()).toBe("<script>");
  expect(Object.fromEntries(response.headers)).toMatchObject({
    "content-type": "application/octet-stream",
    "content-disposition": "attachment; filename*=UTF-8''Rechnung%20%22%C3%BC%22.html",
    "content-security-policy": expect.stringMatching(/^sandbox; default-src 'none'/),
    "x-content-type-options": "nosniff",
  });
  expect(await (await api.call(`/api/v1/tasks/${SAMPLE.task}/files`)).json()).toMatchObject({
    items: [{ id: FILE, type: "text/html", size: 8 }],
  });
});

test.each(["nope", FILE.replace("72", "73")])("there is no file %s", async (file) => {
  const response = await api.call(`/api/v1/tasks/${SAMPLE.task}/files/${file}`);
  expect(await response.json()).toMatchObject({ status: 404, code: "file_not_found" });
});

test("of another workspace there is none", async () => {
  await api.pool.query("update holdfast.tasks set workspace = 2 where id = $1", [SAMPLE.task]);
  const response = await api.call(`/api/v1/tasks/${SAMPLE.task}/files/${FILE}`);
  expect(response.status).toBe(404);
  await api.pool.query("update holdfast.tasks set workspace = 1 where id = $1", [SAMPLE.task]);
});

test("what is sent is base64", async () => {
  const send = (content: string) =>
    api.call(`/api/v1/tasks/${SAMPLE.task}/files`, { json: { name: "a.txt", type: "text/plain", content } });
  expect(await (await send("not base64!")).json()).toMatchObject({ code: "body_invalid", pointer: "/content" });
  expect((await send(Buffer.from("hello").toString("base64"))).status).toBe(201);
  expect(api.services.last).toMatchObject({
    name: "addTaskFile",
    args: [expect.anything(), { task: SAMPLE.task, name: "a.txt", type: "text/plain", content: Buffer.from("hello") }],
  });
});

test("several are decided in one request, each with its answer", async () => {
  const response = await api.call("/api/v1/tasks/decisions", {
    json: { outcome: "approved", tasks: [{ id: SAMPLE.task, data: { loud: false } }] },
  });
  expect(await response.json()).toEqual({
    items: [
      {
        taskId: SAMPLE.task,
        decision: expect.objectContaining({ outcome: "approved", decided: true }),
      },
    ],
  });
});
