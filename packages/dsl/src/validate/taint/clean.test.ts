import { describe, expect, test } from "vitest";
import type { NodeSpec } from "../../document/node.ts";
import { AMOUNT, ask, branch, edgesOf, flowOf, MODEL, ORDER, pay, straight, taintedIn } from "./taint.fixture.ts";

describe("what makes it clean", () => {
  const through = (gate: NodeSpec, port: string, amount: string): unknown =>
    flowOf(
      { order: ORDER, model: MODEL, gate, pay: pay(amount) },
      `start > order, order > model, model > gate, gate.${port} > pay, gate.${port === "yes" ? "otherwise" : "timeout"} > end, pay > end`,
    );
  const AMOUNT_OF_MODEL = "{{ nodes.model.amount }}";

  test.each<[string, boolean]>([
    ["nodes.model.amount <= nodes.order.body.total", false],
    ["nodes.model.amount < 50.0", false],
    ["50.0 >= nodes.model.amount", false],
    ["!(nodes.model.amount > 50.0)", false],
    ["nodes.order.body.refundable && nodes.model.amount <= 50.0", false],
    ["nodes.model.amount == nodes.order.body.total", false],
    ["nodes.model.amount in [10.0, 20.0]", false],
    ["nodes.model.amount > 0.0 && nodes.order.body.refundable", true],
    ["nodes.model.amount <= input.amount && nodes.order.body.refundable", true],
    ["nodes.model.amount <= 50.0 || nodes.order.body.refundable", true],
    ["nodes.model.ok && nodes.order.body.refundable", true],
  ])("a branch: %s", (when, tainted) => {
    expect(taintedIn(through(branch(when), "yes", AMOUNT_OF_MODEL))).toEqual(tainted ? [AMOUNT] : []);
  });

  test("the other way out says the opposite", () => {
    const otherwise = (when: string): unknown =>
      flowOf(
        { order: ORDER, model: MODEL, gate: branch(when), pay: pay(AMOUNT_OF_MODEL) },
        "start > order, order > model, model > gate, gate.yes > end, gate.otherwise > pay, pay > end",
      );
    expect(taintedIn(otherwise("nodes.model.amount > 100.0"))).toEqual([]);
    expect(taintedIn(otherwise("nodes.model.amount <= 100.0 && nodes.order.body.refundable"))).toContain(AMOUNT);
  });

  test("a person who has seen it, or who says it", () => {
    const seen = ask({ title: "Pay {{ nodes.model.amount }}?" });
    expect(taintedIn(through(seen, "approved", AMOUNT_OF_MODEL))).toEqual([]);
    expect(taintedIn(through(ask({}), "approved", AMOUNT_OF_MODEL))).toEqual([AMOUNT]);
    const form = { type: "object", properties: { amount: { type: "number" } }, required: ["amount"] };
    expect(taintedIn(through(ask({ form }), "approved", "{{ nodes.gate.data.amount }}"))).toEqual([]);
    expect(taintedIn(unanswered(seen))).toEqual([AMOUNT]);
  });

  /** Nobody has answered, and it pays all the same. */
  const unanswered = (gate: NodeSpec): unknown =>
    flowOf(
      { order: ORDER, model: MODEL, gate, pay: pay(AMOUNT_OF_MODEL) },
      "start > order, order > model, model > gate, gate.approved > pay, gate.timeout > pay, pay > end",
    );

  test("not a person who was only told whether there is one", () => {
    const asked = ask({ title: "{{ nodes.model.amount > 5.0 ? 'Much' : 'Little' }}, {{ has(nodes.model.amount) }}?" });
    expect(taintedIn(through(asked, "approved", AMOUNT_OF_MODEL))).toEqual([AMOUNT]);
  });

  test("not the item of another loop, nor another value of the same name", () => {
    const loop = (items: string, nodes: { readonly [id: string]: NodeSpec }, edges: string): NodeSpec => ({
      type: "forEach",
      params: { items, body: { nodes, edges: edgesOf(edges) } },
    });
    const inner = loop("{{ [input.amount] }}", { pay: pay("{{ item }}") }, "start > pay, pay > end");
    const outer = loop(
      "{{ [input.amount] }}",
      { gate: branch("item <= 50.0"), inner },
      "start > gate, gate.yes > inner, gate.otherwise > end, inner > end",
    );
    expect(taintedIn(flowOf({ order: ORDER, outer }, "start > order, order > outer, outer > end"))).toEqual([
      "tainted_payment /nodes/outer/params/body/nodes/inner/params/body/nodes/pay/params/amount",
    ]);
    expect(taintedIn(straight("{{ [input.amount].map(n, n < 5.0 ? [9.0].map(n, n)[0] : n)[0] }}"))).toEqual([AMOUNT]);
  });

  test("a person before a loop has decided for what is within", () => {
    const within = (gate: NodeSpec, port: string): unknown => {
      const body = {
        nodes: { which: branch("nodes.model.ok"), pay: pay(1) },
        edges: edgesOf("start > which, which.yes > pay, which.otherwise > end, pay > end"),
      };
      const each: NodeSpec = { type: "forEach", params: { items: [1], body } };
      const edges = `start > order, order > model, model > gate, gate.${port} > each, gate.${port === "yes" ? "otherwise" : "timeout"} > end, each > end`;
      return flowOf({ order: ORDER, model: MODEL, gate, each }, edges);
    };
    expect(taintedIn(within(ask({}), "approved"))).toEqual([]);
    expect(taintedIn(within(branch("nodes.model.kind == 'a'"), "yes"))).toEqual([
      "tainted_payment /nodes/each/params/body/nodes/pay/type",
    ]);
  });

  test("not if there is a way around", () => {
    const nodes = {
      order: ORDER,
      model: MODEL,
      fast: branch("nodes.order.body.refundable"),
      gate: ask({ title: "Pay {{ nodes.model.amount }}?" }),
      pay: pay(AMOUNT_OF_MODEL),
    };
    const edges =
      "start > order, order > model, model > fast, fast.yes > pay, fast.otherwise > gate, gate.approved > pay, gate.timeout > end, pay > end";
    expect(taintedIn(flowOf(nodes, edges))).toEqual([AMOUNT]);
  });

  test("whether it pays at all is not a model's to say alone", () => {
    const total = "{{ nodes.order.body.total }}";
    expect(taintedIn(through(branch("nodes.model.ok"), "yes", total))).toEqual(["tainted_payment /nodes/pay/type"]);
    expect(taintedIn(through(branch("nodes.model.ok && nodes.order.body.refundable"), "yes", total))).toEqual([]);
    expect(taintedIn(through(branch("nodes.order.body.refundable"), "yes", total))).toEqual([]);
    expect(taintedIn(through(branch("nodes.model.kind == 'a'"), "yes", total))).toEqual([
      "tainted_payment /nodes/pay/type",
    ]);
    expect(taintedIn(through(branch("nodes.model.payee == 'yes'"), "yes", total))).toEqual([
      "tainted_payment /nodes/pay/type",
    ]);
    expect(taintedIn(through(branch("nodes.model.small < 3.0"), "yes", total))).toEqual([
      "tainted_payment /nodes/pay/type",
    ]);
    expect(taintedIn(through(branch("nodes.model.payee == nodes.order.body.email"), "yes", total))).toEqual([]);
    expect(taintedIn(through(branch("input.amount <= 50.0"), "yes", "{{ input.amount }}"))).toEqual([]);
    expect(taintedIn(through(ask({}), "approved", total))).toEqual([]);
  });
});
