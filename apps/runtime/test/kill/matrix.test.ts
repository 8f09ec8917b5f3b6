/**
 * SIGKILL at every point of the way of a run, with every node type: each time another process brings the run to the
 * end that it would have had, and every keyed effect has happened once.
 *
 * Every change is tested with a fixed third; `npm run test:kill` does all.
 */
import { builtinManifests } from "@holdfast/nodes/manifests";
import { describe, expect, test } from "vitest";
import { FAILPOINTS } from "../../src/host/failpoint.ts";
import { COMBINATIONS, type Combination, impossible, MOMENTS, POSSIBLE, THIRD } from "./matrix.ts";
import { durableNode } from "./support/durable-node.ts";
import { expectNoKill, expectRecovery } from "./support/kill-and-recover.ts";
import { SCENARIOS } from "./support/scenarios.ts";
import { twoAtATime } from "./support/two-at-a-time.ts";

const all = process.env["HOLDFAST_KILL"] === "all";
const TIMEOUT = { timeout: 600_000 };

describe("the matrix", () => {
  test("has every node type with every point", () => {
    const types = [...builtinManifests, durableNode.manifest].map(({ type }) => type);
    expect([...SCENARIOS.keys()].toSorted()).toEqual(types.toSorted());
    expect(COMBINATIONS).toHaveLength(FAILPOINTS.length * types.length);
  });

  test("has every point and every type in the third", () => {
    const points = (some: readonly Combination[]) => new Set(some.map(({ point }) => point));
    const types = (some: readonly Combination[]) => new Set(some.map(({ type }) => type));
    expect(points(THIRD)).toEqual(new Set(FAILPOINTS));
    expect(types(THIRD)).toEqual(new Set(SCENARIOS.keys()));
  });
});

describe.concurrent("killed at", () => {
  test.for(all ? POSSIBLE : THIRD)("$point of $type", TIMEOUT, (combination) =>
    twoAtATime(() => expectRecovery(combination)),
  );
});

describe.concurrent("killed when", () => {
  const moments = MOMENTS.filter((_, index) => all || index % 3 === 0).map((moment) => [moment.when, moment] as const);
  test.for(moments)("%s", TIMEOUT, ([, moment]) => twoAtATime(() => expectRecovery(moment, [moment.failpoint])));
});

/** What is listed as impossible has to be so. */
describe.concurrent("never passes", () => {
  const never = COMBINATIONS.flatMap((combination) => {
    const because = impossible(combination);
    const { point, type } = combination;
    const first = point.endsWith(".before");
    return because !== undefined && first ? [[`${point} of ${type}: ${because}`, combination] as const] : [];
  });
  const proved = never.filter((_, index) => all || index % 12 === 0);
  test.for(proved)("%s", TIMEOUT, ([, combination]) => twoAtATime(() => expectNoKill(combination)));
});
