/**
 * One flow per node type: a keyed effect, the node, another keyed effect. Where a point is about the end of the run the
 * node is the last one.
 */
import type { Json, JsonObject } from "@holdfast/dsl";
import { expect } from "vitest";
import type { Failpoint } from "../../../src/host/failpoint.ts";
import type { Door } from "./door.ts";
import { edges, type Flow, keyed, unkeyed } from "./flows.ts";
import type { World } from "./world.ts";

/** What the node under test is in. */
export interface Scenario {
  readonly node: JsonObject;
  /** Ports besides the one that the flow goes on by: they lead to the end. */
  readonly otherPorts?: readonly string[];
  /** The port that the flow goes on by. Absent: `out`. Null: the node ends the run. */
  readonly port?: string | null;
  /** Whether the effect before the node is left out, because it is of the same type. */
  readonly alone?: boolean;
  /** Flows that have to be there too. */
  readonly others?: readonly Flow[];
  /** What the client does after it has started the run. */
  readonly drive?: (door: Door, run: string) => Promise<void>;
  readonly status?: "completed" | "failed";
  readonly output?: Json;
  /** How often each path of the ledger takes effect, besides `/before` and `/after`. */
  readonly effects?: { readonly [path: string]: number };
  /** Different mails that arrive. */
  readonly mails?: number;
  /** Runs in all, children and other flows included. */
  readonly runs?: number;
  /** Makes its target, before anything lives. */
  readonly prepare?: () => Promise<void>;
  /** Kills when its target has the request, if that is none of the ledgers. */
  readonly whenSent?: (kill: () => void) => Promise<void>;
  /** What its target is like in the end. */
  readonly expect?: () => Promise<void>;
}

/** Made for a world and the point at which it will be killed. */
type Make = (world: World, point: Failpoint) => Scenario;

const RETRY = { maxAttempts: 5, initialInterval: "600ms", backoff: 1, jitter: "none" };
const isTimer = (point: Failpoint): boolean => point.startsWith("timer.");

const branch: Make = () => ({
  node: { type: "branch", params: { cases: [{ port: "yes", when: "input.n == 1" }] } },
  port: "yes",
  otherPorts: ["otherwise"],
});

const dataSet: Make = () => ({ node: { type: "data.set", params: { values: { n: "{{ input.n }}" } } } });

const sleep: Make = () => ({ node: { type: "sleep", params: { for: "600ms" } } });

/** The event is accepted before the wait is there, and sent again by the client: only looking back finds it. */
const waitEvent: Make = (world) => {
  const gate = Promise.withResolvers<"answer">();
  world.ledger.judge("/before", () => gate.promise);
  return {
    node: {
      type: "wait.event",
      params: {
        outcomes: [{ port: "paid", event: "kill/paid", match: { order: "{{ input.n }}" } }],
        timeout: "1h",
      },
    },
    port: "paid",
    otherPorts: ["timeout"],
    drive: async (door) => {
      await world.ledger.arrived("/before");
      await door.send("kill/paid", { order: 1 }, "paid-1");
      gate.resolve("answer");
    },
  };
};

const child = (world: World): Flow => ({
  id: "kill-child",
  nodes: { effect: keyed(world, "/child"), done: { type: "end", params: { output: { ok: true } } } },
  edges: edges("start>effect", "effect>done"),
});

const invoke: Make = (world) => ({
  node: { type: "invoke", params: { flow: "kill-child", input: {}, timeout: "1h" } },
  others: [child(world)],
  effects: { "/child": 1 },
  runs: 2,
});

const body = (world: World): JsonObject => ({
  nodes: { effect: keyed(world, "/body"), done: { type: "end", params: { output: { index: "{{ index }}" } } } },
  edges: edges("start>effect", "effect>done"),
});

const forEach: Make = (world) => ({
  node: { type: "forEach", params: { items: [10, 20, 30], concurrency: 2, body: body(world) } },
  effects: { "/body": 3 },
  runs: 4,
});

const repeat: Make = (world) => ({
  node: {
    type: "repeat",
    params: { until: "index == 1", maxIterations: 5, pause: "600ms", body: body(world) },
  },
  effects: { "/body": 2 },
  runs: 3,
});

/** The event starts another flow: an event that is sent twice, or never, is a run too many or too few. */
const eventSend: Make = (world) => ({
  node: { type: "event.send", params: { event: "kill/told", data: { n: "{{ input.n }}" } } },
  others: [
    {
      id: "kill-listener",
      triggers: [{ type: "event", event: "kill/told" }],
      nodes: { heard: keyed(world, "/heard") },
      edges: edges("start>heard", "heard>end"),
    },
  ],
  effects: { "/heard": 1 },
  runs: 2,
});

const httpRequest: Make = (world, point) => {
  if (point.startsWith("intent.")) return { node: unkeyed(world, "/tested"), alone: true, effects: { "/tested": 1 } };
  let refusals = 0;
  if (isTimer(point)) world.ledger.judge("/tested", () => (refusals++ === 0 ? { refuse: 503 } : "answer"));
  return { node: { ...keyed(world, "/tested"), retry: RETRY }, alone: true, effects: { "/tested": 1 } };
};

const emailSend: Make = (world, point) => {
  let refusals = 0;
  if (isTimer(point)) world.mail.judge(() => (refusals++ === 0 ? "later" : "accept"));
  return {
    node: {
      type: "email.send",
      params: { to: "ada@example.com", subject: "Refund", text: "It is on its way." },
      retry: RETRY,
    },
    mails: 1,
  };
};

const ai =
  (type: "ai.object" | "ai.text" | "ai.classify" | "ai.agent", params: JsonObject): Make =>
  (world, point) => {
    let refusals = 0;
    const answer = world.model.reply;
    if (isTimer(point)) {
      world.model.reply = (request) => (refusals++ === 0 ? { kind: "error", status: 500 } : answer(request));
    }
    return { node: { type, params, retry: RETRY } };
  };

/** The label is a port, which the flow goes on by. */
const classify: Make = (world, point) => {
  world.model.reply = () => ({ kind: "json", value: { label: "yes", reason: "It says so.", confidence: 1 } });
  const labels = [{ port: "yes" }, { port: "no" }];
  const make = ai("ai.classify", { prompt: "Yes, please.", labels });
  return { ...make(world, point), port: "yes", otherPorts: ["no"] };
};

/** It uses a tool, which takes effect once, and answers then. */
const agent: Make = (world, point) => {
  const http = { method: "POST", url: `${world.ledger.url}/tested`, idempotencyHeader: "Idempotency-Key" };
  world.model.reply = ({ messages }) =>
    messages.some(({ role }) => role === "function_call_output" || role === "tool")
      ? { kind: "text", text: "It is done." }
      : { kind: "tools", calls: [{ name: "act", arguments: {} }] };
  const make = ai("ai.agent", { prompt: "Do it.", tools: [{ name: "act", description: "Does it.", http }] });
  return { ...make(world, point), effects: { "/tested": 1 } };
};

/** Its sub-steps take effect once each, whichever passage was killed. */
const durable: Make = (world, point) => ({
  node: {
    type: "kill.durable",
    params: { url: world.ledger.url, ...(point.startsWith("intent.") && { announced: true }) },
  },
  drive: (door) => door.send("kill/told", { order: 1 }, "told-1"),
  effects: { "/tested": 1, "/second": 1 },
});

/** In the database of the runs, where it takes effect once, whatever is killed. */
const postgresQuery: Make = ({ shop }, point) => ({
  node: {
    type: "postgres.query",
    credential: "shop",
    params: { sql: "select public.count_up($1) as n", values: ["tested"], mode: "write" },
    retry: RETRY,
  },
  prepare: () => shop.open({ refusals: isTimer(point) ? 1 : 0 }),
  whenSent: async (kill) => {
    const open = await shop.shut();
    void shop.knocked().then(async () => {
      kill();
      await open();
    });
  },
  expect: async () => expect(await shop.counted()).toEqual(["tested"]),
});

/** One page; read again, it is the same. */
const httpList: Make = ({ web }, point) => {
  let refusals = 0;
  if (isTimer(point)) web.judge = () => (refusals++ === 0 ? { refuse: 503 } : "answer");
  return {
    node: { type: "http.list", params: { url: `${web.url}/list` }, retry: RETRY },
    expect: async () => expect(web.answered).toContain("/list"),
  };
};

/** Of what may have been posted a person decides; where a flow would rather post twice than not, it says so. */
const message =
  (type: "slack.message" | "teams.message"): Make =>
  ({ web }, point) => {
    let refusals = 0;
    if (isTimer(point)) web.judge = () => (refusals++ === 0 ? { refuse: 429 } : "answer");
    const asks = point.startsWith("intent.");
    return {
      node: {
        type,
        credential: "chat",
        params: { text: "It is paid." },
        retry: RETRY,
        ...(asks ? {} : { onUnknown: "resend" }),
      },
      expect: async () => {
        expect(web.answered).toContain("/chat");
        if (asks) expect(web.answered).toHaveLength(1);
      },
    };
  };

const jsonTransform: Make = () => ({
  node: { type: "json.transform", params: { items: [{ n: 2 }, { n: 1 }], where: "item.n >= input.n", sum: ["n"] } },
});

const jsonValidate: Make = () => ({
  node: { type: "json.validate", params: { value: "{{ input }}", schema: { type: "object", required: ["n"] } } },
  port: "valid",
  otherPorts: ["invalid"],
});

const SCHEMA = {
  type: "object",
  properties: { isEligible: { type: "boolean" } },
  required: ["isEligible"],
  additionalProperties: false,
};

const end: Make = () => ({
  node: { type: "end", params: { output: { n: "{{ input.n }}" } } },
  port: null,
  output: { n: 1 },
});

const fail: Make = () => ({
  node: { type: "fail", params: { code: "on_purpose", message: "As the flow says." } },
  port: null,
  status: "failed",
});

/** By node type. */
export const SCENARIOS: ReadonlyMap<string, Make> = new Map([
  ["branch", branch],
  ["data.set", dataSet],
  ["sleep", sleep],
  ["wait.event", waitEvent],
  ["invoke", invoke],
  ["forEach", forEach],
  ["repeat", repeat],
  ["event.send", eventSend],
  ["http.request", httpRequest],
  ["http.list", httpList],
  ["email.send", emailSend],
  ["slack.message", message("slack.message")],
  ["teams.message", message("teams.message")],
  ["ai.object", ai("ai.object", { prompt: "Is it eligible?", schema: SCHEMA })],
  ["ai.text", ai("ai.text", { prompt: "Say yes." })],
  ["ai.classify", classify],
  ["ai.agent", agent],
  ["kill.durable", durable],
  ["postgres.query", postgresQuery],
  ["json.transform", jsonTransform],
  ["json.validate", jsonValidate],
  ["rows.read", () => ({ node: { type: "rows.read", params: { data: "a,b\n1,2\n" } } })],
  ["rows.write", () => ({ node: { type: "rows.write", params: { rows: [{ a: 1 }] } } })],
  ["end", end],
  ["fail", fail],
]);

/** The document. `last`: nothing comes after the node. */
export function flowOf(world: World, scenario: Scenario, last: boolean): Flow {
  const { node, port = "out", otherPorts = [], alone = false } = scenario;
  const after = port !== null && !last && !alone;
  return {
    id: "kill",
    input: { type: "object", properties: { n: { type: "integer" } }, required: ["n"] },
    nodes: {
      ...(alone ? {} : { before: keyed(world, "/before") }),
      tested: node,
      ...(after ? { after: keyed(world, "/after") } : {}),
    },
    edges: edges(
      ...(alone ? ["start>tested"] : ["start>before", "before>tested"]),
      ...(port === null ? [] : [`tested.${port}>${after ? "after" : "end"}`]),
      ...(after ? ["after>end"] : []),
      ...otherPorts.map((other) => `tested.${other}>end`),
    ),
  };
}
