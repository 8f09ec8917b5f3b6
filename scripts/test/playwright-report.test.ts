import { expect, it } from "vitest";
import { browserTallyOf } from "./playwright-report.ts";

const report = (stats: object, errors: readonly unknown[] = []): unknown => ({
  stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0, ...stats },
  errors,
});

it.each([
  { name: "all green", report: report({ expected: 3 }), code: 0, tally: { passed: 3, failed: 0 } },
  { name: "one red", report: report({ expected: 2, unexpected: 1 }), code: 1, tally: { passed: 2, failed: 1 } },
  {
    name: "one that needed a second try",
    report: report({ expected: 2, flaky: 1 }),
    code: 0,
    tally: { passed: 3, failed: 0 },
  },
  {
    name: "three that needed a second try",
    report: report({ expected: 2, flaky: 3 }),
    code: 0,
    tally: { passed: 2, failed: 3 },
  },
  { name: "a file that could not be loaded", report: report({}, [{}]), code: 1, tally: { passed: 0, failed: 1 } },
  { name: "no test", report: report({}), code: 0, tally: { passed: 0, failed: 1 } },
  { name: "no report", report: undefined, code: 1, tally: { passed: 0, failed: 1 } },
  { name: "a bad end", report: report({ expected: 3 }), code: 1, tally: { passed: 3, failed: 1 } },
])("counts $name", ({ report: parsed, code, tally }) => {
  expect(browserTallyOf(parsed, code)).toEqual(tally);
});
