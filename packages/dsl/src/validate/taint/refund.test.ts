/** The refund example with one of its guards taken away. */
import { readFileSync } from "node:fs";
import { refundPayment } from "@holdfast/example-payment";
import { builtinManifests } from "@holdfast/nodes/manifests";
import { describe, expect, test } from "vitest";
import type { FlowDocument } from "../../document/flow.ts";
import { parseFlow } from "../../document/parse-flow.ts";
import type { JsonObject } from "../../json.ts";
import { validateFlow } from "../validate-flow.ts";

const manifests = [...builtinManifests, refundPayment.manifest];

describe("the refund", () => {
  const example = (): FlowDocument => {
    const text = readFileSync(new URL("../../../../../examples/refund.flow.json", import.meta.url), "utf8");
    const parsed = parseFlow(JSON.parse(text));
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
    return { ...parsed.flow, tests: [] };
  };
  const codes = (flow: FlowDocument): readonly string[] =>
    validateFlow(flow, manifests)
      .issues.filter(({ severity }) => severity === "error")
      .map(({ code, pointer }) => `${code} ${pointer}`);
  const withParams = (flow: FlowDocument, id: string, params: JsonObject): FlowDocument => {
    const node = flow.nodes[id];
    if (node === undefined) throw new Error(id);
    return { ...flow, nodes: { ...flow.nodes, [id]: { ...node, params: { ...node.params, ...params } } } };
  };
  const payout = (amount: string): JsonObject => ({ values: { amount, currency: "{{ nodes.order.body.currency }}" } });
  /** As when a card is deleted: what led to it leads to what came after. */
  const without = (flow: FlowDocument, id: string, port: string): FlowDocument => {
    const next = flow.edges.find((edge) => edge.from === id && (edge.port ?? "out") === port)?.to ?? "end";
    const { [id]: _, ...nodes } = flow.nodes;
    const edges = flow.edges
      .filter((edge) => edge.from !== id)
      .map((edge) => (edge.to === id ? { ...edge, to: next } : edge));
    return reachableOnly({ ...flow, nodes, edges, layout: {} });
  };
  const reachableOnly = (flow: FlowDocument): FlowDocument => {
    const seen = new Set(["start"]);
    for (let size = 0; size !== seen.size;) {
      size = seen.size;
      for (const { from, to } of flow.edges) if (seen.has(from)) seen.add(to);
    }
    const nodes = Object.fromEntries(Object.entries(flow.nodes).filter(([id]) => seen.has(id)));
    return { ...flow, nodes, edges: flow.edges.filter(({ from }) => seen.has(from)) };
  };

  const CAPPED = "{{ min([nodes.analyze.refundAmount, nodes.order.body.total]) }}";
  const UNCAPPED = "{{ nodes.analyze.refundAmount }}";
  const REFUND = "tainted_payment /nodes/refund/params/amount";
  const MODEL_ALONE = { cases: [{ port: "yes", when: "nodes.analyze.isEligible" }] };

  test("is right as it stands", () => {
    expect(codes(example())).toEqual([]);
  });

  test("without the cap it rests on the manager alone, without the manager on the cap alone", () => {
    const uncapped = withParams(example(), "payout", payout("{{ nodes.approval.data.amount }}"));
    expect(codes(uncapped)).toEqual([]);
    const unasked = withParams(without(example(), "approval", "approved"), "payout", payout(CAPPED));
    expect(codes(unasked)).toEqual([]);
  });

  test.each<[string, () => FlowDocument, readonly string[]]>([
    [
      "the manager, where nothing caps",
      () => withParams(without(example(), "approval", "approved"), "payout", payout(UNCAPPED)),
      [REFUND],
    ],
    [
      "the cap, where nobody is asked",
      () => withParams(without(example(), "approval", "approved"), "payout", payout("{{ nodes.proposal.amount }}")),
      [],
    ],
    [
      "the cap of the proposal as well",
      () =>
        withParams(
          withParams(without(example(), "approval", "approved"), "payout", payout("{{ nodes.proposal.amount }}")),
          "proposal",
          payout(UNCAPPED),
        ),
      [REFUND],
    ],
    [
      "what the shop knows of the order, where nobody is asked",
      () =>
        withParams(
          withParams(without(example(), "approval", "approved"), "payout", payout(CAPPED)),
          "eligible",
          MODEL_ALONE,
        ),
      ["tainted_payment /nodes/refund/type"],
    ],
    ["the manager's own amount", () => withParams(example(), "payout", payout(UNCAPPED)), [REFUND]],
    [
      "the order as the payee",
      () => withParams(example(), "refund", { orderId: "{{ input.orderId }}x" }),
      // The manager has seen the order's number, in the question: made of it is not the number itself.
      [],
    ],
    [
      "the order as the payee, for what a model says",
      () => withParams(example(), "refund", { orderId: "{{ nodes.analyze.reason }}x" }),
      [],
    ],
    [
      "an approval that nobody gave",
      () => ({
        ...withParams(example(), "payout", payout(UNCAPPED)),
        edges: example().edges.map((edge) =>
          edge.port === "timeout" && edge.from === "approval" ? { ...edge, to: "payout" } : edge,
        ),
      }),
      [REFUND],
    ],
  ])("takes away %s", (_, mutant, expected) => {
    expect(codes(reachableOnly(mutant()))).toEqual(expected);
  });
});
