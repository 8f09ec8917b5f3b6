import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** Nothing serious on the page, in light; and in dark, where nothing but the colors is another. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const scheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    const axe = new AxeBuilder({ page });
    const { violations } = await (scheme === "light" ? axe : axe.withRules("color-contrast")).analyze();
    const serious = violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, help, nodes }) => ({ id, help, where: nodes.slice(0, 5).map(({ html }) => html) }));
    expect(serious, `axe in ${scheme}, ${page.url()}`).toEqual([]);
  }
}
