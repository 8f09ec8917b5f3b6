/** What happened in a test run, one entry per thing that a person would tell. */
import type { Json, JsonObject, StepError } from "@holdfast/dsl";
import { addWorkingTime, defaultCalendar, isDuration, isJsonObject, parseDuration, workingSpanOf } from "@holdfast/dsl";
import { factOf } from "@holdfast/engine";
import type { TraceEntry } from "@holdfast/engine/simulate";
import type { Played } from "./play.ts";

/** What is asked of people. */
export interface Asked {
  readonly title: string;
  readonly roles: readonly string[];
  readonly groups: readonly string[];
  readonly people: readonly string[];
}

/** How one passage through a node waits. */
export interface WaitSeen {
  readonly run: string;
  readonly node: string;
  readonly kind: "event" | "time";
  readonly since: number;
  readonly deadline?: number;
  readonly deadlinePort?: string;
  /** Absolute times, also those that are never reached. */
  readonly reminders: readonly number[];
  readonly escalations: readonly number[];
  readonly asked?: Asked;
  readonly events: readonly string[];
  /** Absent: it is open. */
  closedAt?: number;
}

export type StoryKind =
  | "started"
  | "did"
  | "asked"
  | "waits"
  | "sleeps"
  | "reminded"
  | "escalated"
  | "decided"
  | "received"
  | "timedOut"
  | "woke"
  | "skipped"
  | "tryFailed"
  | "failed"
  | "incident"
  | "resolved"
  | "loops"
  | "looped"
  | "canceled"
  | "sent"
  | "refused"
  | "unheard"
  | "notDone"
  | "undone"
  | "undoFailed"
  | "runCanceled"
  | "runTimedOut"
  | "ended";

export interface StoryEntry {
  readonly kind: StoryKind;
  readonly at: number;
  /** `run`, or a child's `run/each.0`. */
  readonly run: string;
  readonly node?: string;
  readonly attempt?: number;
  readonly port?: string;
  readonly params?: JsonObject;
  readonly output?: Json;
  readonly error?: StepError;
  readonly wait?: WaitSeen;
  /** Of a failed try: when the next begins. */
  readonly again?: number;
  /** The number of the node's answer that was used. */
  readonly answer?: number;
  /** The number of the deed that this came of. */
  readonly deed?: number;
  readonly detail?: TraceEntry["detail"];
}

export interface Told {
  readonly entries: readonly StoryEntry[];
  readonly waits: readonly WaitSeen[];
  /** How many answers of each node have been used. */
  readonly used: ReadonlyMap<string, number>;
}

/** Reads the trace once, in order. */
class Teller {
  readonly entries: StoryEntry[] = [];
  readonly waits: WaitSeen[] = [];
  readonly used = new Map<string, number>();
  readonly #open = new Map<string, WaitSeen>();
  readonly #begun = new Map<string, { readonly params: JsonObject; readonly answer?: number }>();
  readonly #loops = new Set<string>();
  readonly #trace: readonly TraceEntry[];
  readonly #isAsked: (node: string) => boolean;
  readonly #timeZone: string;
  readonly #nextTry: (run: string, node: string) => number | undefined;

  constructor({ simulation, timeZone }: Played, isAsked: (node: string) => boolean) {
    this.#trace = simulation.trace;
    this.#isAsked = isAsked;
    this.#timeZone = timeZone;
    this.#nextTry = (run, node) => {
      const fact = factOf(simulation.stateOf(run), node);
      return fact?.status === "scheduled" ? fact.notBefore : undefined;
    };
  }

  tell(entry: TraceEntry, index: number, deed: number | undefined): void {
    const about = aboutOf(entry, deed);
    const told = this.#entryOf(entry, about, index);
    if (told !== undefined) this.entries.push(told);
  }

  #entryOf(entry: TraceEntry, about: About, index: number): StoryEntry | undefined {
    switch (entry.type) {
      case "run.started":
        return entry.run === "run" ? { ...about, kind: "started" } : undefined;
      case "step.began":
        this.#begin(entry);
        return undefined;
      case "step.completed":
        return this.#completed(entry, about);
      case "step.failed":
        return this.#failed(entry, about, index);
      case "step.waiting":
        return this.#waiting(entry, about);
      case "step.children":
        this.#loops.add(keyOf(entry));
        return {
          ...about,
          kind: "loops",
          ...(entry.detail !== undefined && { detail: entry.detail }),
          ...this.#begun.get(keyOf(entry)),
        };
      case "step.canceled":
        this.#close(keyOf(entry), entry.at);
        return { ...about, kind: "canceled" };
      default:
        return otherEntry(entry, about);
    }
  }

  #begin({ run, node = "", params = {} }: TraceEntry): void {
    const asked = this.#isAsked(node);
    const used = this.used.get(node) ?? 0;
    if (asked) this.used.set(node, used + 1);
    this.#begun.set(`${run} ${node}`, { params, ...(asked && { answer: used }) });
  }

  #close(key: string, at: number): WaitSeen | undefined {
    const wait = this.#open.get(key);
    if (wait !== undefined) wait.closedAt = at;
    this.#open.delete(key);
    return wait;
  }

  #waiting(entry: TraceEntry, about: About): StoryEntry {
    const params = this.#begun.get(keyOf(entry))?.params ?? {};
    const wait = waitOf(entry, params, this.#timeZone);
    this.waits.push(wait);
    this.#open.set(keyOf(entry), wait);
    const kind = wait.asked === undefined ? waitKind(wait) : "asked";
    return { ...about, kind, wait, params };
  }

  #completed(entry: TraceEntry, about: About): StoryEntry {
    const key = keyOf(entry);
    const wait = this.#close(key, entry.at);
    const result = {
      ...about,
      ...(entry.port !== undefined && { port: entry.port }),
      ...(entry.output !== undefined && { output: entry.output }),
    };
    if (wait !== undefined) return { ...result, kind: endOfWait(wait, entry), wait };
    if (this.#loops.delete(key)) return { ...result, kind: "looped" };
    return { ...result, kind: "did", ...this.#begun.get(key) };
  }

  #failed(entry: TraceEntry, about: About, index: number): StoryEntry {
    const wait = this.#close(keyOf(entry), entry.at);
    const next = this.#trace
      .slice(index + 1)
      .find(({ run, node, type }) => run === entry.run && node === entry.node && NEXT_TRY.has(type));
    const begun = this.#begun.get(keyOf(entry));
    const again = next === undefined ? this.#nextTry(entry.run, entry.node ?? "") : next.at;
    const tries = next === undefined ? again !== undefined : next.type !== "undo.began";
    return {
      ...about,
      kind: tries ? "tryFailed" : "failed",
      ...(entry.error !== undefined && { error: entry.error }),
      ...(entry.attempt !== undefined && { attempt: entry.attempt }),
      ...(again !== undefined && again > entry.at && { again }),
      ...(wait !== undefined && { wait }),
      ...begun,
    };
  }
}

const NEXT_TRY: ReadonlySet<string> = new Set(["step.began", "incident.opened", "undo.began"]);

type About = Pick<StoryEntry, "at" | "run" | "node" | "deed" | "attempt">;

function aboutOf({ at, run, node, attempt }: TraceEntry, deed: number | undefined): About {
  return {
    at,
    run,
    ...(node !== undefined && { node }),
    ...(attempt !== undefined && { attempt }),
    ...(deed !== undefined && { deed }),
  };
}

const keyOf = ({ run, node = "" }: TraceEntry): string => `${run} ${node}`;

function waitKind(wait: WaitSeen): "waits" | "sleeps" {
  return wait.kind === "time" ? "sleeps" : "waits";
}

const PLAIN: { readonly [type: string]: StoryKind } = {
  "incident.opened": "incident",
  "incident.resolved": "resolved",
  "event.sent": "sent",
  "event.refused": "refused",
  "undo.began": "undone",
  "undo.failed": "undoFailed",
  "run.canceled": "runCanceled",
  "run.timed_out": "runTimedOut",
  "run.ended": "ended",
};

function otherEntry(entry: TraceEntry, about: About): StoryEntry | undefined {
  const kind = PLAIN[entry.type];
  if (kind === undefined) return undefined;
  const { output, error, detail, port } = entry;
  return {
    ...about,
    kind,
    ...(output !== undefined && { output }),
    ...(error !== undefined && { error }),
    ...(port !== undefined && { port }),
    ...(detail !== undefined && { detail }),
  };
}

/** By what a wait ended. */
function endOfWait(wait: WaitSeen, { output, port }: TraceEntry): StoryKind {
  const value = isJsonObject(output) ? output : {};
  if ("via" in value) return "decided";
  if ("event" in value) return "received";
  if (!("at" in value)) return "skipped";
  if (wait.kind === "time") return "woke";
  return port === wait.deadlinePort ? "timedOut" : "skipped";
}

function waitOf({ at, run, node = "", detail }: TraceEntry, params: JsonObject, timeZone: string): WaitSeen {
  const inbox = isJsonObject(params["inbox"]) ? params["inbox"] : undefined;
  const deadline = deadlineOf(detail?.["deadline"]);
  return {
    run,
    node,
    kind: detail?.["wait"] === "time" ? "time" : "event",
    since: at,
    ...deadline,
    reminders: timesOf(inbox?.["reminders"], at, timeZone),
    escalations: timesOf(rungs(inbox?.["escalation"]), at, timeZone),
    ...(inbox !== undefined && { asked: askedOf(inbox) }),
    events: eventsOf(params["outcomes"]),
  };
}

const rungs = (ladder: Json | undefined): Json[] =>
  Array.isArray(ladder) ? ladder.flatMap((rung) => (isJsonObject(rung) ? (rung["after"] ?? []) : [])) : [];

/** Working time is counted in the default calendar here, whatever calendar is named: the bench knows no other. */
function timesOf(spans: Json | undefined, at: number, timeZone: string): number[] {
  if (!Array.isArray(spans)) return [];
  return spans.flatMap((span) => {
    if (typeof span === "string") return isDuration(span) ? [at + parseDuration(span)] : [];
    const text = isJsonObject(span) ? span["in"] : undefined;
    const length = typeof text === "string" ? workingSpanOf(text) : undefined;
    return length === undefined ? [] : [addWorkingTime(at, length, defaultCalendar(timeZone))];
  });
}

function deadlineOf(deadline: unknown): Pick<WaitSeen, "deadline" | "deadlinePort"> {
  if (typeof deadline !== "object" || deadline === null || !("at" in deadline) || !("port" in deadline)) return {};
  const { at, port } = deadline;
  return typeof at === "number" && typeof port === "string" ? { deadline: at, deadlinePort: port } : {};
}

function askedOf(inbox: JsonObject): Asked {
  const to = isJsonObject(inbox["assignTo"]) ? inbox["assignTo"] : {};
  const { title } = inbox;
  return {
    title: typeof title === "string" ? title : "",
    roles: textsOf(to["roles"]),
    groups: textsOf(to["groups"]),
    people: textsOf(to["people"]),
  };
}

function textsOf(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

function eventsOf(outcomes: Json | undefined): string[] {
  if (!Array.isArray(outcomes)) return [];
  return outcomes.flatMap((outcome) => {
    const event = isJsonObject(outcome) ? outcome["event"] : undefined;
    return typeof event === "string" ? [event] : [];
  });
}

/** @param isAsked whether a node uses answers: actions do, and whatever an answer is given for */
export function tellStory(played: Played, isAsked: (node: string) => boolean): Told {
  const { simulation, places, session } = played;
  const { trace } = simulation;
  const teller = new Teller(played, isAsked);
  const deedAt = (index: number): number | undefined => {
    const found = places.findIndex(({ from, to }) => index >= from && index < to);
    return found === -1 ? undefined : found;
  };
  const silent = silentDeeds(played);
  for (const [index, entry] of trace.entries()) {
    teller.entries.push(...silent.filter(({ before }) => before === index).map(({ told }) => told));
    teller.tell(entry, index, places.length === 0 ? undefined : deedAt(index));
  }
  teller.entries.push(...silent.filter(({ before }) => before >= trace.length).map(({ told }) => told));
  const { input, trigger } = session.start;
  const [first] = teller.entries;
  if (first?.kind === "started") teller.entries[0] = { ...first, detail: { input: trigger?.data ?? input } };
  const reminders = remindersOf(teller.waits, Math.max(simulation.now, session.start.now));
  return { entries: inOrder(teller.entries, reminders), waits: teller.waits, used: teller.used };
}

interface SilentDeed {
  readonly before: number;
  readonly told: StoryEntry;
}

/** Events that nothing waited for, and what could not be done. */
function silentDeeds({ places, session }: Played): SilentDeed[] {
  return places.flatMap(({ from, to, refusal }, deed): SilentDeed[] => {
    const act = session.deeds[deed];
    if (act === undefined || to > from) return [];
    const base = { at: session.start.now + act.at, run: "run", deed };
    if (refusal !== undefined) {
      const { code, message } = refusal;
      const node = "node" in act ? { node: act.node } : {};
      return [{ before: from, told: { ...base, ...node, kind: "notDone", detail: { code, message, act } } }];
    }
    const detail = act.type === "event" ? { name: act.name, data: act.data } : {};
    return [{ before: from, told: { ...base, kind: "unheard", detail } }];
  });
}

function remindersOf(waits: readonly WaitSeen[], now: number): StoryEntry[] {
  return waits.flatMap((wait) => {
    const { run, node, deadline = Infinity, closedAt = Infinity } = wait;
    const passed = (at: number): boolean => at <= now && at < deadline && at < closedAt;
    const told = (kind: "reminded" | "escalated", times: readonly number[]): StoryEntry[] =>
      times.filter(passed).map((at) => ({ kind, at, run, node, wait }));
    return [...told("reminded", wait.reminders), ...told("escalated", wait.escalations)];
  });
}

/** Reminders go where their time is, after what happened at the same time. */
function inOrder(entries: readonly StoryEntry[], reminders: readonly StoryEntry[]): StoryEntry[] {
  return reminders.length === 0 ? [...entries] : [...entries, ...reminders].toSorted((a, b) => a.at - b.at);
}
