/** Built-in actions that no server of the test's own is needed for keep the contract that nodes of packages keep. */
import type { JsonObject } from "@holdfast/dsl";
import type { ActionNode } from "@holdfast/nodes";
import { actionNodes } from "@holdfast/nodes/executors";
import { expect, it } from "vitest";
import { checkNode } from "./check-node.ts";

function built(type: string): ActionNode {
  const node = actionNodes.get(type);
  if (node === undefined) throw new Error(`there is no ${type}`);
  return node;
}

const target = () => ({});

it.each<[type: string, params: JsonObject]>([
  ["rows.read", { data: "id,total\n1,2\n", columns: [{ column: "total", type: "number" }] }],
  ["rows.write", { rows: [{ id: "A-1" }], format: "xlsx" }],
])("%s keeps its contract", async (type, params) => {
  expect(await checkNode(built(type), { cases: [{ params, target }] })).toEqual([]);
});

it("postgres.query refuses wrong params, ends when told to, and gives no secret away where its server is not there", async () => {
  const found = await checkNode(built("postgres.query"), { cases: [{ params: { sql: "select 1" }, target }] });
  expect(found).toEqual([{ code: "case_failed", where: "case 1", message: "A test's target speaks HTTP alone." }]);
});
