/** The flows behind the golden traces: one per thing that the engine does, and what is done to it. */
import { parseFlow } from "@holdfast/dsl";
import type { Answer, FlowDocument, Json, JsonObject } from "@holdfast/dsl";
import { controlNodes } from "@holdfast/nodes/control";
import { builtinManifests } from "@holdfast/nodes/manifests";
import { Simulation } from "../src/simulate/index.ts";
import type { SimulationSetup } from "../src/simulate/index.ts";
import { graph } from "../test/flow.ts";
import type { NodeDraft } from "../test/flow.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;

/** 2026-01-01T00:00:00Z */
const START = 1_767_225_600_000;

export interface GoldenFlow {
  readonly edges: string;
  readonly nodes?: { readonly [id: string]: NodeDraft };
  readonly settings?: JsonObject;
  readonly input?: Json;
  readonly answers?: { readonly [node: string]: Answer | readonly Answer[] };
  readonly flows?: { readonly [id: string]: Pick<GoldenFlow, "edges" | "nodes"> };
  readonly script?: (simulation: Simulation) => void;
}

export function parsed(
  id: string,
  { edges, nodes, settings }: Pick<GoldenFlow, "edges" | "nodes" | "settings">,
): FlowDocument {
  const result = parseFlow({
    dsl: 1,
    id,
    name: id,
    triggers: [{ type: "call" }],
    ...graph(edges, nodes),
    ...(settings !== undefined && { settings }),
  });
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result.flow;
}

const manifests = new Map(builtinManifests.map((manifest) => [manifest.type, manifest]));

/** What every simulation here is run with. */
export const world: Pick<SimulationSetup, "manifests" | "controls" | "now"> = {
  manifests: (type) => manifests.get(type),
  controls: controlNodes,
  now: START,
};

export function simulate(name: string, golden: GoldenFlow): Simulation {
  const flows = Object.entries(golden.flows ?? {}).map(([id, flow]): [string, FlowDocument] => [id, parsed(id, flow)]);
  const simulation = new Simulation({
    ...world,
    flow: parsed(name, golden),
    flows: new Map(flows),
    ...(golden.input !== undefined && { input: golden.input }),
    ...(golden.answers !== undefined && { answers: golden.answers }),
  });
  golden.script?.(simulation);
  return simulation;
}

const ok: Answer = { output: { ok: true } };
const down: Answer = { error: { code: "http_503", message: "Try later" } };
const wrong: Answer = { error: { code: "http_404", message: "Not there", kind: "fatal" } };
const lost: Answer = { error: { code: "http_timeout", message: "No answer", kind: "unknown" } };

const http = (more: NodeDraft = {}): NodeDraft => ({
  type: "http.request",
  params: { method: "POST", url: "https://shop.example/pay" },
  ...more,
});
const set = (values: JsonObject): NodeDraft => ({ type: "data.set", params: { values } });
const end = (output: JsonObject): NodeDraft => ({ type: "end", params: { output } });
const undo: NodeDraft = {
  compensate: { type: "http.request", params: { method: "DELETE", url: "https://shop.example/pay" } },
};
const approval = (more: JsonObject = {}): NodeDraft => ({
  type: "wait.event",
  params: {
    outcomes: [
      { port: "approved", event: "refund.approved", match: { orderId: "{{ input.orderId }}" } },
      { port: "rejected", event: "refund.rejected", match: { orderId: "{{ input.orderId }}" } },
    ],
    timeout: "7d",
    ...more,
  },
});
const approvalEdges = "start > ask:approved > paid; ask:rejected > refused; ask:timeout > escalated";
const approvalEnds = {
  paid: end({ status: "paid", by: "{{ nodes.ask.outcome }}" }),
  refused: end({ status: "refused" }),
  escalated: end({ status: "escalated", at: "{{ nodes.ask.at }}" }),
};
const order = { orderId: "ORD-1" };
const waiting: NodeDraft = { type: "wait.event", params: { outcomes: [{ port: "out", event: "never" }] } };
const body = (edges: string, nodes: { [id: string]: NodeDraft }): JsonObject => graph(edges, nodes);

export const GOLDEN: { readonly [name: string]: GoldenFlow } = {
  // start ─ a ─ pay ─ done
  sequence: {
    edges: "start > a > pay > done",
    nodes: {
      a: set({ greeting: "Hello {{ input.name }}" }),
      pay: http(),
      done: end({ said: "{{ nodes.a.greeting }}" }),
    },
    input: { name: "Ada" },
    answers: { pay: ok },
  },
  // start ─ f ┬ large ──── a ┬ m ─ end
  //           └ otherwise ─ b ┘
  branch: {
    edges: "start > f:large > a > m > end; f:otherwise > b > m",
    nodes: {
      f: { type: "branch", params: { cases: [{ port: "large", when: "input.amount > 100.0" }] } },
      a: set({ size: "large" }),
      b: set({ size: "small" }),
      m: set({ by: "{{ ports.f }}" }),
    },
    input: { amount: 250.5 },
  },
  // start ┬ a ┬ j ─ end
  //       └ b ┘
  parallel: {
    edges: "start > a > j > end; start > b > j",
    nodes: { a: http(), b: { type: "sleep", params: { for: "1m" } }, j: set({ both: true }) },
    answers: { a: ok },
    script: (simulation) => simulation.advance(MINUTE),
  },
  // start ┬ a (sleeps) ─ j ─ end      j any
  //       └ b (waits) ── j
  race: {
    edges: "start > a > j > end; start > b > j",
    nodes: {
      a: { type: "sleep", params: { for: "1m" } },
      b: waiting,
      j: { ...set({ won: "{{ has(nodes.a) }}" }), join: "any" },
    },
    script: (simulation) => simulation.advance(MINUTE),
  },
  approved: {
    edges: approvalEdges,
    nodes: { ask: approval(), ...approvalEnds },
    input: order,
    script(simulation) {
      simulation.send({ name: "refund.approved", data: { orderId: "ORD-2" } });
      simulation.advance(DAY);
      simulation.send({ name: "refund.approved", data: order, by: { id: "maria" } });
      simulation.send({ name: "refund.rejected", data: order });
    },
  },
  timeout: {
    edges: approvalEdges,
    nodes: { ask: approval(), ...approvalEnds },
    input: order,
    script: (simulation) => simulation.advance(8 * DAY),
  },
  // start ─ nap ─ ask …      the event comes before its wait
  early: {
    edges: `start > nap > ask; ${approvalEdges.slice("start > ".length)}`,
    nodes: { nap: { type: "sleep", params: { for: "1d" } }, ask: approval(), ...approvalEnds },
    input: order,
    script(simulation) {
      simulation.send({ name: "refund.rejected", data: order });
      simulation.advance(DAY);
    },
  },
  inbox: {
    edges: approvalEdges,
    nodes: {
      ask: approval({
        inbox: {
          title: "Refund for {{ input.orderId }}",
          form: { type: "object", properties: { amount: { type: "number", default: 20 } }, required: ["amount"] },
          notRequester: true,
        },
      }),
      ...approvalEnds,
    },
    settings: { requester: "{{ input.by }}" },
    input: { ...order, by: "ada" },
    script(simulation) {
      simulation.send({ name: "refund.approved", data: { ...order, amount: "much" } });
      simulation.decide({
        node: "ask",
        outcome: "approved",
        data: { amount: 12 },
        comment: "Fine",
        by: { id: "maria", name: "Maria" },
      });
    },
  },
  // start ─ pay ─ end
  retry: {
    edges: "start > pay > end",
    nodes: { pay: http({ retry: { jitter: "none", initialInterval: "2s" } }) },
    answers: { pay: [down, down, ok] },
    script: (simulation) => simulation.advance(MINUTE),
  },
  // start ─ pay ┬ out ─── end
  //             └ error ─ sorry
  errorPort: {
    edges: "start > pay > end; pay:error > sorry",
    nodes: { pay: http(), sorry: end({ why: "{{ errors.pay.code }}", tries: "{{ errors.pay.attempts }}" }) },
    answers: { pay: wrong },
  },
  exhausted: {
    edges: "start > pay > end",
    nodes: { pay: http({ retry: { maxAttempts: 2 } }) },
    answers: { pay: down },
    script: (simulation) => {
      simulation.answer("pay", ok);
      simulation.resolveIncident("pay", "retry");
    },
  },
  unknown: {
    edges: "start > pay > done",
    nodes: { pay: http(), done: end({ id: "{{ nodes.pay.id }}" }) },
    answers: { pay: lost },
    script: (simulation) => simulation.resolveIncident("pay", "complete", { output: { id: "R-1" } }),
  },
  // start ─ a ─ b ─ c ─ end      a and b are undone when c fails
  compensation: {
    edges: "start > a > b > c > end",
    nodes: { a: http(undo), b: http(undo), c: { type: "fail", params: { code: "stock", message: "Sold out" } } },
    answers: { a: ok, b: ok },
    script: () => undefined,
  },
  compensationFails: {
    edges: "start > a > nap > end",
    nodes: { a: http(undo), nap: { type: "sleep", params: { for: "1d" } } },
    answers: { a: ok },
    script(simulation) {
      simulation.failNext("a", { kind: "fatal", code: "http_409", message: "No" }, "undo");
      simulation.cancel();
      simulation.resolveIncident("a", "retry");
    },
  },
  // start ─ each { start ─ x ─ y (stop) } ─ done
  forEach: {
    edges: "start > each > done",
    nodes: {
      each: {
        type: "forEach",
        params: {
          items: "{{ input.lines }}",
          concurrency: 2,
          body: body("start > x > y", { x: http(), y: end({ line: "{{ item }}", at: "{{ index }}" }) }),
        },
      },
      done: end({ lines: "{{ nodes.each.results }}" }),
    },
    input: { lines: ["a", "b", "c"] },
    answers: { x: ok },
  },
  // the third of four lines fails; the first two are undone, the second first
  forEachFails: {
    edges: "start > each > end",
    nodes: {
      each: {
        type: "forEach",
        params: { items: [1, 2, 3, 4], concurrency: 1, body: body("start > x > end", { x: http(undo) }) },
      },
    },
    answers: { x: [ok, ok, wrong] },
  },
  forEachCollects: {
    edges: "start > each > done",
    nodes: {
      each: {
        type: "forEach",
        params: { items: [1, 2, 3], onItemError: "collect", body: body("start > x > end", { x: http() }) },
      },
      done: end({ failed: "{{ nodes.each.failed }}" }),
    },
    answers: { x: [ok, wrong, ok] },
  },
  // start ─ poll { start ─ x ─ y (stop) } ─ done
  repeat: {
    edges: "start > poll > done",
    nodes: {
      poll: {
        type: "repeat",
        params: {
          until: "last.state == 'done'",
          maxIterations: 5,
          pause: "30s",
          body: body("start > x > y", { x: http(), y: end({ state: "{{ nodes.x.state }}" }) }),
        },
      },
      done: end({ tries: "{{ nodes.poll.iterations }}" }),
    },
    answers: { x: [{ output: { state: "busy" } }, { output: { state: "done" } }] },
    script: (simulation) => simulation.advance(MINUTE),
  },
  // start ─ call ─ done
  invoke: {
    edges: "start > call > done",
    nodes: {
      call: { type: "invoke", params: { flow: "credit", input: { customer: "{{ input.customer }}" } } },
      done: end({ score: "{{ nodes.call.score }}" }),
    },
    flows: { credit: { edges: "start > score", nodes: { score: end({ score: 7, of: "{{ input.customer }}" }) } } },
    input: { customer: "C-1" },
  },
  invokeTooSlow: {
    edges: "start > call > end; call:error > late",
    nodes: {
      call: { type: "invoke", params: { flow: "slow", input: {}, timeout: "1h" } },
      late: end({ code: "{{ errors.call.code }}" }),
    },
    flows: { slow: { edges: "start > w > end", nodes: { w: waiting } } },
    script: (simulation) => simulation.advance(DAY),
  },
  cancelWhileWaiting: { edges: "start > w > end", nodes: { w: waiting }, script: (simulation) => simulation.cancel() },
  cancelWhileAsked: { edges: "start > pay > end", nodes: { pay: http() }, script: (simulation) => simulation.cancel() },
  cancelWhileChildrenRun: {
    edges: "start > a > call > end",
    nodes: { a: http(undo), call: { type: "invoke", params: { flow: "slow", input: {} } } },
    flows: { slow: { edges: "start > w > end", nodes: { w: waiting } } },
    answers: { a: ok },
    script: (simulation) => simulation.cancel(),
  },
  cancelWithIncident: {
    edges: "start > pay > end",
    nodes: { pay: http() },
    answers: { pay: lost },
    script: (simulation) => simulation.cancel(),
  },
  terminate: {
    edges: "start > a > w > end",
    nodes: { a: http(undo), w: waiting },
    answers: { a: ok },
    script: (simulation) => simulation.cancel("terminate"),
  },
  cancelWhilePaused: {
    edges: "start > a > w > end",
    nodes: { a: http(undo), w: waiting },
    answers: { a: ok },
    script(simulation) {
      simulation.pause();
      simulation.cancel();
    },
  },
  finishTimeout: {
    edges: "start > w > end",
    nodes: { w: waiting },
    settings: { timeouts: { finish: "1d" } },
    script: (simulation) => simulation.advance(2 * DAY),
  },
  retried: {
    edges: "start > pay > end; start > w > end",
    nodes: { pay: http(), w: { type: "sleep", params: { for: "1d" } } },
    answers: { pay: [wrong, ok] },
    script(simulation) {
      simulation.retry();
      simulation.advance(DAY);
    },
  },
};
