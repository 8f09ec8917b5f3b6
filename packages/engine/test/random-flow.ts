/** Random valid flows: acyclic, every node reached, every port connected; branches, joins of both kinds, loops, ends. */
import fc from "fast-check";
import type { Edge, FlowDocument, JsonObject } from "@holdfast/dsl";
import { graph, lookup, flow } from "./flow.ts";
import { compilePlan } from "../src/index.ts";
import type { Plan } from "../src/index.ts";

interface NodeChoice {
  readonly type: "act" | "fork" | "stop" | "keyed" | "loop";
  readonly join: "all" | "any";
  readonly attempts: number;
  readonly onExhausted: "incident" | "fail";
  readonly compensate: boolean;
  readonly errorPort: boolean;
  /** Where its ports lead, and whence it is reached: taken modulo what there is. */
  readonly picks: readonly number[];
}

const nodeChoice: fc.Arbitrary<NodeChoice> = fc.record({
  type: fc.constantFrom("act", "act", "fork", "fork", "stop", "keyed", "loop"),
  join: fc.constantFrom("all", "all", "any"),
  attempts: fc.integer({ min: 1, max: 3 }),
  onExhausted: fc.constantFrom("incident", "fail"),
  compensate: fc.boolean(),
  errorPort: fc.boolean(),
  picks: fc.array(fc.nat({ max: 99 }), { minLength: 6, maxLength: 6 }),
});

const randomFlow: fc.Arbitrary<FlowDocument> = fc
  .array(nodeChoice, { minLength: 1, maxLength: 9, size: "max" })
  .map((choices) => ({ ...flow("start > end"), ...build(choices) }));

export const randomPlan: fc.Arbitrary<Plan> = randomFlow.map((document) => compilePlan(document, lookup).root);

function build(choices: readonly NodeChoice[]): Pick<FlowDocument, "nodes" | "edges"> {
  const names = choices.map((_, index) => `n${index}`);
  const edges: Edge[] = [];
  choices.forEach((choice, index) => {
    const sources = outlets(choices.slice(0, index), names);
    const first = sources[(choice.picks[0] ?? 0) % sources.length] ?? { from: "start" };
    const second = sources[(choice.picks[1] ?? 0) % sources.length] ?? first;
    for (const source of (choice.picks[2] ?? 0) % 3 === 0 ? [first] : [first, second]) {
      const edge = { ...source, to: names[index] ?? "" };
      if (!edges.some((known) => JSON.stringify(known) === JSON.stringify(edge))) edges.push(edge);
    }
  });
  for (const outlet of outlets(choices, names)) {
    const open = !edges.some(({ from, port = "out" }) => from === outlet.from && port === (outlet.port ?? "out"));
    if (open && outlet.from !== "start" && outlet.port !== "error") edges.push({ ...outlet, to: "end" });
  }
  return { nodes: Object.fromEntries(choices.map((choice, index) => [names[index] ?? "", spec(choice)])), edges };
}

/** Every way out of the nodes so far, `start` included. */
function outlets(choices: readonly NodeChoice[], names: readonly string[]): Omit<Edge, "to">[] {
  return [
    { from: "start" },
    ...choices.flatMap(({ type, errorPort }, index): Omit<Edge, "to">[] => {
      const from = names[index] ?? "";
      if (type === "stop") return [];
      const ports =
        type === "fork"
          ? [
              { from, port: "yes" },
              { from, port: "no" },
            ]
          : [{ from, port: "out" }];
      return errorPort ? [...ports, { from, port: "error" }] : ports;
    }),
  ];
}

const UNDONE_BODY = graph("start > inner > end", { inner: { compensate: { type: "once", params: {} } } });

const PARAMS: { readonly [type: string]: JsonObject } = { fork: { ports: ["yes", "no"] }, loop: { body: UNDONE_BODY } };

function spec({ type, join, attempts, onExhausted, compensate }: NodeChoice): FlowDocument["nodes"][string] {
  const params = PARAMS[type] ?? {};
  return {
    type,
    params,
    join,
    retry: { maxAttempts: attempts },
    onExhausted,
    ...(compensate && type !== "stop" && { compensate: { type: "once", params: {} } }),
  };
}
