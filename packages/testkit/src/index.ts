/** What tests and benchmarks share. Modules that only work inside vitest are imported by their own names (`@holdfast/testkit/test-database`). */
export * from "./postgres.ts";
