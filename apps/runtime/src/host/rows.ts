/**
 * Rows of the checkpoint statement, as JSON text. The short names are those of `writer/statement.ts`.
 */
import {
  type Assignment,
  type ChildrenSpec,
  type InboxSpec,
  isDecidedOnly,
  type Json,
  type StepError,
  type WaitOutcome,
} from "@holdfast/dsl";
import { iso } from "../read/time.ts";
import { quoted, storedText } from "../writer/json-text.ts";

export interface StepRow {
  readonly run: string;
  readonly node: string;
  readonly call: string;
  readonly attempt: number;
  readonly seq: number;
  readonly status: "completed" | "failed" | "canceled";
  readonly port?: string;
  readonly startedAt: number;
  readonly at: number;
  /** JSON texts. */
  readonly input?: string | undefined;
  readonly output?: string | undefined;
  readonly hasOutput?: boolean | undefined;
  readonly error?: StepError;
  readonly meta?: Json | undefined;
  readonly jitter?: number;
}

export function stepRow(step: StepRow): string {
  let row =
    `{"r":"${step.run}","n":${quoted(step.node)},"c":${quoted(step.call)},"a":${step.attempt},"q":${step.seq},` +
    `"s":"${step.status}","b":${step.startedAt},"e":${step.at}`;
  if (step.port !== undefined) row += `,"p":${quoted(step.port)}`;
  if (step.input !== undefined) row += `,"i":${step.input}`;
  if (step.output !== undefined) row += `,"o":${step.output}`;
  if (step.hasOutput === true) row += `,"h":true`;
  if (step.error !== undefined) row += `,"x":${storedText(step.error)}`;
  if (step.meta !== undefined) row += `,"m":${storedText(step.meta)}`;
  if (step.jitter !== undefined) row += `,"j":${step.jitter}`;
  return `${row}}`;
}

export interface WaitRow {
  readonly id: string;
  readonly run: string;
  readonly node: string;
  readonly kind: "event" | "time" | "children" | "incident";
  readonly at: number;
  readonly deadline?: number | undefined;
  /** Of an event wait: look-back ends at the acceptance of this run's trigger … */
  readonly root?: string;
  /** … or here, if that is later. */
  readonly lookFrom?: number | undefined;
  /** Of a wait for children: when to wake up; and which, if nobody but this row knows. */
  readonly outcomes?: readonly WaitOutcome[] | { readonly lowWater: number; readonly spec?: ChildrenSpec | undefined };
  /** What its step calls it, if that goes on afterwards. */
  readonly inStep?: string | undefined;
}

export function waitRow(wait: WaitRow): string {
  let row = `{"id":"${wait.id}","r":"${wait.run}","n":${quoted(wait.node)},"k":"${wait.kind}","at":${wait.at}`;
  if (wait.deadline !== undefined) row += `,"d":${wait.deadline}`;
  if (wait.root !== undefined) row += `,"root":"${wait.root}"`;
  if (wait.lookFrom !== undefined) row += `,"l":${wait.lookFrom}`;
  if (wait.inStep !== undefined) row += `,"s":${quoted(wait.inStep)}`;
  if (wait.outcomes !== undefined) row += `,"o":${JSON.stringify(wait.outcomes)}`;
  return `${row}}`;
}

/** One per distinct combination of event and matched values; none for what only people decide. */
export function waitKeyRows(
  run: string,
  wait: string,
  workspace: number,
  outcomes: readonly WaitOutcome[],
): readonly string[] {
  const heard = outcomes.filter((outcome) => !isDecidedOnly(outcome));
  const rows = heard.map((outcome) => {
    const paths = Object.keys(outcome.match).toSorted();
    const values = paths.map((path) => outcome.match[path] ?? null);
    // Values go as texts: in a column of arrays a bare null would become SQL null.
    return JSON.stringify({
      r: run,
      id: wait,
      w: workspace,
      e: outcome.event,
      p: paths,
      v: values.map((value) => JSON.stringify(value)),
    });
  });
  return [...new Set(rows)];
}

export interface TaskRow {
  readonly id: string;
  readonly workspace: number;
  readonly run: string;
  readonly wait: string;
  readonly node: string;
  readonly inbox: InboxSpec;
  readonly outcomes: readonly string[];
  readonly requester: string | undefined;
  /** What it shows was said by the offline model. */
  readonly aiOffline: boolean;
  /** Names of the facts that a model wrote. */
  readonly aiFacts: readonly string[];
  readonly at: number;
  /** The wait's deadline. */
  readonly expires: number | undefined;
  readonly due: number | undefined;
  readonly ladder: readonly { readonly at: number; readonly assignTo: Assignment }[];
}

export function taskRow(task: TaskRow): string {
  const { inbox } = task;
  return JSON.stringify({
    id: task.id,
    w: task.workspace,
    r: task.run,
    wait: task.wait,
    n: task.node,
    t: inbox.title,
    d: inbox.description,
    c: inbox.context,
    a: inbox.assignTo,
    o: task.outcomes,
    form: inbox.form,
    pre: inbox.prefill,
    cols: inbox.columns,
    req: task.requester,
    nr: inbox.notRequester,
    nd: inbox.notDecidersOf,
    needs: inbox.needs,
    rf: inbox.reasonFor,
    ot: inbox.titles,
    fa: inbox.attachments,
    off: task.aiOffline,
    ...(task.aiFacts.length === 0 ? {} : { ai: task.aiFacts }),
    at: task.at,
    exp: task.expires,
    due: task.due,
    prio: inbox.priority,
    link: inbox.link,
    ...(task.ladder.length === 0 ? {} : { esc: task.ladder.map(({ at, assignTo }) => ({ at: iso(at), assignTo })) }),
    ...(inbox.missingCalendars === undefined ? {} : { miss: inbox.missingCalendars }),
  });
}

/** Closes whatever a node has open. */
export const closeRow = (run: string, node: string, status: string, at: number): string =>
  `{"r":"${run}","n":${quoted(node)},"s":"${status}","at":${at}}`;
