import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** Nothing serious on the page, as it is shown. `state`: what the page is in the middle of. */
export async function expectNothingSerious(page: Page, state = ""): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).options({ resultTypes: ["violations"] }).analyze();
  const serious = violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, help, nodes }) => ({ id, help, where: nodes.slice(0, 5).map(({ html }) => html) }));
  expect.soft(serious, `axe, ${page.url()} ${state}`).toEqual([]);
}

/** Nothing serious on the page, in light and in dark. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await expectNothingSerious(page, colorScheme);
  }
}
