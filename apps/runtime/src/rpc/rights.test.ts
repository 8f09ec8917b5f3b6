/** Every procedure, tried by everybody: the table of rights is what really happens at the door. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ApiFixture } from "../../test/support/api-fixture.ts";
import { OPEN_DOORS } from "../../test/support/open-doors.ts";
import { Visitor, type Answered } from "../../test/support/visitor.ts";
import { RIGHTS, ROLES, type Right, type Role } from "../access/rights.ts";
import { beginSession } from "../session/session-store.ts";
import { procedures, type Procedure } from "./procedures.ts";

let api: ApiFixture;
const visitors = new Map<Role, Visitor>();

beforeAll(async () => {
  api = await ApiFixture.create();
  for (const role of ROLES) {
    const { rows } = await api.pool.query<{ id: string }>("select id from holdfast.people where email = $1", [
      `${role}@example.com`,
    ]);
    const visitor = new Visitor(api);
    visitor.setCookie("holdfast-4400", await beginSession(api.pool, 1, rows[0]?.id ?? ""));
    visitors.set(role, visitor);
  }
});
afterAll(() => api[Symbol.asyncDispose]());

/** With nothing that fits: who is let through is told that, and who is not is told so before. */
function call(visitor: Visitor | undefined, { path, type }: Procedure): Promise<Answered> {
  const who = visitor ?? new Visitor(api);
  switch (type) {
    case "mutation":
      return who.mutate(path, {});
    case "subscription":
      return who.subscribe(path, {});
    case "query":
      return who.query(path, {});
  }
}

const closed = procedures.filter((procedure) => procedure.action !== undefined);

test("only what belongs to the door itself is open", () => {
  const open = procedures.filter(({ action }) => action === undefined).map(({ path }) => path);
  expect(open.toSorted()).toEqual(OPEN_DOORS.procedures);
});

describe.each(closed.map((procedure) => [procedure.path, procedure] as const))("%s", (_, procedure) => {
  test("needs somebody who has signed in", async () => {
    expect((await call(undefined, procedure)).problem).toMatchObject({ status: 401, code: "not_signed_in" });
    const forged = new Visitor(api);
    forged.setCookie("holdfast-4400", "A".repeat(43));
    expect((await call(forged, procedure)).problem).toMatchObject({ code: "not_signed_in" });
  });

  const { action } = procedure;
  const right: Right | undefined = action === undefined ? undefined : RIGHTS[action];

  // What belongs to somebody is let through by whose it is: `authorize` has tests of that.
  test.each(right === undefined || right.own === true ? [] : ROLES)("as %s", async (role) => {
    const { problem } = await call(visitors.get(role), procedure);
    const allowed = right?.roles.some((one) => one === role) ?? false;
    expect(problem?.["code"] === "missing_role").toBe(!allowed);
    expect(problem?.["status"]).not.toBe(401);
    expect(problem?.["status"] ?? 0).toBeLessThan(500);
  });
});
