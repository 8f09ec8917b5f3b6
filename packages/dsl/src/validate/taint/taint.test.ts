import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { NodeManifest } from "../../contract/manifest.ts";
import type { NodeSpec } from "../../document/node.ts";
import type { Json, JsonObject } from "../../json.ts";
import { validateFlow } from "../validate-flow.ts";
import {
  AMOUNT,
  ask,
  branch,
  edgesOf,
  flowOf,
  manifests,
  MODEL,
  ORDER,
  pay,
  set,
  straight,
  taintedIn,
} from "./taint.fixture.ts";

describe("what is made of what", () => {
  test.each<[Json, boolean]>([
    ["{{ nodes.model.amount }}", true],
    ["{{ input.amount }}", true],
    ["{{ nodes.order.body.total }}", false],
    [12.5, false],
    ["{{ nodes.model.small }}", false],
    ["{{ input.tip }}", false],
    ["{{ nodes.model.amount + 1.0 }}", true],
    ["{{ nodes.order.body.total - nodes.model.amount }}", true],
    ["{{ money(nodes.model.amount, 'EUR') }}", true],
    ["{{ min([nodes.model.amount, nodes.order.body.total]) }}", false],
    ["{{ min([nodes.model.amount, 100.0]) }}", false],
    ["{{ min([nodes.model.amount, input.amount]) }}", true],
    ["{{ max([nodes.model.amount, nodes.order.body.total]) }}", true],
    ["{{ nodes.model.amount < 50.0 ? nodes.model.amount : 50.0 }}", false],
    ["{{ nodes.model.amount > 50.0 ? nodes.model.amount : 50.0 }}", true],
    ["{{ nodes.model.ok ? nodes.order.body.total : 0.0 }}", false],
    ["{{ nodes.model.kind == 'a' ? 10.0 : 20.0 }}", false],
    ["{{ sum([nodes.model.amount]) }}", true],
    ["{{ [1.0, nodes.model.amount].map(n, n * 2.0)[0] }}", true],
    ["{{ [1.0, 2.0].map(n, n * 2.0)[0] }}", false],
    ["{{ {'a': nodes.model.amount, 'b': 1.0}.b }}", false],
    ["{{ {'a': nodes.model.amount, 'b': 1.0}.a }}", true],
  ])("%j: %s", (amount, tainted) => {
    expect(taintedIn(straight(amount))).toEqual(tainted ? [AMOUNT] : []);
  });

  test("a payee, too, and an address that leads elsewhere", () => {
    expect(
      taintedIn(straight(1, { orderId: "{{ nodes.model.payee }}", url: "https://{{ input.email }}/refunds" })),
    ).toEqual(["tainted_payment /nodes/pay/params/orderId", "tainted_payment /nodes/pay/params/url"]);
  });

  test("a request that says that it moves money, and no other", () => {
    const call = (pays: boolean): unknown => {
      const params = {
        method: "POST",
        url: "https://pay.example/refunds",
        body: { amount: "{{ input.amount }}" },
        pays,
      };
      return flowOf({ call: { type: "http.request", params } }, "start > call, call > end");
    };
    expect(taintedIn(call(false))).toEqual([]);
    expect(taintedIn(call(true))).toEqual(["tainted_payment /nodes/call/params/body"]);
  });

  test("by way of other nodes, field by field", () => {
    const nodes = {
      order: ORDER,
      model: MODEL,
      first: set({ amount: "{{ nodes.model.amount }}", total: "{{ nodes.order.body.total }}" }),
      second: set({ all: "{{ nodes.first }}" }),
    };
    const edges = "start > order, order > model, model > first, first > second, second > pay, pay > end";
    expect(taintedIn(flowOf({ ...nodes, pay: pay("{{ nodes.second.all.amount }}") }, edges))).toEqual([AMOUNT]);
    expect(taintedIn(flowOf({ ...nodes, pay: pay("{{ nodes.second.all.total }}") }, edges))).toEqual([]);
  });

  test("the way is told, by the names of the nodes", () => {
    const nodes = {
      order: ORDER,
      model: { ...MODEL, name: "Judge" },
      copy: { ...set({ amount: "{{ nodes.model.amount }}" }), name: "Copy it" },
      pay: { ...pay("{{ nodes.copy.amount }}"), name: "Pay back" },
    };
    const edges = "start > order, order > model, model > copy, copy > pay, pay > end";
    const [issue] = validateFlow(flowOf(nodes, edges), manifests).issues;
    expect(issue).toMatchObject({
      code: "tainted_payment",
      severity: "error",
      message:
        "“Amount” of a payment is made of “nodes.model.amount”, which a model wrote, and nothing checks it: Judge → Copy it → Pay back.",
      hint: expect.stringContaining("Let a person approve it") as unknown,
    });
  });

  test("a service that somebody else names is not ours", () => {
    const elsewhere = { ...ORDER, params: { ...ORDER.params, url: "https://{{ input.email }}/orders" } };
    const nodes = { order: elsewhere, pay: pay("{{ nodes.order.body.total }}") };
    expect(taintedIn(flowOf(nodes, "start > order, order > pay, pay > end"))).toEqual([
      AMOUNT,
      "tainted_payment /nodes/pay/params/orderId",
    ]);
  });

  test("what a service passes on of others is said in its schema", () => {
    expect(taintedIn(straight(1, { orderId: "{{ nodes.order.body.note }}" }))).toEqual([
      "tainted_payment /nodes/pay/params/orderId",
    ]);
  });

  test("messages from outside, and the output of other flows", () => {
    const wait: NodeSpec = { type: "wait.event", params: { outcomes: [{ port: "came", event: "bank/said" }] } };
    const call: NodeSpec = { type: "invoke", params: { flow: "other" } };
    const edges = "start > order, order > wait, wait.came > call, call > pay, pay > end";
    const paying = (amount: string): unknown => flowOf({ order: ORDER, wait, call, pay: pay(amount) }, edges);
    expect(taintedIn(paying("{{ nodes.wait.data.amount }}"))).toEqual([AMOUNT]);
    expect(taintedIn(paying("{{ nodes.call.amount }}"))).toEqual([AMOUNT]);
  });

  test("a type that says nothing of its output has it from its params", () => {
    const plain = manifests.find(({ type }) => type === "data.set");
    if (plain === undefined) throw new Error("there is no data.set");
    const shape = { type: "object", properties: { n: { type: "number" }, sure: { type: "boolean" } } };
    const odd: NodeManifest = { ...plain, type: "acme.odd", output: { out: shape } };
    const paying = (n: Json): unknown =>
      flowOf(
        { order: ORDER, odd: { type: "acme.odd", params: { values: { n } } }, pay: pay("{{ nodes.odd.n }}") },
        "start > order, order > odd, odd > pay, pay > end",
      );
    expect(taintedIn(paying("{{ input.amount }}"), [odd])).toEqual([AMOUNT]);
    expect(taintedIn(paying("{{ nodes.order.body.total }}"), [odd])).toEqual([]);
    expect(taintedIn(paying("{{ input.amount }}"), [{ ...odd, kind: "action" }])).toEqual([AMOUNT]);
    expect(taintedIn(paying("{{ input.amount }}"), [{ ...odd, origin: "service" }])).toEqual([]);
    expect(taintedIn(paying(1), [{ ...odd, category: "ai" }])).toEqual([AMOUNT]);
  });

  test("items of a list, and what a loop before gave", () => {
    const body = { nodes: { pay: pay("{{ item.price }}") }, edges: edgesOf("start > pay, pay > end") };
    const loop = (items: string): unknown =>
      flowOf(
        { order: ORDER, model: MODEL, each: { type: "forEach", params: { items, body } } },
        "start > order, order > model, model > each, each > end",
      );
    const inBody = "tainted_payment /nodes/each/params/body/nodes/pay/params/amount";
    expect(taintedIn(loop("{{ [{'price': nodes.model.amount}] }}"))).toEqual([inBody]);
    expect(taintedIn(loop("{{ [{'price': nodes.order.body.total, 'note': nodes.model.payee}] }}"))).toEqual([]);
    const last = {
      nodes: {
        sum: { type: "end", params: { output: { n: "{{ has(last.n) ? last.n + input.amount : 0.0 }}" } } },
      },
      edges: edgesOf("start > sum"),
    };
    const nodes = {
      order: ORDER,
      again: { type: "repeat", params: { until: "index > 3", maxIterations: 5, body: last } },
      pay: pay("{{ nodes.again.last.n }}"),
    };
    expect(taintedIn(flowOf(nodes, "start > order, order > again, again > pay, pay > end"))).toEqual([AMOUNT]);
  });

  test("what undoes a step", () => {
    const undone: NodeSpec = {
      ...ORDER,
      compensate: pay("{{ input.amount }}", { orderId: "{{ nodes.order.body.id }}" }),
    };
    expect(taintedIn(flowOf({ order: undone }, "start > order, order > end"))).toEqual([
      "tainted_payment /nodes/order/compensate/params/amount",
    ]);
  });
});

describe("mail and rights", () => {
  const mail = (to: string, text = "Hello."): unknown => {
    const nodes = { order: ORDER, model: MODEL, mail: { type: "email.send", params: { to, subject: "Hi", text } } };
    return flowOf(nodes, "start > order, order > model, model > mail, mail > end");
  };
  const TO = "tainted_mail /nodes/mail/params/to";

  test.each<[string, string, boolean]>([
    ["{{ nodes.model.payee }}", "Hello.", true],
    ["{{ nodes.order.body.email }}", "{{ nodes.model.payee }}", false],
    ["finance@example.com", "{{ input.reason }}", false],
    // Whoever asks may be answered, and learns nothing but what they said.
    ["{{ input.email }}", "We have got your message about {{ input.orderId }}.", false],
    ["{{ input.email }}", "You live at {{ nodes.order.body.email }}.", true],
  ])("a mail to %s that says %j: %s", (to, text, tainted) => {
    expect(taintedIn(mail(to, text))).toEqual(tainted ? [TO] : []);
  });

  test("warn, and refuse nothing", () => {
    const { issues } = validateFlow(mail("{{ nodes.model.payee }}"), manifests);
    expect(issues).toMatchObject([{ code: "tainted_mail", severity: "warning" }]);
  });

  test("an address that a branch has checked", () => {
    const nodes = {
      model: MODEL,
      gate: branch('nodes.model.payee.endsWith("@example.com")'),
      mail: { type: "email.send", params: { to: "{{ nodes.model.payee }}", subject: "Hi", text: "Hello." } },
    };
    const edges = "start > model, model > gate, gate.yes > mail, gate.otherwise > end, mail > end";
    expect(taintedIn(flowOf(nodes, edges))).toEqual([]);
  });

  test("who may decide", () => {
    const nodes = { gate: ask({ assignTo: { people: ["{{ input.email }}"] } }) };
    expect(taintedIn(flowOf(nodes, "start > gate, gate.approved > end, gate.timeout > end"))).toEqual([
      "tainted_rights /nodes/gate/params/inbox/assignTo",
    ]);
  });
});

describe("an agent's tools", () => {
  const agent = (type: string, tool: JsonObject, more: JsonObject = {}): unknown => {
    const tools = [{ name: "act", description: "Acts.", node: { type, ...tool }, ...more }];
    const node: NodeSpec = { type: "ai.agent", params: { prompt: "{{ input.reason }}", tools } };
    return flowOf({ order: ORDER, agent: node }, "start > order, order > agent, agent > end");
  };
  const open = (...names: readonly string[]): JsonObject => ({
    type: "object",
    properties: Object.fromEntries(
      names.map((name) => [name, name === "amount" ? { type: "number" } : { type: "string" }]),
    ),
    required: [...names],
    additionalProperties: false,
  });
  const fixed = { url: "https://pay.example/refunds", orderId: "ORD-1" };
  const TOOL = "/nodes/agent/params/tools/0/node";

  test("pay only where a person is asked first", () => {
    const payment = { params: fixed, arguments: open("amount") };
    expect(taintedIn(agent("payments.refund", payment))).toEqual([`tainted_payment ${TOOL}`]);
    expect(taintedIn(agent("payments.refund", payment, { ask: {} }))).toEqual([]);
    // It would still be the model that says whether.
    expect(taintedIn(agent("payments.refund", { params: { ...fixed, amount: 1 } }))).toEqual([
      `tainted_payment ${TOOL}`,
    ]);
  });

  test("call a service that moves money only where a person is asked first", () => {
    const service = (http: JsonObject, more: JsonObject = {}): unknown => {
      const tools = [{ name: "act", description: "Acts.", http, ...more }];
      const node: NodeSpec = { type: "ai.agent", params: { prompt: "{{ input.reason }}", tools } };
      return flowOf({ order: ORDER, agent: node }, "start > order, order > agent, agent > end");
    };
    const http = { method: "POST", url: "https://pay.example/refunds", arguments: open("amount") };
    expect(taintedIn(service(http))).toEqual([]);
    expect(taintedIn(service({ ...http, pays: true }))).toEqual(["tainted_payment /nodes/agent/params/tools/0/http"]);
    expect(taintedIn(service({ ...http, pays: true }, { ask: {} }))).toEqual([]);
    expect(taintedIn(service({ ...http, pays: false }))).toEqual([]);
  });

  test("mail to whom the flow says", () => {
    const text = { subject: "Hi", text: "Hello." };
    expect(taintedIn(agent("email.send", { params: text, arguments: open("to") }))).toEqual([`tainted_mail ${TOOL}`]);
    expect(
      taintedIn(agent("email.send", { params: { to: "a@example.com", subject: "Hi" }, arguments: open("text") })),
    ).toEqual([]);
    expect(taintedIn(agent("email.send", { params: { ...text, to: "{{ input.email }}" } }))).toEqual([
      `tainted_mail ${TOOL}/params/to`,
    ]);
  });
});

describe("a large document", () => {
  test("is followed through two thousand nodes", () => {
    const nodes: { [id: string]: NodeSpec } = { order: ORDER, model: MODEL };
    const edges = ["start > order", "order > model"];
    let [at, amount] = ["model", "nodes.model.amount"];
    for (let index = 0; index < 1_990; index += 1) {
      const id = `n${index}`;
      const isBranch = index % 4 === 1;
      nodes[id] = isBranch ? branch(`${amount} > 1.0`) : set({ amount: `{{ ${amount} }}` });
      edges.push(`${at} > ${id}`, ...(isBranch ? [`${id}.otherwise > end`] : []));
      at = isBranch ? `${id}.yes` : id;
      amount = isBranch ? amount : `nodes.${id}.amount`;
    }
    nodes["pay"] = pay(`{{ ${amount} }}`);
    edges.push(`${at} > pay`, "pay > end");
    expect(taintedIn(flowOf(nodes, edges.join(", ")))).toEqual([AMOUNT, "tainted_payment /nodes/pay/type"]);
  });
});

describe("laws", () => {
  /** Ways to check an amount; each has the same flow without it. */
  const checks = fc.constantFrom("branch", "person", "min", "choice");
  const hops = fc.integer({ min: 0, max: 4 });

  const build = (check: string, checked: boolean, before: number, after: number): unknown => {
    const nodes: { [id: string]: NodeSpec } = { order: ORDER, model: MODEL };
    const edges = ["start > order", "order > model"];
    let [at, amount] = ["model", "nodes.model.amount"];
    const hop = (id: string): void => {
      nodes[id] = set({ amount: `{{ ${amount} }}` });
      edges.push(`${at} > ${id}`);
      [at, amount] = [id, `nodes.${id}.amount`];
    };
    for (let index = 0; index < before; index += 1) hop(`before${index}`);
    if (check === "branch" || check === "person") {
      nodes["gate"] =
        check === "branch"
          ? branch(checked ? `${amount} <= nodes.order.body.total` : "nodes.order.body.refundable")
          : ask(checked ? { context: { amount: `{{ ${amount} }}` } } : {});
      edges.push(`${at} > gate`, `gate.${check === "branch" ? "otherwise" : "timeout"} > end`);
      at = check === "branch" ? "gate.yes" : "gate.approved";
    } else if (checked) {
      amount = check === "min" ? `min([${amount}, 50.0])` : `(${amount} > 50.0 ? 50.0 : ${amount})`;
    }
    for (let index = 0; index < after; index += 1) hop(`after${index}`);
    nodes["pay"] = pay(`{{ ${amount} }}`);
    edges.push(`${at} > pay`, "pay > end");
    return flowOf(nodes, edges.join(", "));
  };

  test("a check anywhere between is enough; without it the payment is refused", () => {
    fc.assert(
      fc.property(checks, hops, hops, (check, before, after) => {
        expect(taintedIn(build(check, true, before, after))).toEqual([]);
        expect(taintedIn(build(check, false, before, after))).toEqual([AMOUNT]);
      }),
      { numRuns: 60 },
    );
  });
});
