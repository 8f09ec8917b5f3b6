/** Coming in, being led where one wanted to go, and leaving. */
import { expectAccessible } from "./support/axe.ts";
import { expect, test } from "./support/test.ts";

test("a wrong password says how many tries are left; a person of the demo fills the form", async ({
  page,
  runtime,
}) => {
  const manager = runtime.person("manager");
  await page.goto("/sign-in");
  await expect(page.getByLabel("E-mail")).toBeFocused();
  await expectAccessible(page);
  await page.getByLabel("E-mail").fill(manager.email);
  await page.getByLabel("Password", { exact: true }).fill("not this one");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("alert")).toHaveText(/don’t match\. \d+ tries left\./);
  await expectAccessible(page);

  await page.getByRole("button", { name: new RegExp(manager.name) }).click();
  await expect(page.getByLabel("E-mail")).toHaveValue(manager.email);
  await expect(page.getByRole("alert")).toHaveCount(0);
  // Only Enter is missing: the focus stands on the button.
  await page.keyboard.press("Enter");
  // Who only decides sees the inbox, and nothing else.
  await expect(page).toHaveURL(/\/inbox$/);
  await expect(page.getByRole("navigation", { name: "Main" }).filter({ visible: true }).getByRole("link")).toHaveText([
    /^Inbox/,
  ]);
});

test("a link is followed after signing in, by keyboard alone; so is one after the session has ended", async ({
  page,
  context,
  runtime,
}) => {
  const analyst = runtime.person("analyst");
  const signIn = async (): Promise<void> => {
    await expect(page.getByLabel("E-mail")).toBeFocused();
    await page.keyboard.type(analyst.email);
    await page.keyboard.press("Tab");
    await page.keyboard.type(analyst.password);
    await page.keyboard.press("Enter");
  };
  await page.goto("/runs?status=failed&days=7");
  await expect(page.getByText("You came from a link to Runs.")).toBeVisible();
  await signIn();
  await expect(page).toHaveURL(/\/runs\?status=failed&days=7$/);
  await expect(page.getByRole("button", { name: /^Failed/ })).toHaveAttribute("aria-pressed", "true");

  // The session is taken away behind the page's back.
  await context.clearCookies();
  await page.getByRole("link", { name: "Events" }).click();
  await expect(page).toHaveURL(/\/sign-in\?to=/);
  await signIn();
  await expect(page).toHaveURL(/\/events$/);
});

test("signing out forgets the person", async ({ page, signIn }) => {
  const analyst = await signIn("analyst");
  await page.goto("/flows");
  await page
    .getByRole("button", { name: new RegExp(analyst.name) })
    .filter({ visible: true })
    .click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
  await page.goto("/runs");
  await expect(page).toHaveURL(/\/sign-in\?to=/);
});
