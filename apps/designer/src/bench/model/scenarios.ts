/** Scenarios of a document's `tests`: played in the bench, and made from what was played there. */
import { DEFAULT_PORT, formatDuration, parseDuration } from "@holdfast/dsl";
import type { Answer, Json, Scenario } from "@holdfast/dsl";
import { DEFAULT_START, sameJson } from "@holdfast/engine/simulate";
import type { BenchView } from "./view.ts";
import type { Expected } from "./expectations.ts";
import type { Deed, Session, Start } from "./session.ts";

const after = (text: string | undefined): number => (text === undefined ? 0 : parseDuration(text));

/** A scenario at its start. */
export function sessionOf(scenario: Scenario): Session {
  const answers = Object.fromEntries(
    Object.entries(scenario.answers ?? {}).map(([node, given]) => [node, [given].flat()]),
  );
  const deeds = deedsOf(scenario);
  return {
    start: startOf(scenario),
    answers,
    once: new Set(),
    sources: {},
    deeds,
    done: 0,
    until: 0,
    held: 0,
    script: { advance: after(scenario.advance), deeds },
  };
}

function startOf({ now, input, trigger }: Scenario): Start {
  return {
    now: Date.parse(now ?? DEFAULT_START),
    ...(input !== undefined && { input }),
    ...(trigger !== undefined && { trigger }),
  };
}

/** In the order in which the simulator carries them out. */
function deedsOf(scenario: Scenario): Deed[] {
  const { events = [], decisions = [], incidents = [], skips = [], cancel } = scenario;
  const at = <T extends { readonly after?: string }>({
    after: text,
    ...rest
  }: T): Omit<T, "after"> & { at: number } => ({
    ...rest,
    at: after(text),
  });
  const deeds: Deed[] = [
    ...events.map((one): Deed => ({ type: "event", ...at(one) })),
    ...decisions.map((one): Deed => ({ type: "decision", ...at(one) })),
    ...incidents.map((one): Deed => ({ type: "incident", ...at(one) })),
    ...skips.map((one): Deed => ({ type: "skip", ...at(one) })),
    ...(cancel === undefined ? [] : [{ type: "cancel" as const, ...at(cancel) }]),
  ];
  return deeds.toSorted((a, b) => a.at - b.at);
}

/** What was played, as a scenario that does the same. */
export function scenarioOf(name: string, session: Session, view: BenchView, expect: Expected): Scenario {
  const { start, deeds, done, until } = session;
  const told = deeds.slice(0, done);
  const answers = answersOf(session, view);
  const events = told.flatMap((deed) => (deed.type === "event" ? [written(deed)] : []));
  const decisions = told.flatMap((deed) => (deed.type === "decision" ? [written(deed)] : []));
  const incidents = told.flatMap((deed) => (deed.type === "incident" ? [written(deed)] : []));
  const skips = told.flatMap((deed) => (deed.type === "skip" ? [written(deed)] : []));
  const [cancel] = told.flatMap((deed) => (deed.type === "cancel" ? [written(deed)] : []));
  return {
    name,
    ...(start.input !== undefined && { input: start.input }),
    ...(start.trigger !== undefined && { trigger: start.trigger }),
    ...(start.now !== Date.parse(DEFAULT_START) && { now: isoSeconds(start.now) }),
    ...(Object.keys(answers).length > 0 && { answers }),
    ...(events.length > 0 && { events }),
    ...(decisions.length > 0 && { decisions }),
    ...(incidents.length > 0 && { incidents }),
    ...(skips.length > 0 && { skips }),
    ...(cancel !== undefined && { cancel }),
    ...(until > 0 && { advance: formatDuration(until) }),
    expect,
  };
}

type Written<D> = D extends unknown ? Omit<D, "type" | "at" | "run"> & { readonly after?: string } : never;

/** A deed as a scenario writes it: of whichever run has something open there. */
function written<D extends Deed>(deed: D): Written<D>;
function written({ type: _, at, ...deed }: Deed): object {
  const { run: __, ...rest } = { run: undefined, ...deed };
  return { ...rest, ...(at > 0 && { after: formatDuration(at) }) };
}

/** A scenario's times have whole seconds. */
function isoSeconds(at: number): string {
  return new Date(at).toISOString().replace(".000Z", "Z");
}

/** Answers as they were used; of nodes that were not reached as they were given. */
function answersOf({ answers }: Session, { used }: BenchView): { [node: string]: Answer | Answer[] } {
  return Object.fromEntries(
    Object.entries(answers).flatMap(([node, given]): [string, Answer | Answer[]][] => {
      const count = used.get(node) ?? 0;
      const last = given.at(-1);
      if (last === undefined) return [];
      const kept = count === 0 ? given : Array.from({ length: count }, (_, at) => given[at] ?? last);
      return [[node, shortened(kept)]];
    }),
  );
}

/** The last answer stays, so what repeats it need not be written. */
function shortened(answers: readonly Answer[]): Answer | Answer[] {
  const kept = [...answers];
  while (kept.length > 1 && sameAnswer(kept.at(-1), kept.at(-2))) kept.pop();
  const [only] = kept;
  return kept.length === 1 && only !== undefined ? only : kept;
}

function sameAnswer(a: Answer | undefined, b: Answer | undefined): boolean {
  return sameJson(jsonOf(a), jsonOf(b));
}

function jsonOf(answer: Answer | undefined): Json {
  if (answer === undefined) return null;
  if ("output" in answer) return { output: answer.output, port: answer.port ?? DEFAULT_PORT };
  const { code, message, kind } = answer.error;
  return { error: { code, message: message ?? code, kind: kind ?? "error" } };
}

/** What happened, as what should happen: how it ended, and where. */
export function expectedOf(view: BenchView, ends: ReadonlySet<string>): Expected {
  const { status, output, error, reached } = view;
  const known = status === "completed" || status === "failed" || status === "canceled" || status === "waiting";
  const waiting = view.needs.map(({ node }) => node);
  const places = [...new Set([...[...reached].filter((node) => ends.has(node)), ...(view.over ? [] : waiting)])];
  return {
    ...(known && { status }),
    ...(places.length > 0 && { reached: places }),
    ...(status === "completed" && output !== null && { output }),
    ...(status === "failed" && error !== undefined && { error: error.code }),
  };
}

/** The names that are taken make way. */
export function freeName(wanted: string, taken: readonly string[]): string {
  if (!taken.includes(wanted)) return wanted;
  for (let number = 2; ; number++) if (!taken.includes(`${wanted} ${number}`)) return `${wanted} ${number}`;
}
