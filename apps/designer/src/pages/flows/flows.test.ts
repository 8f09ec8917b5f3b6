import { describe, expect, it } from "vitest";
import { readImport } from "./read-import.ts";
import { arrange, type FlowRow } from "./rows.ts";
import { flowsSearch, withText } from "./search.ts";
import { PATTERNS, patternDocument } from "./patterns.ts";
import { barHeights } from "./week-bars.tsx";

const row = (id: string, more: Partial<FlowRow> = {}): FlowRow => ({
  id,
  name: id,
  events: [],
  liveVersion: 1,
  versionCount: 1,
  archived: false,
  draft: null,
  waiting: 0,
  running: 0,
  incidents: 0,
  week: [0, 0, 0, 0, 0, 0, 0],
  owner: null,
  createdAt: "2026-11-01T00:00:00.000Z",
  editedAt: null,
  ...more,
});

const ids = (rows: readonly FlowRow[]): readonly string[] => rows.map(({ id }) => id);

describe("the rows", () => {
  const rows = [
    row("b", { name: "Refund", events: ["support/refund.requested"], waiting: 3 }),
    row("a", { name: "Onboarding", editedAt: "2026-11-20T00:00:00.000Z", waiting: 9 }),
    row("c", { name: "єдиний", incidents: 1 }),
    row("d", { name: "Flow 10" }),
    row("e", { name: "Flow 9" }),
  ];
  it("are ordered by name as people count", () => {
    expect(ids(arrange(rows, {}, "en")).slice(0, 4)).toEqual(["e", "d", "a", "b"]);
  });
  it("show first what a person must repair, then what waits", () => {
    expect(ids(arrange(rows, { sort: "waiting" }, "en")).slice(0, 3)).toEqual(["c", "a", "b"]);
  });
  it("show first what was edited last", () => {
    expect(ids(arrange(rows, { sort: "edited" }, "en"))[0]).toBe("a");
  });
  it.each([
    { q: "REQUESTED", found: ["b"] },
    { q: "flow 1", found: ["d"] },
    { q: "ЄДИНИЙ", found: ["c"] },
    { q: "nothing", found: [] },
  ])("are found by $q", ({ q, found }) => {
    expect(ids(arrange(rows, { q }, "uk"))).toEqual(found);
  });
});

describe("the address", () => {
  it("keeps what fits and forgets the rest", () => {
    expect(flowsSearch({ q: 42, sort: "waiting", archived: true, more: 1 })).toEqual({
      q: "42",
      sort: "waiting",
      archived: true,
    });
    expect(flowsSearch({ q: ["a"], sort: "best", archived: "yes" })).toEqual({});
  });
  it("has no empty search", () => {
    expect(withText({ q: "a", sort: "name" }, "")).toEqual({ sort: "name" });
  });
});

it("draws a bar for each day", () => {
  expect(barHeights([0, 1, 100, 50, 0, 0, 0])).toEqual([1, 3, 18, 9, 1, 1, 1]);
  expect(barHeights([0, 0])).toEqual([1, 1]);
});

describe("bringing a flow along", () => {
  const flow = { dsl: 1, id: "a", name: "A", triggers: [{ type: "call" }], nodes: {}, edges: [] };
  it("takes a document", () => {
    expect(readImport(JSON.stringify(flow), "")).toMatchObject({ kind: "flow", name: "A", nodes: 0 });
  });
  it("takes copied nodes", () => {
    const text = JSON.stringify({
      holdfast: "fragment",
      dsl: 1,
      nodes: { a: { type: "data.set", params: {} } },
      edges: [],
    });
    expect(readImport(text, "Copied")).toMatchObject({ kind: "flow", name: "Copied", nodes: 1 });
  });
  it("says where it stops being JSON", () => {
    expect(readImport("{", "")).toMatchObject({ kind: "notJson" });
  });
  it.each(["[]", "3", '{"name": "A"}'])("says that %s is no flow", (text) => {
    expect(readImport(text, "")).toEqual({ kind: "notFlow" });
  });
  it("tells every problem with its place", () => {
    const imported = readImport(JSON.stringify({ ...flow, color: "red", edges: [{ from: 1 }] }), "");
    expect(imported).toMatchObject({ kind: "wrong" });
    const pointers = imported.kind === "wrong" ? imported.issues.map(({ pointer }) => pointer) : [];
    expect(pointers).toEqual(expect.arrayContaining(["/color", "/edges/0/from"]));
  });
  it.each(PATTERNS)("has a flow that works for $file", async ({ file }) => {
    expect(readImport(JSON.stringify(await patternDocument(file, "en")), "")).toMatchObject({ kind: "flow" });
  });
  it("have their names in the language of the page", async () => {
    expect(await patternDocument("refund", "uk")).toMatchObject({ name: "Повернення коштів" });
    expect(await patternDocument("refund", "en")).toMatchObject({ name: "Refund processing" });
  });
});
