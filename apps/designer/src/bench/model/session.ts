/**
 * A test run as everything that it was told, in order. Sessions never change: each act gives a new one, and what a
 * session looks like is found by playing it from its start. So going back is taking an earlier session, and changing an
 * early answer is playing the rest again.
 */
import type { Answer, Json, JsonObject } from "@holdfast/dsl";

/** Who does something. */
export interface Person {
  readonly id: string;
  readonly name?: string;
}

export interface Start {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly input?: Json;
  /** Instead of the input: the event that starts the run. */
  readonly trigger?: { readonly event: string; readonly data: Json };
}

/** What is done to the run from outside. */
export type Act =
  | { readonly type: "event"; readonly name: string; readonly data: Json; readonly by?: Person }
  | {
      readonly type: "decision";
      readonly node: string;
      readonly run?: string;
      readonly outcome: string;
      readonly data?: JsonObject;
      readonly comment?: string;
      readonly by?: Person;
    }
  | { readonly type: "cancel"; readonly mode?: "cancel" | "terminate" }
  | { readonly type: "skip"; readonly node: string; readonly run?: string; readonly port: string }
  | {
      readonly type: "incident";
      readonly node: string;
      readonly run?: string;
      readonly action: "retry" | "complete" | "fail";
      readonly output?: JsonObject;
      readonly port?: string;
    };

/** An act with its time, milliseconds after the start. */
export type Deed = Act & { readonly at: number };

/** Where an answer comes from. */
export type AnswerSource =
  { readonly from: "hand" } | { readonly from: "run"; readonly run: string } | { readonly from: "model" };

export interface Session {
  readonly start: Start;
  /** By node: what it answers, one time after the other. */
  readonly answers: { readonly [node: string]: readonly Answer[] };
  /** Nodes whose last answer does not stay: after it they are asked about again. */
  readonly once: ReadonlySet<string>;
  /** By node and number of the answer: `analyze 0`. */
  readonly sources: { readonly [answer: string]: AnswerSource };
  /** In the order of time. The first `done` of them have been done, the others are still to come. */
  readonly deeds: readonly Deed[];
  readonly done: number;
  /** Where the clock stands, milliseconds after the start. */
  readonly until: number;
  /** How many things have happened since it was told something last; absent: all that could. */
  readonly held?: number;
  /** How far a scenario moves the clock in all, milliseconds. */
  readonly script?: { readonly advance: number; readonly deeds: readonly Deed[] };
}

/** A run of its own, of which nothing has happened yet. */
export function freeSession(start: Start): Session {
  return { start, answers: {}, once: new Set(), sources: {}, deeds: [], done: 0, until: 0, held: 0 };
}

/** Back to the start. Answers stay, so that nobody has to give them twice; what a scenario tells is to come again. */
export function restarted(session: Session): Session {
  return { ...session, deeds: session.script?.deeds ?? [], done: 0, until: 0, held: 0 };
}

/** The same from another input. */
export function startedWith(session: Session, start: Start): Session {
  return { ...restarted(session), start };
}

/** A change that lets everything that follows from it happen at once. */
function atRest({ held: _, ...session }: Session): Session {
  return session;
}

/** Everything goes as far as it can. */
export const rested = atRest;

/** One more thing happens. */
export function stepped(session: Session): Session {
  return session.held === undefined ? session : { ...session, held: session.held + 1 };
}

export const sourceKey = (node: string, index: number): string => `${node} ${index}`;

/** The node's answer number `index` is this one; later answers of a list stay as they are. */
export function withAnswer(session: Session, { node, index, answer, source = { from: "hand" } }: AnswerAt): Session {
  const { [node]: given = [] } = session.answers;
  const known = Object.hasOwn(session.answers, node);
  const before = Array.from({ length: index }, (_, at) => given[Math.min(at, given.length - 1)] ?? answer);
  return atRest({
    ...session,
    answers: { ...session.answers, [node]: [...before, answer, ...given.slice(index + 1)] },
    once: known ? session.once : new Set([...session.once, node]),
    sources: { ...session.sources, [sourceKey(node, index)]: source },
  });
}

export interface AnswerAt {
  readonly node: string;
  /** How many answers of the node have been used before. */
  readonly index: number;
  readonly answer: Answer;
  readonly source?: AnswerSource;
}

/** The node's next try ends otherwise than its answers say; they go on after it. */
export function withNext(session: Session, { node, index, answer, source = { from: "hand" } }: AnswerAt): Session {
  const { [node]: given = [] } = session.answers;
  const known = Object.hasOwn(session.answers, node);
  const last = given.at(-1);
  const stays = known && !session.once.has(node) && last !== undefined;
  const before = Array.from({ length: index }, (_, at) => given[at] ?? last ?? answer);
  const after = stays && given.length <= index ? [last] : given.slice(index);
  return atRest({
    ...session,
    answers: { ...session.answers, [node]: [...before, answer, ...after] },
    once: known ? session.once : new Set([...session.once, node]),
    sources: { ...session.sources, [sourceKey(node, index)]: source },
  });
}

/** The node answers so from now on: every item of a loop, every try. */
export function answeringAlways(session: Session, at: AnswerAt): Session {
  const answered = withAnswer(session, at);
  return { ...answered, once: new Set([...answered.once].filter((node) => node !== at.node)) };
}

/** Something is done now. */
export function told(session: Session, act: Act): Session {
  const { deeds, done, until } = session;
  const deed: Deed = { ...act, at: until };
  return { ...session, deeds: [...deeds.slice(0, done), deed, ...deeds.slice(done)], done: done + 1, held: 0 };
}

/** A deed is taken out; what came after it is done all the same, where it still can be. */
export function without(session: Session, index: number): Session {
  const { deeds, done } = session;
  return atRest({ ...session, deeds: deeds.toSpliced(index, 1), done: index < done ? done - 1 : done });
}

/** The clock goes on to a time, and whatever a scenario does until then is done. */
export function movedTo(session: Session, until: number): Session {
  if (until <= session.until) return session;
  const done = session.deeds.findLastIndex(({ at }) => at <= until) + 1;
  return { ...session, until, done: Math.max(done, session.done), held: 0 };
}

/** The next thing of a scenario is done, at its time. */
export function nextDeed(session: Session): Session {
  const deed = session.deeds[session.done];
  if (deed === undefined) return session;
  return { ...session, until: Math.max(deed.at, session.until), done: session.done + 1, held: 0 };
}

/** Everything that a scenario tells is done, and its time has passed. */
export function playedOut(session: Session): Session {
  const advance = session.script?.advance ?? session.until;
  const last = session.deeds.at(-1)?.at ?? 0;
  return atRest({ ...session, until: Math.max(session.until, advance, last), done: session.deeds.length });
}
