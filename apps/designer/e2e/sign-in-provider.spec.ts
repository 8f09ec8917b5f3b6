/** Coming in by an OpenID provider, from the sign-in page to the inbox; and being sent back, with the reason. */
import type { Page } from "@playwright/test";
import { CLIENT, OpenIdServer } from "@holdfast/testkit/open-id/server";
import { expectAccessible } from "./support/axe.ts";
import { Runtime } from "./support/runtime.ts";
import { expect, test as base } from "./support/test.ts";

// A runtime of their own: its provider is that of the spec.
const test = base.extend<object, { readonly provider: OpenIdServer }>({
  provider: [
    // oxlint-disable-next-line eslint/no-empty-pattern -- Playwright reads the names of the fixtures from the pattern
    async ({}, use) => {
      await using server = await OpenIdServer.start();
      await use(server);
    },
    { scope: "worker" },
  ],
  runtime: [
    async ({ provider }, use) => {
      const runtime = await Runtime.start({
        HOLDFAST_OIDC_ISSUER: provider.issuer,
        HOLDFAST_OIDC_CLIENT_ID: CLIENT.id,
        HOLDFAST_OIDC_CLIENT_SECRET: CLIENT.secret,
        HOLDFAST_OIDC_NAME: "Acme",
        HOLDFAST_OIDC_GRANTS: "approvers=role:manager",
      });
      await use(runtime);
      await runtime.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
});

async function goThere(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Sign in with Acme" }).click();
  await expect(page.getByRole("heading", { name: "Provider" })).toBeVisible();
}

async function comeBack(page: Page): Promise<void> {
  await goThere(page);
  await page.getByRole("link", { name: "Continue" }).click();
}

test("from the page that somebody came for, over the provider, and back to it", async ({
  page,
  context,
  provider,
  runtime,
}) => {
  const { email } = runtime.person("Sam");
  provider.person = { sub: "one", email, email_verified: true, name: "Somebody", groups: ["approvers"] };
  await page.goto("/inbox?mine=true");
  await expect(page).toHaveURL(/\/sign-in\?to=/);
  await expectAccessible(page);
  await comeBack(page);
  // What the provider grants counts at once.
  await expect(page).toHaveURL(/\/inbox\?mine=true$/);
  await expect(page.getByRole("heading", { name: "Inbox" })).toBeVisible();
  const cookies = await context.cookies(runtime.url);
  expect(cookies.map(({ name, httpOnly, sameSite }) => [name.replace(/\d+/, ""), httpOnly, sameSite])).toEqual([
    ["holdfast-", true, "Lax"],
  ]);
  // Nothing of the way stays in the address or in the history that a page can read.
  expect(await page.evaluate(() => document.referrer)).not.toContain("code=");
});

test("a way back that this browser has not left by leads nobody in", async ({ page, browser, provider, runtime }) => {
  provider.person = { sub: "one", email: runtime.person("manager").email, email_verified: true };
  await page.goto("/sign-in");
  await goThere(page);
  const back = (await page.getByRole("link", { name: "Continue" }).getAttribute("href")) ?? "";
  const other = await browser.newContext();
  const victim = await other.newPage();
  await victim.goto(back);
  await expect(victim.getByRole("alert")).toBeVisible();
  await expect(victim).toHaveURL(/\/sign-in\?refused=sign_in_expired$/);
  expect(await other.cookies(runtime.url)).toEqual([]);
  await other.close();
});

test("who is not let in is told why, and can still sign in with a password", async ({ page, provider, runtime }) => {
  const manager = runtime.person("manager");
  const person = { sub: "another", email: manager.email, email_verified: true };
  const refusals = [
    [{ ...person, email_verified: false }, {}, /e-mail/i],
    [{ ...person, email: "stranger@example.com" }, {}, /administrator|invit/i],
    [person, { nonce: "of another way" }, /could not agree on who you are/],
    [person, { iss: "https://evil.example" }, /could not agree on who you are/],
  ] as const;
  await page.goto("/sign-in");
  for (const [who, lie, reason] of refusals) {
    provider.person = who;
    provider.lie = lie;
    await comeBack(page);
    await expect(page).toHaveURL(/\/sign-in\?refused=/);
    await expect(page.getByRole("alert")).toHaveText(reason);
  }
  provider.lie = {};
  await expectAccessible(page);
  await page.getByLabel("E-mail").fill(manager.email);
  await page.getByLabel("Password", { exact: true }).fill(manager.password);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/inbox$/);
});
