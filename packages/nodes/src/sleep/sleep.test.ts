import { expect, it } from "vitest";
import { controlContext, NOON } from "../../test/control-context.ts";
import { sleep } from "./definition.ts";

const HOUR = 3_600_000;

it.each([
  [{ for: "90m" }, NOON + 1.5 * HOUR],
  [{ for: "P1DT1H" }, NOON + 25 * HOUR],
  [{ until: "2026-11-22T15:00:00Z" }, NOON + 3 * HOUR],
  [{ until: "2026-11-22T15:00+02:00" }, NOON + HOUR],
  // Kyiv is two hours ahead in November.
  [{ until: "2026-11-22T15:00" }, NOON + HOUR],
  [{ until: "2026-11-23" }, NOON + 10 * HOUR],
  [{ until: "2020-01-01T00:00:00Z" }, Date.UTC(2020, 0, 1)],
])("%j", (params, until) => {
  expect(sleep.begin(params, controlContext())).toEqual({ type: "wait", wait: { kind: "time", until, port: "out" } });
});

it.each([
  [{}],
  [{ for: "1h", until: "2026-11-23" }],
  [{ for: "soon" }],
  [{ for: "P1M" }],
  [{ until: "tomorrow" }],
  [{ until: "2026-02-30" }],
])("refuses %j", (params) => {
  expect(sleep.begin(params, controlContext())).toMatchObject({
    type: "fail",
    error: { kind: "fatal", code: "params_invalid" },
  });
});
