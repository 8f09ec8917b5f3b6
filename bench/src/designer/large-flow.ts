/** A flow as large as people ever draw one: blocks in a row, each with a branch, a wait, a fork and joins. */
import type { Edge, FlowDocument, NodeSpec } from "@holdfast/dsl";

/** Nodes of one block. */
export const BLOCK = 10;

/** The same text for the same number. */
export function largeFlow(blocks: number): FlowDocument {
  const all = Array.from({ length: blocks }, (_, index) => block(index + 1, index + 1 < blocks));
  return {
    dsl: 1,
    id: "large-flow",
    name: `Large flow, ${blocks * BLOCK} nodes`,
    triggers: [{ type: "event", event: "bench/large.begun" }],
    input: { type: "object", properties: { orderId: { type: "string" } }, required: ["orderId"] },
    nodes: Object.fromEntries(all.flatMap(({ nodes }) => Object.entries(nodes))),
    edges: [{ from: "start", to: "look1" }, ...all.flatMap(({ edges }) => edges)],
  };
}

interface Block {
  readonly nodes: Readonly<Record<string, NodeSpec>>;
  readonly edges: readonly Edge[];
}

function block(k: number, hasNext: boolean): Block {
  const id = (name: string): string => `${name}${k}`;
  return {
    nodes: {
      [id("look")]: {
        type: "http.request",
        name: `Look up order ${k}`,
        params: { method: "GET", url: "http://shop.localhost/orders/{{ input.orderId }}" },
      },
      [id("check")]: {
        type: "branch",
        name: `Large enough ${k}?`,
        params: { cases: [{ port: "large", when: `nodes.look${k}.status == 200 && size(input.orderId) > 3` }] },
      },
      [id("ask")]: wait(k),
      [id("mail")]: {
        type: "email.send",
        name: `Tell the customer ${k}`,
        params: {
          to: ["customer@example.com"],
          subject: `Order {{ input.orderId }}, part ${k}`,
          text: `It was answered {{ nodes.look${k}.status }} on {{ run.startedAt }}.`,
        },
      },
      [id("sum")]: {
        type: "data.set",
        name: `Keep what came ${k}`,
        params: { values: { order: "{{ input.orderId }}", status: `{{ nodes.look${k}.status }}` } },
      },
      [id("meet")]: {
        type: "data.set",
        name: `Both are done ${k}`,
        join: "all",
        params: { values: { status: `{{ nodes.sum${k}.status }}` } },
      },
      [id("rest")]: { type: "sleep", name: `Give it a day ${k}`, params: { for: "1d" } },
      [id("escalate")]: {
        type: "event.send",
        name: `Tell whoever leads ${k}`,
        params: { event: "bench/escalated", data: { order: "{{ input.orderId }}" } },
      },
      [id("small")]: { type: "data.set", name: `Not worth asking ${k}`, params: { values: { asked: false } } },
      [id("done")]: {
        type: "data.set",
        name: `Part ${k} is done`,
        join: "any",
        params: { values: { code: `{{ nodes.look${k}.status }}` } },
      },
    },
    edges: [
      { from: id("look"), to: id("check") },
      { from: id("check"), port: "large", to: id("ask") },
      { from: id("check"), port: "otherwise", to: id("small") },
      { from: id("ask"), port: "approved", to: id("mail") },
      { from: id("ask"), port: "approved", to: id("sum") },
      { from: id("ask"), port: "rejected", to: id("rest") },
      { from: id("ask"), port: "timeout", to: id("escalate") },
      { from: id("mail"), to: id("meet") },
      { from: id("sum"), to: id("meet") },
      { from: id("meet"), to: id("done") },
      { from: id("rest"), to: id("done") },
      { from: id("escalate"), to: id("done") },
      { from: id("small"), to: id("done") },
      { from: id("done"), to: hasNext ? `look${k + 1}` : "end" },
    ],
  };
}

function wait(k: number): NodeSpec {
  const match = { orderId: "{{ input.orderId }}" };
  return {
    type: "wait.event",
    name: `Does somebody agree ${k}?`,
    params: {
      outcomes: [
        { port: "approved", event: "bench/approved", match },
        { port: "rejected", event: "bench/rejected", match },
      ],
      timeout: "7d",
      inbox: {
        title: `Order {{ input.orderId }}, part ${k}`,
        assignTo: { roles: ["manager"] },
        context: { status: `{{ nodes.look${k}.status }}` },
      },
    },
  };
}
