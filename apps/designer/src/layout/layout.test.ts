import { DEFAULT_PORT, keyedEdges, type FlowDocument } from "@holdfast/dsl";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { command, example, manifests } from "../flow/flow.fixture.ts";
import { findNode } from "../flow/graphs.ts";
import { cardGeometry, cardSize, portPlace } from "./card.ts";
import { EdgeRouter, routeEdges, type PlacedCard, type RoutedEdge } from "./edge-router.ts";
import { layoutFlow, placeCards, type FlowLayout } from "./layout-flow.ts";

const refund = example("refund");
const flows = ["refund", "order-lines", "export-report", "first-answer", "onboarding", "goodwill"].map(example);
const flow = fc.constantFrom(...flows);

function drawn(document: FlowDocument, { positions, cards }: FlowLayout): { cards: PlacedCard[]; edges: RoutedEdge[] } {
  const outer = ["start", ...Object.keys(document.nodes)].flatMap((id): PlacedCard[] => {
    const [at, geometry] = [positions[id], cards.get(id)];
    return at === undefined || geometry === undefined ? [] : [{ id, ...at, geometry }];
  });
  const edges = [...keyedEdges(document.edges)].map(([id, { from, port = DEFAULT_PORT, to }]) => ({
    id,
    from,
    port,
    to,
  }));
  return { cards: outer, edges };
}

function overlapping(cards: readonly PlacedCard[]): string[] {
  return cards.flatMap((a, index) =>
    cards.slice(index + 1).flatMap((b) => {
      const beside = a.x + a.geometry.width <= b.x || b.x + b.geometry.width <= a.x;
      const above = a.y + a.geometry.height <= b.y || b.y + b.geometry.height <= a.y;
      return beside || above ? [] : [`${a.id} and ${b.id}`];
    }),
  );
}

describe("cards", () => {
  it("have the sizes of the look", () => {
    const card = (sentence: string, ports: string[], rail = false) =>
      cardSize({ kind: "node", sentence, ports, rail }).height;
    const long = "Ask managers to approve the amount within 7 days, remind after 2 days";
    expect(cardSize({ kind: "trigger", sentence: "", ports: ["out"], rail: false })).toEqual({
      width: 288,
      height: 56,
    });
    expect(card("Write a text", ["out"])).toBe(72);
    expect(card("Go on by yes, or otherwise", ["yes", "otherwise"])).toBe(80);
    expect(card("Until Monday", ["out"], true)).toBe(92);
    expect(card(long, ["settled", "timeout"], true)).toBe(106);
    expect(card(long, ["approved", "rejected", "timeout"], true)).toBe(124);
  });

  it("let the first outcome leave under the icon and the deadline at the rail's end", () => {
    const ports = ["approved", "rejected", "timeout", "error"];
    const card = cardGeometry({ kind: "node", sentence: "Ask a manager ".repeat(5), ports, rail: true });
    expect(portPlace(card, "approved")).toEqual({ port: "approved", x: 28, y: 124, side: "bottom" });
    expect(portPlace(card, "rejected")).toMatchObject({ x: 112, y: 124, side: "bottom" });
    expect(portPlace(card, "timeout")).toMatchObject({ x: 288, y: 85, side: "right" });
    expect(portPlace(card, "error")).toMatchObject({ x: 288, side: "right" });
  });
});

describe("layoutFlow", () => {
  it("keeps the refund's spine straight and puts a deadline's node beside its wait", () => {
    const positions = layoutFlow(refund, manifests);
    const spine = "start order analyze proposal eligible approval payout refund settlement confirmation refunded";
    for (const id of spine.split(" ")) expect(positions[id]?.x, id).toBe(0);
    expect(positions["analyze"]).toEqual({ x: 0, y: 188 });
    expect(positions["escalate"]).toEqual({ x: 360, y: (positions["approval"]?.y ?? 0) + 62 });
    expect(positions).toEqual(refund.layout);
  });

  it("lets no cards overlap, in bodies neither, and is the same each time", () => {
    fc.assert(
      fc.property(flow, fc.array(command, { maxLength: 8 }), (document, commands) => {
        const { layout: _, ...changed } = commands.reduce((current, one) => one(current), document);
        const layout = placeCards(changed, manifests);
        expect(overlapping(drawn(changed, layout).cards)).toEqual([]);
        expect(placeCards(changed, manifests)).toEqual(layout);
      }),
      { numRuns: 60 },
    );
  });

  it("leaves cards where they are and finds free space for new ones", () => {
    fc.assert(
      fc.property(flow, fc.array(fc.nat(30), { minLength: 1, maxLength: 5 }), (document, chosen) => {
        const all = layoutFlow(document, manifests);
        const fresh = new Set(chosen.map((at) => Object.keys(document.nodes)[at] ?? ""));
        const keep = Object.fromEntries(Object.entries(all).filter(([id]) => !fresh.has(id)));
        const layout = placeCards(document, manifests, { keep });
        expect(layout.positions).toMatchObject(keep);
        expect(overlapping(drawn(document, layout).cards)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it("keeps the cards of a body inside their loop", () => {
    const lines = example("order-lines");
    const { positions, cards } = placeCards(lines, manifests);
    const loop = cards.get("lines");
    expect(findNode(lines, "reserve")?.scope).toEqual(["lines"]);
    expect(positions["reserve"]).toEqual({ x: 36, y: 58 });
    expect(loop?.width).toBe(360);
    expect(loop?.height).toBeGreaterThan((positions["line"]?.y ?? 0) + 72);
  });
});

describe("routeEdges", () => {
  it("draws the refund without crossings and under no card", () => {
    const { cards, edges } = drawn(refund, placeCards(refund, manifests));
    const routes = routeEdges(cards, edges);
    expect([...routes.values()].filter(({ path }) => path.split("M").length > 2)).toEqual([]);
    expect(routes.get("order|out|analyze")?.path).toBe("M28,158 L28,188");
    expect(routes.get("approval|timeout|escalate")).toMatchObject({ path: "M288,589 L360,589", into: "left" });
    for (const route of routes.values()) expect(crossedCards(route.points, cards), route.id).toEqual([]);
  });

  it("begins and ends every edge at its anchors, at right angles", () => {
    fc.assert(
      fc.property(flow, fc.array(command, { maxLength: 8 }), (document, commands) => {
        const changed = commands.reduce((current, one) => one(current), document);
        const { cards, edges } = drawn(changed, placeCards(changed, manifests, { keep: changed.layout ?? {} }));
        const byId = new Map(cards.map((card) => [card.id, card]));
        const routes = routeEdges(cards, edges);
        for (const { id, from, port, to } of edges) {
          const [source, target, route] = [byId.get(from), byId.get(to), routes.get(id)];
          if (source === undefined || target === undefined || route === undefined) continue;
          const place = portPlace(source.geometry, port);
          expect(route.points[0]).toEqual({ x: source.x + place.x, y: source.y + place.y });
          const end = route.points.at(-1) ?? { x: 0, y: 0 };
          const atTop = end.x === target.x + 28 && end.y === target.y;
          const atSide = end.x === target.x || end.x === target.x + target.geometry.width;
          expect(atTop || atSide).toBe(true);
          for (const [index, point] of route.points.slice(1).entries()) {
            const before = route.points[index];
            expect(before?.x === point.x || before?.y === point.y).toBe(true);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it("draws only what a moved card touches", () => {
    const { cards, edges } = drawn(refund, placeCards(refund, manifests));
    const router = new EdgeRouter(cards, edges);
    const before = new Map(router.routes);
    const touched = router.move("escalated", { x: 420, y: 700 });
    expect(touched).toContain("escalate|out|escalated");
    for (const [id, route] of router.routes) expect(route === before.get(id), id).toBe(!touched.has(id));
    expect(touched.size).toBeLessThan(4);
  });
});

function crossedCards(points: readonly { x: number; y: number }[], cards: readonly PlacedCard[]): string[] {
  return points.slice(1).flatMap((to, index) => {
    const from = points[index] ?? to;
    return cards.flatMap(({ id, x, y, geometry }) => {
      const beside = Math.max(from.x, to.x) <= x || Math.min(from.x, to.x) >= x + geometry.width;
      const above = Math.max(from.y, to.y) <= y || Math.min(from.y, to.y) >= y + geometry.height;
      return beside || above ? [] : [id];
    });
  });
}
