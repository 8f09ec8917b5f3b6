import { defineConfig } from "vitest/config";
import type { TestProjectInlineConfiguration } from "vitest/config";

/** Packages whose tests need nothing but the processor. */
const UNIT = ["packages/dsl", "packages/engine", "packages/nodes", "packages/kit", "examples", "scripts"];

/** What runs in a browser: its logic is tested here, its pages in a real Chromium. */
const DESIGNER = ["apps/designer/src"];

/** Packages whose tests need a Postgres; the setup starts one unless DATABASE_URL names one. */
const INTEGRATION = ["packages/testkit", "apps/runtime", "bench"];

function project(name: string, folders: readonly string[], options: object = {}): TestProjectInlineConfiguration {
  return {
    test: {
      name,
      include: folders.map((folder) => `${folder}/**/*.test.{ts,tsx}`),
      exclude: ["**/node_modules/**"],
      testTimeout: 30_000,
      hookTimeout: 60_000,
      ...options,
    },
  };
}

export default defineConfig({
  test: {
    projects: [
      project("unit", UNIT),
      project("designer", DESIGNER),
      project("integration", INTEGRATION, { globalSetup: ["packages/testkit/src/vitest-postgres.ts"] }),
    ],
    coverage: {
      provider: "v8",
      reporter: ["text"],
      include: ["packages/engine/src/**/*.ts"],
      exclude: ["**/*.test.ts"],
      // The interpreter decides what happens to people's money: every line and branch of it is tested.
      thresholds: { 100: true },
    },
  },
});
