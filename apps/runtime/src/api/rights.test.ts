/** Every route, tried by everybody: the table of rights is what really happens at the door. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ApiFixture } from "../../test/support/api-fixture.ts";
import { OPEN_DOORS } from "../../test/support/open-doors.ts";
import { RIGHTS, ROLES, SCOPES, type Right } from "../access/rights.ts";
import { procedures } from "../rpc/procedures.ts";
import { RPC_PATH } from "../rpc/serve-rpc.ts";
import { routes } from "./routes.ts";

/** Something that gets past the check and then finds nothing, so that no route needs a case of its own. */
const ADDRESS: Readonly<Record<string, string>> = { id: "no-such-thing", version: "1", waitId: "x" };

let api: ApiFixture;
const keysByScope = new Map<string, string>();

beforeAll(async () => {
  api = await ApiFixture.create();
  for (const scope of SCOPES) {
    const others = SCOPES.filter((other) => other !== scope);
    keysByScope.set(scope, (await api.newKey(ROLES, others)).text);
  }
});
afterAll(() => api[Symbol.asyncDispose]());

test("every action of the table belongs to a route or a procedure", () => {
  const used = [...routes, ...procedures].map(({ action }) => action).filter((action) => action !== undefined);
  expect(new Set(used)).toEqual(new Set(Object.keys(RIGHTS)));
});

test("without a key there is nothing but this", async () => {
  const open: readonly string[] = OPEN_DOORS.addresses;
  // Procedures have a table of their own, beside them.
  const apart = new Set(["/*", `${RPC_PATH}/*`]);
  const paths = api.app.routes
    .filter(({ path }) => !apart.has(path))
    .map(({ method, path }) => [method, path] as const);
  expect(
    paths
      .filter(([, path]) => open.includes(path))
      .map(([, path]) => path)
      .toSorted(),
  ).toEqual(open);
  for (const [method, path] of paths.filter(([, one]) => !open.includes(one))) {
    expect((await api.call(path.replaceAll(":", ""), { method, key: null })).status, `${method} ${path}`).toBe(401);
  }
});

describe.each(routes.map((route) => [`${route.method.toUpperCase()} ${route.path}`, route] as const))(
  "%s",
  (_, route) => {
    const right: Right = RIGHTS[route.action];
    const path = `/api/v1${route.path.replaceAll(/\{(\w+)\}/g, (_match, name: string) => ADDRESS[name] ?? "x")}`;
    const call = async (key: string | null) => {
      const response = await api.call(path, { method: route.method.toUpperCase(), key });
      const body: unknown = response.status === 204 ? {} : await response.json();
      const code = typeof body === "object" && body !== null && "code" in body ? body.code : undefined;
      return { status: response.status, code };
    };

    test("has a rule", () => expect(RIGHTS).toHaveProperty([route.action]));

    test("needs a key", async () => {
      expect(await call(null)).toEqual({ status: 401, code: "key_missing" });
      expect(await call(`hold_live_${"0".repeat(16)}_${"0".repeat(64)}`)).toEqual({ status: 401, code: "key_invalid" });
    });

    test.each(right.scope === null ? [] : [right.scope])("needs the scope %s", async (scope) => {
      const { status, code } = await call(keysByScope.get(scope) ?? "");
      // What depends on whose it is may first fail for want of a body; it is never let through.
      expect([403, 400]).toContain(status);
      expect(["missing_scope", "body_invalid"]).toContain(code);
    });

    // What belongs to somebody is let through by whose it is: `authorize` and the keys have tests of that.
    test.each(right.own === true ? [] : ROLES)("as %s", async (role) => {
      const { status } = await call(api.key(role));
      expect(status === 403).toBe(!right.roles.includes(role));
      expect(status).not.toBe(401);
      expect(status).toBeLessThan(500);
    });
  },
);
