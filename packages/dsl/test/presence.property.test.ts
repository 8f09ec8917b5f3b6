import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isTerminal } from "../src/validate/graph.ts";
import { Presence } from "../src/validate/presence.ts";
import { reachedTogether } from "../src/validate/together.ts";
import { randomGraph, run } from "./random-graph.ts";

/** Every way to choose one number below each limit. */
function* everyChoice(limits: readonly number[]): Generator<readonly number[]> {
  const [limit, ...rest] = limits;
  if (limit === undefined) return void (yield []);
  for (let first = 0; first < Math.max(limit, 1); first++) {
    for (const others of everyChoice(rest)) yield [first, ...others];
  }
}

describe("Presence", () => {
  it("promises nothing that a run does not keep, with any joins, in any order of completion", () => {
    fc.assert(
      fc.property(randomGraph({ anyJoins: true }), fc.infiniteStream(fc.nat(1_000)), (graph, numbers) => {
        const presence = new Presence(graph);
        for (let round = 0; round < 10; round++) {
          const trace = run(graph, (_, options) => Number(numbers.next().value) % Math.max(options, 1));
          for (const [reader, completed] of trace) {
            const seen = [...presence.seenBy(reader)];
            expect(seen.filter(([id, { certain }]) => certain && !completed.has(id))).toEqual([]);
            expect(seen.filter(([id, { ports }]) => ![...ports, undefined].includes(completed.get(id)))).toEqual([]);
          }
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it("knows every node that completed before the reader on all ways to it, where no branch is asked twice", () => {
    fc.assert(
      fc.property(randomGraph({ anyJoins: false }), (graph) => {
        const single = [...graph.nodes.values()].every(({ ports }) => ports.length < 2);
        fc.pre(single);
        const presence = new Presence(graph);
        const trace = run(graph, () => 0);
        for (const [reader, completed] of trace) {
          const seen = presence.seenBy(reader);
          for (const [id] of seen) expect(seen.get(id)?.certain).toBe(completed.has(id));
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("reachedTogether", () => {
  it("finds exactly the pairs of ends that some run reaches", () => {
    fc.assert(
      fc.property(randomGraph({ anyJoins: false }), (graph) => {
        const ends = new Set([...graph.nodes.values()].filter(isTerminal).map(({ id }) => id));
        const ids = [...graph.nodes.keys()];
        const found = new Set<string>();
        for (const choice of everyChoice(ids.map((id) => graph.nodes.get(id)?.ports.length ?? 0))) {
          const trace = run(graph, (about) => (about === "" ? 0 : (choice[ids.indexOf(about)] ?? 0)));
          const reached = ids.filter((id) => ends.has(id) && trace.has(id));
          for (const a of reached) for (const b of reached) if (a < b) found.add(`${a} ${b}`);
        }
        const claimed = reachedTogether(graph, ends).map((pair) => [...pair].toSorted().join(" "));
        expect(new Set(claimed)).toEqual(found);
      }),
      { numRuns: 1_000 },
    );
  });
});
