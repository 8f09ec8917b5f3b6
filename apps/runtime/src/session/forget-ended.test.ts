import { afterAll, beforeAll, expect, test } from "vitest";
import { ApiFixture } from "../../test/support/api-fixture.ts";
import { putPerson } from "../people/person-store.ts";
import { newPersonLink } from "../people/person-links.ts";
import { forgetEnded } from "./forget-ended.ts";
import { beginSession } from "./session-store.ts";
import { takeTry } from "./tries.ts";

const OPERATOR = { workspace: 1, actor: { kind: "system", id: "test" }, door: "system" } as const;

let api: ApiFixture;
beforeAll(async () => {
  api = await ApiFixture.create();
});
afterAll(() => api[Symbol.asyncDispose]());

test("forgets what is over, and nothing that still counts", async () => {
  const person = await putPerson(api.pool, OPERATOR, { email: "a@b.example", name: "A", roles: [], groups: [] });
  const each = async (): Promise<void> => {
    await beginSession(api.pool, 1, person);
    await newPersonLink(api.pool, OPERATOR, person, "reset");
    await takeTry(api.pool, "a@b.example", Math.random().toString());
  };
  await each();
  await api.pool.query("update holdfast.sessions set expires_at = clock_timestamp() - interval '8 days'");
  await api.pool.query("update holdfast.password_links set expires_at = clock_timestamp() - interval '8 days'");
  await api.pool.query("update holdfast.sign_in_tries set until = clock_timestamp() - interval '2 hours'");
  await each();
  await forgetEnded(api.pool);
  const { rows } = await api.pool.query(
    `select (select count(*)::int from holdfast.sessions) as sessions,
            (select count(*)::int from holdfast.password_links) as links,
            (select count(*)::int from holdfast.sign_in_tries) as tries`,
  );
  // Of the tries: the place, the person (counted anew by the second), and both.
  expect(rows).toEqual([{ sessions: 1, links: 1, tries: 3 }]);
});
