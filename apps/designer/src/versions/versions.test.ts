import { canonicalText, parseFlow, type FlowDocument } from "@holdfast/dsl";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { setName, setParam } from "../flow/change-node.ts";
import { deleteNodes } from "../flow/delete-nodes.ts";
import { command, example, manifests } from "../flow/flow.fixture.ts";
import { allNodes } from "../flow/graphs.ts";
import { changeGroups, withoutGroup, type Compared } from "./change-groups.ts";
import { sentenceOf, writeSummary } from "./summary.ts";
import { textDiff } from "./text-diff.ts";
import { unionFlow } from "./union-flow.ts";

const refund = example("refund");
const compare = (before: FlowDocument, after: FlowDocument, language: "en" | "uk" = "en"): Compared => ({
  before,
  after,
  manifests,
  language,
});

describe("changes by card", () => {
  const longer = setParam(setName(refund, "approval", "Ask a manager"), "approval", "/timeout", "9d");

  it("are told in the words of the forms", () => {
    const [group, ...more] = changeGroups(compare(refund, longer));
    expect(more).toEqual([]);
    expect(group).toMatchObject({ kind: "changed", node: "approval", title: "Ask a manager" });
    expect(group && sentenceOf(group, "en")).toMatch(/9 days instead of 7 days/);
    const [uk] = changeGroups(compare(refund, longer, "uk"));
    expect(uk && sentenceOf(uk, "uk")).toMatch(/9 днів замість 7 днів/);
  });

  it("can be taken back one by one", () => {
    const compared = compare(refund, deleteNodes(longer, ["analyze"], { heal: true }));
    const groups = changeGroups(compared);
    let flow = compared.after;
    for (const group of groups) flow = withoutGroup(flow, group, compared);
    expect(Object.keys(flow.nodes).toSorted()).toEqual(Object.keys(refund.nodes).toSorted());
    expect(flow.nodes["approval"]).toEqual(refund.nodes["approval"]);
  });

  it("can be shown and taken back whatever was done, and leave a document that can be read", () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 6 }), fc.nat(), (commands, pick) => {
        let after = refund;
        for (const one of commands) after = one(after);
        const compared = compare(refund, after);
        const groups = changeGroups(compared);
        expect(writeSummary(groups, "uk")).not.toBe("");
        const group = groups[pick % Math.max(1, groups.length)];
        const back = group === undefined ? after : withoutGroup(after, group, compared);
        expect(parseFlow(back).ok).toBe(true);
        const { flow } = unionFlow(refund, after, new Map());
        expect(allNodes(flow).size).toBeGreaterThanOrEqual(allNodes(after).size);
        expect(parseFlow(flow).ok).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it("are none between the same", () => {
    expect(changeGroups(compare(refund, structuredClone(refund)))).toEqual([]);
    expect(canonicalText(unionFlow(refund, refund, new Map()).flow)).toBe(canonicalText(refund));
  });
});

describe("texts", () => {
  it("are compared word by word, expressions whole", () => {
    expect(textDiff("Refund {{ input.amount }} now", "Refund {{ analyze.amount }} now")).toEqual([
      { kind: "same", text: "Refund ", code: false },
      { kind: "removed", text: "input.amount", code: true },
      { kind: "added", text: "analyze.amount", code: true },
      { kind: "same", text: " now", code: false },
    ]);
  });

  it("that have little in common stand one after the other", () => {
    expect(textDiff("Manager approval", "Typed by code")).toEqual([
      { kind: "removed", text: "Manager approval", code: false },
      { kind: "added", text: "Typed by code", code: false },
    ]);
  });

  it("hold both texts", () => {
    fc.assert(
      fc.property(fc.lorem({ maxCount: 12 }), fc.lorem({ maxCount: 12 }), (before, after) => {
        const parts = textDiff(before, after);
        const side = (other: string): string =>
          parts
            .filter(({ kind }) => kind !== other)
            .map(({ text }) => text)
            .join("");
        expect([side("added"), side("removed")]).toEqual([before, after]);
      }),
    );
  });
});
