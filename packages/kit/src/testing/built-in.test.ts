/** The built-in actions that speak HTTP, or to nobody, keep the contract of their kinds. */
import { actionNodes } from "@holdfast/nodes/executors";
import { expect, test } from "vitest";
import { checkNode, testNode, type CheckCase, type Target } from "./index.ts";

const url = "https://shop.example/orders";
const page: Target = (request) =>
  request.url === url ? { headers: { link: `<${url}?page=2>; rel="next"` }, body: [1, 2] } : { body: [3] };

const CASES: Readonly<Record<string, readonly CheckCase[]>> = {
  "http.request": [
    { name: "a read", params: { url }, target: () => ({ body: { id: 1 } }) },
    {
      name: "a keyed write",
      params: { method: "POST", url, body: {}, idempotencyHeader: "Idempotency-Key" },
      target: () => ({ status: 201, body: {} }),
    },
    { name: "a write", params: { method: "POST", url, body: {} }, target: () => ({ status: 201, body: {} }) },
  ],
  "http.list": [{ name: "two pages", params: { url }, target: page }],
  "slack.message": [{ name: "a line", params: { text: "Paid." }, target: () => ({ body: "ok" }) }],
  "teams.message": [{ name: "a line", params: { text: "Paid." }, target: () => ({ status: 202, body: "" }) }],
  "rows.read": [
    {
      name: "a column",
      params: { data: "id,total\n1,2\n", columns: [{ column: "total", type: "number" }] },
      target: () => ({}),
    },
  ],
  "rows.write": [{ name: "a sheet", params: { rows: [{ id: "A-1" }], format: "xlsx" }, target: () => ({}) }],
};

test.each(Object.entries(CASES))("%s", async (type, cases) => {
  const node = actionNodes.get(type);
  if (node === undefined) throw new Error(`There is no ${type}.`);
  expect(await checkNode(node, { cases })).toEqual([]);
});

test("a list goes on after a crash at the page where it was", async () => {
  const node = actionNodes.get("http.list");
  if (node === undefined) throw new Error("There is no http.list.");
  const { output, requests } = await testNode(node, {
    params: { url },
    target: page,
    crashes: [{ at: "during", step: "page-2" }],
  });
  expect(output).toEqual({ items: [1, 2, 3], pages: 2, more: false });
  expect(requests.map((request) => request.url)).toEqual([url, `${url}?page=2`, `${url}?page=2`]);
});

test("a query refuses wrong params, and gives no secret away where its server is not there", async () => {
  const node = actionNodes.get("postgres.query");
  if (node === undefined) throw new Error("There is no postgres.query.");
  const found = await checkNode(node, { cases: [{ params: { sql: "select 1" }, target: () => ({}) }] });
  expect(found).toEqual([{ code: "case_failed", where: "case 1", message: "A test's target speaks HTTP alone." }]);
});
