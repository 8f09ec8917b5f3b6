import { expect, test } from "vitest";
import { Findings } from "./findings.ts";
import { report } from "./report.ts";
import { reportText } from "./report-text.ts";

const MACHINE = { cpus: 2, cpu: "test", memoryGb: 4, node: "v24", postgres: "18", load: 0.1 };

function sample() {
  const findings = new Findings();
  for (const value of [2_000, 2_400, 2_200]) findings.add("holdfast.runsPerSecond.at50", value, "runs/s");
  for (const value of [100, 110, 120]) findings.add("dbos.runsPerSecond.at50", value, "runs/s");
  findings.add("waiting.diskBytesPerRun.with100000", 1_200.4, "bytes");
  findings.compare("dbos.runsPerSecond.at50", "holdfast.runsPerSecond.at50", "dbos.runsPerSecond.at50");
  findings.judge("dbos.p50.alone", 0.4);
  return report({
    startedAt: new Date("2026-01-01T00:00:00Z"),
    endedAt: new Date("2026-01-01T00:01:00Z"),
    quick: true,
    machine: MACHINE,
    findings,
    failures: [{ scenario: "history", message: "no room on disk" }],
  });
}

test("a report has ratios by the names of the targets, medians of rounds, and what failed", () => {
  expect(sample()).toEqual({
    startedAt: "2026-01-01T00:00:00.000Z",
    seconds: 60,
    quick: true,
    machine: MACHINE,
    ratios: {
      "dbos.runsPerSecond.at50": expect.objectContaining({
        value: 20,
        met: true,
        target: { atLeast: 20 },
        missedBy: 0,
      }),
      "dbos.p50.alone": expect.objectContaining({ value: 0.4, met: false, target: { atMost: 0.3 }, missedBy: 0.333 }),
    },
    figures: {
      "holdfast.runsPerSecond.at50": { value: 2_200, unit: "runs/s", rounds: [2_000, 2_400, 2_200] },
      "dbos.runsPerSecond.at50": { value: 110, unit: "runs/s", rounds: [100, 110, 120] },
      "waiting.diskBytesPerRun.with100000": { value: 1_200, unit: "bytes" },
    },
    failures: [{ scenario: "history", message: "no room on disk" }],
  });
});

test("it is JSON as it stands", () => {
  const written = sample();
  expect(JSON.parse(JSON.stringify(written))).toEqual(written);
});

test("a comparison with what was not measured is an error", () => {
  expect(() => new Findings().compare("dbos.p50.alone", "a", "b")).toThrow("a was not measured");
});

test("the worst of the rounds can be told", () => {
  const findings = new Findings();
  for (const value of [3, 9, 4]) findings.add("recovery", value, "s");
  expect(findings.worst("recovery")).toBe(9);
  expect(() => findings.worst("nothing")).toThrow(RangeError);
});

test("the text for people tells every ratio, missed ones with the share, and every failure", () => {
  const text = reportText(sample());
  expect(text).toContain("reached  dbos.runsPerSecond.at50");
  expect(text).toMatch(/missed {3}dbos\.p50\.alone.*33 %/);
  expect(text).toContain("FAILED   history: no room on disk");
});
