/** `test` with a runtime per worker and people who sign in. */
import { test as base, expect, type Page } from "@playwright/test";
import { Runtime, type DemoPerson } from "./runtime.ts";

export const test = base.extend<
  { readonly signIn: (who: string, page?: Page) => Promise<DemoPerson> },
  { readonly runtime: Runtime }
>({
  runtime: [
    // oxlint-disable-next-line eslint/no-empty-pattern -- Playwright reads the names of the fixtures from the pattern
    async ({}, use) => {
      const runtime = await Runtime.start();
      await use(runtime);
      await runtime.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  baseURL: async ({ runtime }, use) => use(runtime.url),
  signIn: async ({ page, runtime }, use) => {
    await use(async (who, other = page) => {
      const person = runtime.person(who);
      const answer = await other.request.post(`${runtime.url}/rpc/session.signIn`, {
        headers: { origin: runtime.url, "sec-fetch-site": "same-origin" },
        data: { email: person.email, password: person.password },
      });
      expect(answer.status(), await answer.text()).toBe(200);
      return person;
    });
  },
});

export { expect };
