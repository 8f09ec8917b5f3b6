import { parseFlow, validateFlow, valueAt, type FlowDocument, type Issue, type NodeManifest } from "@holdfast/dsl";
import { describe, expect, it } from "vitest";
import { addNode } from "./add-node.ts";
import { whatBreaks, whatBreaksAside } from "./breaks.ts";
import { renameNode, setParam } from "./change-node.ts";
import { deleteNodes } from "./delete-nodes.ts";
import { connect, disconnect, spliceNode, whyNotConnect } from "./edges.ts";
import { fixesAside, fixesFor } from "./fixes.ts";
import { copyFragment, pasteFragment, readFragment } from "./fragment.ts";
import { createFlowStore } from "./flow-store.ts";
import { example, manifests } from "./flow.fixture.ts";
import { freeId, idFromName } from "./ids.ts";
import { addPattern, patternText, type PatternName } from "./patterns.ts";
import { settle } from "./settle.ts";
import { storyOf, storyOrder } from "./story.ts";

const refund = example("refund");

const empty: FlowDocument = {
  dsl: 1,
  id: "new-flow",
  name: "New",
  triggers: [{ type: "call" }],
  nodes: {},
  edges: [{ from: "start", to: "end" }],
};

function type(name: string): NodeManifest {
  const found = manifests.find((manifest) => manifest.type === name);
  if (found === undefined) throw new Error(name);
  return found;
}

function problems(flow: FlowDocument): string[] {
  return validateFlow(flow, manifests).issues.map(({ code }) => code);
}

describe("ids", () => {
  it("are made of names, in Latin letters", () => {
    expect(idFromName("Manager approval")).toBe("managerApproval");
    expect(idFromName("Погодження менеджера")).toBe("pohodzhenniaMenedzhera");
    expect(idFromName("Їжак, Юрій")).toBe("yizhakYurii");
    expect(idFromName("Überweisung 2")).toBe("uberweisung2");
    expect(idFromName("…")).toBeUndefined();
  });

  it("get a number if they are taken or reserved", () => {
    expect(freeId("approval", (id) => id === "approval" || id === "approval2")).toBe("approval3");
    expect(freeId("end", () => false)).toBe("end2");
  });
});

describe("addNode", () => {
  it("puts the first node between start and end", () => {
    const { flow, id } = addNode(empty, type("sleep"));
    expect(id).toBe("pause");
    expect(flow.edges).toEqual([
      { from: "start", to: "pause" },
      { from: "pause", to: "end" },
    ]);
    expect(problems(flow)).toEqual([]);
  });

  it("begins an approval with its outcomes, its deadline and events of its own", () => {
    const { flow, id } = addNode(empty, type("wait.event"), { preset: "approval", name: "Погодження" });
    expect(id).toBe("pohodzhennia");
    expect(valueAt(flow, `/nodes/${id}/params/outcomes/0/event`)).toBe("new-flow/pohodzhennia.approved");
    expect(problems(flow)).toEqual(["unconnected_port", "unconnected_port"]);
  });

  it("takes over what followed the port", () => {
    const { flow, id } = addNode(refund, type("email.send"), { after: { from: "approval", port: "timeout" } });
    expect(flow.edges).toContainEqual({ from: "approval", port: "timeout", to: id });
    expect(flow.edges).toContainEqual({ from: id, to: "escalate" });
    expect(flow.edges).not.toContainEqual({ from: "approval", port: "timeout", to: "escalate" });
  });

  it("makes a loop whose body can be filled", () => {
    const loop = addNode(empty, type("forEach"));
    const { flow, id } = addNode(loop.flow, type("sleep"), { into: loop.id });
    expect(valueAt(flow, `/nodes/${loop.id}/params/body/edges`)).toEqual([
      { from: "start", to: id },
      { from: id, to: "end" },
    ]);
    expect(problems(flow)).toEqual([]);
  });

  it("starts every type with params that can be read", () => {
    for (const manifest of manifests) expect(parseFlow(addNode(refund, manifest).flow).ok, manifest.type).toBe(true);
  });
});

describe("edges", () => {
  it("are refused where they would close a circle, cross a border or stand twice", () => {
    expect(whyNotConnect(refund, { from: "refund", to: "order" })).toBe("circle");
    expect(whyNotConnect(refund, { from: "order", to: "analyze" })).toBe("exists");
    expect(whyNotConnect(example("order-lines"), { from: "complete", to: "reserve" })).toBe("across");
    expect(whyNotConnect(refund, { from: "end", to: "order" })).toBe("end");
    expect(whyNotConnect(refund, { from: "order", port: "error", to: "escalate" })).toBeUndefined();
  });

  it("take a node in between", () => {
    const added = addNode(disconnect(refund, []), type("sleep"), { at: { x: 0, y: 0 } });
    const flow = spliceNode(added.flow, manifests, added.id, "order|out|analyze");
    expect(flow.edges).toContainEqual({ from: "order", to: added.id });
    expect(flow.edges).toContainEqual({ from: added.id, to: "analyze" });
  });
});

describe("deleteNodes", () => {
  it("closes the gap, over several nodes too", () => {
    const flow = deleteNodes(refund, ["analyze", "proposal"], { heal: true });
    expect(flow.edges).toContainEqual({ from: "order", to: "eligible" });
    expect(Object.keys(flow.layout ?? {})).not.toContain("analyze");
  });

  it("leaves the ways open where there is no telling", () => {
    const flow = deleteNodes(refund, ["approval"], { heal: true });
    expect(flow.edges.filter(({ from }) => from === "eligible").map(({ port }) => port)).toEqual(["otherwise"]);
  });

  it("says beforehand what breaks", async () => {
    const change = (flow: FlowDocument): FlowDocument => deleteNodes(flow, ["analyze"], { heal: true });
    const issues = whatBreaks(refund, manifests, change);
    expect(await whatBreaksAside(refund, manifests, change)).toEqual(issues);
    expect(issues.length).toBeGreaterThan(0);
    expect(issues.every(({ message }) => message.includes("analyze"))).toBe(true);
    expect(whatBreaks(refund, manifests, (flow) => renameNode(flow, manifests, "analyze", "verdict"))).toEqual([]);
  });
});

describe("outcomes", () => {
  it("take their edges along when they are renamed, letter by letter, and away when they go", () => {
    const set = (flow: FlowDocument, name: string): FlowDocument =>
      settle(flow, setParam(flow, "approval", "/outcomes/1/port", name), manifests);
    const renamed = ["", "n", "no"].reduce(set, refund);
    expect(renamed.edges).toContainEqual({ from: "approval", port: "no", to: "rejection" });
    const gone = settle(refund, setParam(refund, "approval", "/outcomes/1", undefined), manifests);
    expect(gone.edges.some(({ from, port }) => from === "approval" && port === "rejected")).toBe(false);
  });
});

it("keeps where the trigger was put when anything else changes", () => {
  const placed = { ...refund, layout: { ...refund.layout, start: { x: 40, y: -20 } } };
  const changed = settle(placed, deleteNodes(placed, ["escalated"], { heal: true }), manifests);
  expect(changed.layout).toMatchObject({ start: { x: 40, y: -20 } });
  expect(changed.layout).not.toHaveProperty("escalated");
});

describe("fragments", () => {
  it("come back with fresh ids, and what refers to them does, too", () => {
    const { flow, ids } = pasteFragment(refund, copyFragment(refund, ["refund", "settlement", "payout"]), {
      manifests,
    });
    expect(ids.toSorted()).toEqual(["payout2", "refund2", "settlement2"]);
    expect(valueAt(flow, "/nodes/refund2/params/amount")).toBe("{{ nodes.payout2.amount }}");
    expect(flow.edges).toContainEqual({ from: "refund2", to: "settlement2" });
  });

  it("pasted twice hide neither what was copied nor each other", () => {
    const text = copyFragment(refund, ["refund", "settlement"]);
    const once = pasteFragment(refund, text, { manifests });
    const twice = pasteFragment(once.flow, text, { manifests });
    const places = Object.values(twice.flow.layout ?? {}).map(({ x, y }) => `${x} ${y}`);
    expect(twice.ids).toEqual(["refund3", "settlement3"]);
    expect(new Set(places).size).toBe(places.length);
  });

  it("are refused where they are something else", () => {
    for (const text of ["", "hello", "[]", '{"dsl":1,"nodes":3}', '{"dsl":2,"nodes":{},"edges":[]}']) {
      expect(readFragment(text), text).toBeUndefined();
    }
  });

  it.each<PatternName>(["askRemindEscalate", "actAndConfirm"])("offer %s as a pattern", (name) => {
    expect(readFragment(patternText(name, "en"))).toBeDefined();
    const names = Object.values(readFragment(patternText(name, "uk"))?.nodes ?? {}).map((node) => node.name);
    expect(names.join(" ")).not.toMatch(/[a-z]/i);
    const flow = disconnect(empty, ["start|out|end"]);
    const added = addPattern(flow, name, { manifests, after: { from: "start" } });
    expect(added.flow.edges).toContainEqual({ from: "start", to: added.ids[0] });
    expect(added.flow.layout).toBeUndefined();
    // Where nothing leads to it, layout finds it room as well.
    expect(addPattern(refund, name, { manifests }).flow.layout).toEqual(refund.layout);
  });
});

describe("the store", () => {
  it("makes one entry of what is typed and moves the selection with it", () => {
    const store = createFlowStore({ flow: refund, manifests, checkAfter: 1e9 });
    for (const text of ["8", "8d", "8"]) {
      store.getState().run("deadline", (flow) => setParam(flow, "approval", "/timeout", text), { coalesce: "timeout" });
    }
    expect(store.getState().undoLabel).toBe("deadline");
    store.getState().undo();
    expect(store.getState().undoLabel).toBeUndefined();
    expect(store.getState().flow).toEqual(refund);
  });

  it("takes back its own and keeps what others did", () => {
    const store = createFlowStore({ flow: refund, manifests, checkAfter: 1e9 });
    store.getState().run("rename", (flow) => setParam(flow, "approval", "/timeout", "9d"));
    store.getState().replace(setParam(store.getState().flow, "settlement", "/timeout", "3d"));
    store.getState().undo();
    expect(valueAt(store.getState().flow, "/nodes/approval/params/timeout")).toBe("7d");
    expect(valueAt(store.getState().flow, "/nodes/settlement/params/timeout")).toBe("3d");
  });

  it("keeps every card where it was seen as soon as one is moved", () => {
    const { layout: _, ...plain } = refund;
    const store = createFlowStore({ flow: plain, manifests, checkAfter: 1e9 });
    store.getState().run("move", (flow) => ({ ...flow, layout: { escalated: { x: 800, y: 40 } } }));
    expect(store.getState().flow.layout).toEqual({ ...refund.layout, escalated: { x: 800, y: 40 } });
  });
});

describe("fixes", () => {
  async function fixed(flow: FlowDocument, code: string): Promise<string[]> {
    const issue = validateFlow(flow, manifests).issues.find((one): one is Issue => one.code === code);
    const fixes = issue === undefined ? [] : fixesFor(flow, manifests, issue);
    const aside = issue === undefined ? [] : await fixesAside(flow, manifests, issue);
    const told = (list: typeof fixes): unknown[] => list.map(({ label, values }) => ({ label, values }));
    expect(told(aside)).toEqual(told(fixes));
    const [fix] = fixes;
    expect(fix, code).toBeDefined();
    return problems(fix?.apply(flow) ?? flow);
  }

  it("take the issue away", async () => {
    const open = disconnect(refund, ["approval|timeout|escalate"]);
    expect(await fixed(open, "unconnected_port")).not.toContain("unconnected_port");
    const twice = { ...refund, edges: [...refund.edges, { from: "order", to: "analyze" }] };
    expect(await fixed(twice, "duplicate_edge")).toEqual([]);
    expect(await fixed(connect(refund, { from: "order", port: "nope", to: "end" }), "unknown_port")).toEqual([]);
    expect(await fixed({ ...refund, triggers: [] }, "no_trigger")).not.toContain("no_trigger");
    expect(
      await fixed({ ...refund, layout: { ...refund.layout, gone: { x: 0, y: 0 } } }, "unknown_layout_node"),
    ).toEqual([]);
    const typo = setParam(refund, "eligible", "/cases/0/when", "nodes.analyze.isEligable");
    expect(await fixed(typo, "no_such_field")).toEqual([]);
    const absent = setParam(refund, "analyze", "/prompt", "Because {{ input.reason }}");
    expect(await fixed(absent, "optional_field")).toEqual([]);
  });
});

describe("the story", () => {
  it("tells every node once, along the first outcomes", () => {
    for (const name of ["refund", "order-lines", "export-report", "first-answer"]) {
      const flow = example(name);
      const order = storyOrder(flow, manifests);
      expect(new Set(order).size).toBe(order.length);
    }
    expect(storyOrder(refund, manifests).toSorted()).toEqual(Object.keys(refund.nodes).toSorted());
    expect(storyOrder(refund, manifests).slice(0, 6)).toEqual(
      "order analyze proposal eligible approval payout".split(" "),
    );
    expect(storyOf(refund, manifests)[0]?.lines.map(({ id }) => id)).toEqual([
      "order",
      "analyze",
      "proposal",
      "eligible",
    ]);
  });
});
