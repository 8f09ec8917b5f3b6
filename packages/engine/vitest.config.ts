/** `npm run coverage`: the interpreter decides what happens to people's money, so every branch of it is tested. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{src,test}/**/*.test.ts"],
    testTimeout: 60_000,
    coverage: {
      provider: "v8",
      reporter: ["text"],
      include: ["src/**/*.ts"],
      exclude: ["**/*.test.ts"],
      thresholds: { 100: true },
    },
  },
});
