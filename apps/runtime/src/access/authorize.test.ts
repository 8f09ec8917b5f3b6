import { describe, expect, test } from "vitest";
import { Problem } from "../problem/problem.ts";
import { authorize, mayDo } from "./authorize.ts";
import type { Principal } from "./principal.ts";
import { ACTIONS, RIGHTS, ROLES, SCOPES, type Right, type Role } from "./rights.ts";

const person = (roles: readonly Role[], scopes?: readonly string[]): Principal => ({
  workspace: 1,
  actor: { kind: "person", id: "p1" },
  person: { id: "p1", name: "Ada", email: "ada@example.com", roles, groups: [] },
  door: "api",
  ...(scopes === undefined ? {} : { scopes }),
});

const problemOf = (act: () => void): Problem => {
  try {
    act();
  } catch (error) {
    if (error instanceof Problem) return error;
  }
  throw new Error("no problem");
};

describe.each(ACTIONS)("%s", (action) => {
  const right: Right = RIGHTS[action];

  test.each(ROLES)("as %s follows the table", (role) => {
    expect(mayDo(person([role]), action, { workspace: 1 })).toBe(right.roles.includes(role));
  });

  test("needs its scope and no other, whatever the roles", () => {
    const others = SCOPES.filter((scope) => scope !== right.scope);
    const resource = { workspace: 1, owner: "p1" };
    expect(mayDo(person(ROLES, others), action, resource)).toBe(right.scope === null);
    const own = right.scope === null ? [] : [right.scope];
    expect(mayDo(person(ROLES, own), action, resource)).toBe(right.scope !== "session");
  });

  test("is denied without any role", () => {
    expect(problemOf(() => authorize(person([]), action, { workspace: 1 })).code).toBe("missing_role");
  });

  test("reaches nothing of another workspace", () => {
    expect(problemOf(() => authorize(person(ROLES), action, { workspace: 2, owner: "p1" })).status).toBe(404);
  });
});

test("what is missing is told", () => {
  const problem = problemOf(() => authorize(person(ROLES, ["runs:read"]), "event.send", { workspace: 1 }));
  expect(problem).toMatchObject({ status: 403, code: "missing_scope", details: { scope: "events:send" } });
});

test("an owner needs no role, another person's thing does", () => {
  expect(mayDo(person(["viewer"]), "key.revoke", { workspace: 1, owner: "p1" })).toBe(true);
  expect(mayDo(person(["viewer"]), "key.revoke", { workspace: 1, owner: "p2" })).toBe(false);
});

test("nobody stands behind a bare actor: it may do nothing", () => {
  const nobody: Principal = { workspace: 1, actor: { kind: "system", id: "x" }, door: "system" };
  for (const action of ACTIONS) expect(mayDo(nobody, action, { workspace: 1 })).toBe(false);
});

test.each(["__proto__", "constructor", "toString", "no.such"])(
  "an action that is not in the table is denied: %s",
  (name) => {
    // @ts-expect-error -- not an action
    expect(mayDo(person(ROLES), name, { workspace: 1 })).toBe(false);
  },
);
