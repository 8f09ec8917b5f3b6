/** The runs of a simulation with their clock, events and trace: what hosts keep in a database. */
import type { Json, JsonObject } from "@holdfast/dsl";
import type { RunEvent } from "../event.ts";
import { evolve } from "../evolve.ts";
import { AnswerBook } from "./answer-book.ts";
import { Library } from "./library.ts";
import type { SimulationSetup } from "./setup.ts";
import type { SimRun } from "./sim-run.ts";
import type { TraceEntry } from "./trace.ts";

/** An event from outside or from a flow. */
export interface LoggedEvent {
  readonly id: string;
  readonly name: string;
  readonly data: Json;
  readonly at: number;
  readonly by?: JsonObject;
  /** Root runs in which it has resolved a wait: looking back leaves it out there. */
  readonly usedBy: Set<SimRun>;
}

type Without<T> = T extends RunEvent ? Omit<T, "at"> : never;

/** What happened; the world stamps the time. */
export type Happening = Without<RunEvent>;

export class World {
  readonly setup: SimulationSetup;
  readonly library: Library;
  readonly answers: AnswerBook;
  readonly runs: SimRun[] = [];
  readonly events: LoggedEvent[] = [];
  readonly trace: TraceEntry[] = [];
  /** Runs that something happened to since they were last looked at. */
  readonly stirred = new Set<SimRun>();
  now: number;

  constructor(setup: SimulationSetup) {
    this.setup = setup;
    this.library = new Library(setup.manifests);
    this.answers = new AnswerBook(setup.answers, setup.once);
    this.now = setup.now;
  }

  add(run: SimRun): void {
    this.runs.push(run);
    this.tell(run, { type: "run.started" });
  }

  /** Feeds an event to a run and writes it down, with what a store would keep beside it. */
  tell(run: SimRun, happening: Happening, beside: Partial<TraceEntry> = {}): void {
    run.state = evolve(run.plan, run.state, { ...happening, at: this.now });
    this.stirred.add(run);
    this.note(run, { type: happening.type, ...shown(happening), ...beside });
  }

  note(run: SimRun, entry: Omit<TraceEntry, "at" | "run">): void {
    this.trace.push({ at: this.now, run: run.id, ...entry });
  }
}

/** Fields that a trace entry has of its own, or leaves out. */
const OWN_FIELDS: ReadonlySet<string> = new Set(["type", "node", "attempt", "port", "error", "jitter"]);

/** The fields of a trace entry by name, the rest together. */
function shown(happening: Happening): Partial<TraceEntry> {
  const rest = Object.entries(happening).filter(([key]) => !OWN_FIELDS.has(key));
  return {
    ...("node" in happening && { node: happening.node }),
    ...("attempt" in happening && happening.attempt !== undefined && { attempt: happening.attempt }),
    ...("port" in happening && happening.port !== undefined && { port: happening.port }),
    ...("error" in happening && { error: happening.error }),
    ...(rest.length > 0 && { detail: Object.fromEntries(rest) }),
  };
}
