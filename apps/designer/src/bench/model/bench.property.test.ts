import fc from "fast-check";
import { expect, test } from "vitest";
import type { Answer } from "@holdfast/dsl";
import { nextStep, skipAhead } from "./next.ts";
import { type Played, isPlayed, play, playOn } from "./play.ts";
import { sessionOf } from "./scenarios.ts";
import { type Session, movedTo, playedOut, rested, restarted, told, withAnswer, withNext, without } from "./session.ts";
import { examples, worldOf } from "./test-world.fixture.ts";
import { type BenchView, viewOf } from "./view.ts";

const STATUSES = new Set(["running", "waiting", "completed", "failed", "canceled"]);

/** Something that a person does at the bench, by what stands open. */
type Gesture = (session: Session, view: BenchView) => Session | undefined;

const answers: Answer[] = [
  { output: {} },
  { output: { isEligible: true, refundAmount: 5, reason: "r" } },
  { error: { code: "down" } },
  { error: { code: "wrong", kind: "fatal" } },
  { error: { code: "lost", kind: "unknown" } },
];

const gestures: fc.Arbitrary<Gesture> = fc.oneof(
  fc.constant<Gesture>(nextStep),
  fc.constant<Gesture>(skipAhead),
  fc.constant<Gesture>((session) => rested(session)),
  fc.constant<Gesture>((session) => restarted(session)),
  fc.constant<Gesture>((session) => playedOut(session)),
  fc.nat({ max: 10 }).map(
    (days): Gesture =>
      (session) =>
        movedTo(session, session.until + days * 86_400_000),
  ),
  fc.nat({ max: 5 }).map(
    (index): Gesture =>
      (session) =>
        index < session.deeds.length ? without(session, index) : undefined,
  ),
  fc.constantFrom(...answers).map((answer): Gesture => (session, { needs }) => {
    const need = needs.find(({ type }) => type === "answer");
    return need?.type === "answer" ? withAnswer(session, { node: need.node, index: need.used, answer }) : undefined;
  }),
  fc.tuple(fc.nat(), fc.constantFrom(...answers)).map(([pick, answer]): Gesture => (session, { used }) => {
    const found = [...used].at(pick % Math.max(1, used.size));
    return found && withNext(session, { node: found[0], index: Math.max(0, found[1] - 1), answer });
  }),
  fc.nat().map((pick): Gesture => (session, { needs }) => {
    const need = needs.at(pick % Math.max(1, needs.length));
    if (need?.type !== "wait") return undefined;
    const outcome = need.outcomes[pick % need.outcomes.length];
    if (outcome === undefined) return undefined;
    if (need.inbox === undefined) return told(session, { type: "event", name: outcome.event, data: outcome.match });
    return told(session, { type: "decision", node: need.node, outcome: outcome.port, by: { id: "mia" } });
  }),
  fc.constantFrom("retry", "complete", "fail").map((action): Gesture => (session, { needs }) => {
    const need = needs.find(({ type }) => type === "incident");
    return need === undefined ? undefined : told(session, { type: "incident", node: need.node, run: need.run, action });
  }),
  fc.constant<Gesture>((session, { needs }) => {
    const need = needs.find(({ type }) => type === "sleep" || type === "wait");
    if (need?.type !== "sleep" && need?.type !== "wait") return undefined;
    const port = need.type === "sleep" ? need.port : (need.outcomes[0]?.port ?? "timeout");
    return told(session, { type: "skip", node: need.node, run: need.run, port });
  }),
);

const flows = [...examples.values()];
const starts = flows.flatMap((flow) => (flow.tests ?? []).map((scenario) => ({ flow, scenario })));

/** What a person would see. */
function shown(view: BenchView): object {
  const { story, nodes, edges, needs, clock, status, output, rests } = view;
  return { story, nodes: [...nodes], edges: [...edges], needs, clock, status, output, rests };
}

test("any order of skips, answers and deeds ends in a legal state; played again it is the same", () => {
  fc.assert(
    fc.property(fc.constantFrom(...starts), fc.boolean(), fc.array(gestures, { maxLength: 12 }), (start, own, acts) => {
      const { answers: given, ...bare } = start.scenario;
      const world = worldOf(start.flow);
      let session = sessionOf(own || given === undefined ? bare : { ...bare, answers: given });
      let last: Played | undefined;
      for (const act of acts) {
        const played = playOn(world, last, session);
        if (!isPlayed(played)) throw new Error(played.message);
        const live = viewOf(world, played);
        const again = play(world, session);
        if (!isPlayed(again)) throw new Error(again.message);
        expect(shown(live)).toEqual(shown(viewOf(world, again)));
        expect(STATUSES).toContain(live.status);
        expect(live.broken).toBeUndefined();
        expect(live.over && live.needs.length > 0).toBe(false);
        expect(live.rests && !live.over && live.needs.length === 0).toBe(false);
        expect(live.story.map(({ at }) => at)).toEqual(live.story.map(({ at }) => at).toSorted((a, b) => a - b));
        last = played;
        session = act(session, live) ?? session;
      }
    }),
    { numRuns: 150 },
  );
});
