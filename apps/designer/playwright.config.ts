/**
 * The app in a real browser against a real runtime. `npm test` runs it after the other suites; alone:
 * `npx playwright test -c apps/designer`. An installed Chrome or Chromium is used first, else the one from npm.
 */
import { defineConfig } from "@playwright/test";
import { browserLaunch } from "@holdfast/testkit/browser";

export default defineConfig({
  testDir: "./e2e",
  testMatch: "*.spec.ts",
  outputDir: "./test-results",
  // Each worker has a runtime with its own Postgres: more than two take the machine from each other.
  workers: 2,
  fullyParallel: false,
  forbidOnly: true,
  // The list tells what needed its second try; `npm test` lets one such story pass, no more.
  retries: 1,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  use: {
    browserName: "chromium",
    actionTimeout: 15_000,
    launchOptions: await browserLaunch(),
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    timezoneId: "Europe/Kyiv",
    reducedMotion: "reduce",
    trace: "on-first-retry",
  },
});
