import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { documents, edited, edits } from "../../test/random-edits.ts";
import { canonicalText } from "../document/canonical.ts";
import type { FlowDocument } from "../document/flow.ts";
import type { Json } from "../json.ts";
import { applyChanges } from "./apply-changes.ts";
import { invertChanges } from "./change.ts";
import type { DocumentChange } from "./change.ts";
import { changesBetween } from "./changes-between.ts";

const document = fc.constantFrom(...documents);

const json = fc.jsonValue({ maxDepth: 3 }).map((value): Json => JSON.parse(JSON.stringify(value)));

const steps =
  "nodes edges params body layout settings timeouts dsl id __proto__ constructor approval each start|out|analyze " +
  "start|out|analyze#2 x|y 0 ";

const key = fc.constantFrom(...steps.split(" "));

const anyChange: fc.Arbitrary<DocumentChange> = fc.record(
  { path: fc.array(key, { maxLength: 6 }), before: json, after: json },
  { requiredKeys: ["path"] },
);

function expectSame(a: FlowDocument, b: FlowDocument): void {
  expect(canonicalText(a)).toBe(canonicalText(b));
}

describe("changes between two documents", () => {
  it("lead from one to the other and back", () => {
    fc.assert(
      fc.property(document, edits, edits, (flow, first, second) => {
        const before = edited(flow, first);
        const after = edited(before, second);
        const changes = changesBetween(before, after);
        const there = applyChanges(before, changes);
        expect(there.conflicts).toEqual([]);
        expectSame(there.document, after);
        const back = applyChanges(after, invertChanges(changes));
        expect(back.conflicts).toEqual([]);
        expectSame(back.document, before);
      }),
      { numRuns: 300 },
    );
  });

  it("are none where nothing differs, and none are left after they were made", () => {
    fc.assert(
      fc.property(document, edits, (flow, list) => {
        const after = edited(flow, list);
        expect(changesBetween(after, structuredClone(after))).toEqual([]);
        const { document: made } = applyChanges(flow, changesBetween(flow, after));
        expect(changesBetween(made, after)).toEqual([]);
      }),
    );
  });

  it("survive a way through JSON", () => {
    fc.assert(
      fc.property(document, edits, (flow, list) => {
        const changes = changesBetween(flow, edited(flow, list));
        expect(JSON.parse(JSON.stringify(changes))).toEqual(changes);
      }),
    );
  });

  it("commute where they are disjoint", () => {
    fc.assert(
      fc.property(document, edits, edits, (flow, first, second) => {
        const mine = changesBetween(flow, edited(flow, first));
        const theirs = changesBetween(flow, edited(flow, second)).filter((one) => mine.every((own) => apart(own, one)));
        const one = applyChanges(applyChanges(flow, mine).document, theirs);
        const other = applyChanges(applyChanges(flow, theirs).document, mine);
        expect([...one.conflicts, ...other.conflicts]).toEqual([]);
        expectSame(one.document, other.document);
      }),
    );
  });

  it("tell a conflict and leave what is there", () => {
    fc.assert(
      fc.property(document, edits, edits, (flow, first, second) => {
        const theirs = edited(flow, first);
        const mine = changesBetween(flow, edited(flow, second));
        const { document: merged, conflicts } = applyChanges(theirs, mine);
        const left = new Set(conflicts.map(({ change }) => change));
        const made = mine.filter((change) => !left.has(change));
        const again = applyChanges(theirs, made);
        expect(again.conflicts).toEqual([]);
        expectSame(again.document, merged);
        for (const { change, found } of conflicts) {
          expect(JSON.stringify(found ?? null)).not.toBe(JSON.stringify(change.after ?? null));
        }
      }),
    );
  });

  it("never throw, whatever they are", () => {
    fc.assert(
      fc.property(document, fc.array(anyChange, { maxLength: 6 }), (flow, changes) => {
        const before = JSON.stringify(flow);
        const { document: made, conflicts } = applyChanges(flow, changes);
        changesBetween(flow, made);
        expect(conflicts.length).toBeLessThanOrEqual(changes.length);
        expect(JSON.stringify(flow)).toBe(before);
        expect(Object.getPrototypeOf(made)).toBe(Object.prototype);
      }),
      { numRuns: 500 },
    );
  });
});

/** Neither path leads into the other, and both are about edges of unlike ends. */
function apart(a: DocumentChange, b: DocumentChange): boolean {
  const [one, other] = [a.path, b.path].map((path) => path.map((step) => step.replace(/#\d+$/, "")));
  const shorter = Math.min(one?.length ?? 0, other?.length ?? 0);
  return one?.slice(0, shorter).join("\0") !== other?.slice(0, shorter).join("\0");
}
