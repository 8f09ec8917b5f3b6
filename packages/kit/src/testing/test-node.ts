/** A node in memory: no database, no network unless it is wanted, and time that stands still. */
import {
  compileSchema,
  isJsonObject,
  type InboxSpec,
  type Json,
  type JsonObject,
  type Outcome,
  type StepError,
  type WaitSpec,
} from "@holdfast/dsl";
import type { ActionNode, AttachedFile, FlowResult, Models } from "@holdfast/nodes";
import { createFetch, MemoryCalls, type CallRecord, type CredentialValue } from "@holdfast/nodes/executors";
import type { Crash } from "./crashing-calls.ts";
import type { OtherNodesInTest } from "./other-nodes.ts";
import { runAttempt } from "./run-attempt.ts";
import { fetchOf, type SeenRequest, type Target } from "./target.ts";

/**
 * How a wait in the middle of a node ends: by one of its outcomes, with data, or by its time-out. Where people are
 * asked, `data` goes over what the form begins with.
 */
export type WaitAnswer =
  | "timeout"
  | {
      readonly outcome?: string;
      readonly data?: Json;
      /** What whoever decides says. */
      readonly comment?: string;
      /** The id of the person who decides. */
      readonly by?: string;
    };

export interface NodeTestOptions {
  readonly params?: JsonObject;
  /** What the node's network answers. Left out: this computer is reached, and nothing else. */
  readonly target?: Target;
  readonly credential?: CredentialValue;
  /** How waits for events and for people end, by their name (`wait`, if they have none). Waits for a time end by themselves. */
  readonly waits?: { readonly [name: string]: WaitAnswer };
  /** The language models; left out: the offline one. */
  readonly models?: Models;
  /** What people attached to tasks, by id. */
  readonly files?: { readonly [id: string]: AttachedFile };
  /** What a node that calls others finds beside the built-in types. */
  readonly others?: OtherNodesInTest;
  /** How the flows end that it runs, by the name of the call. */
  readonly runs?: { readonly [name: string]: FlowResult };
  /** Where the process dies. */
  readonly crashes?: readonly Crash[];
  /** Tries in all, after failures that may be tried again. 1 by default. */
  readonly attempts?: number;
  /** The id of the run, which its keys begin with; `run-1` if left out. */
  readonly run?: string;
  /** Milliseconds since the epoch. */
  readonly now?: number;
  readonly signal?: AbortSignal;
}

export interface NodeTest {
  /** The port by which it left; absent if it failed. */
  readonly port?: string;
  readonly output?: Json | undefined;
  readonly error?: StepError;
  /** What was sent, in order, the sends of processes that died included. */
  readonly requests: readonly SeenRequest[];
  /** What is kept of its sub-steps and waits, by name. */
  readonly steps: { readonly [name: string]: CallRecord };
  /** Log lines and progress, as JSON. */
  readonly told: readonly string[];
  /** How often `execute` was entered. */
  readonly passages: number;
  /** When it was over: later than `now` by the time that it waited. */
  readonly endedAt: number;
}

const NOON = Date.UTC(2026, 10, 22, 12);

/**
 * Runs a node to its end.
 *
 * @example
 * ```ts
 * const { output } = await testNode(greet, { params: { name: "Olena" } });
 * ```
 */
export async function testNode(node: ActionNode, options: NodeTestOptions = {}): Promise<NodeTest> {
  const requests: SeenRequest[] = [];
  const told: string[] = [];
  const calls = new MemoryCalls();
  const crashes = [...(options.crashes ?? [])];
  const never = new AbortController().signal;
  const clock = { now: options.now ?? NOON };
  const count = { passages: 0 };
  const given = {
    node,
    params: options.params ?? {},
    keys: `${options.run ?? "run-1"}:node:0`,
    calls,
    fetch: options.target === undefined ? createFetch({ allow: ["127.0.0.1"] }) : fetchOf(options.target, requests),
    credential: options.credential,
    models: options.models,
    files: options.files,
    others: options.others,
    signal: options.signal ?? never,
    now: () => clock.now,
    crashes,
    told,
    entered: () => void (count.passages += 1),
  };
  let attempt = 1;
  for (;;) {
    const outcome: Outcome = await runAttempt({ ...given, attempt });
    if (outcome.type === "wait") {
      const name = outcome.resumes ?? "";
      const ended = endOf(name, outcome.wait, options.waits?.[name], clock.now);
      clock.now = ended.at;
      calls.records.set(name, { status: "completed", value: ended.value });
      continue;
    }
    if (outcome.type === "children" && outcome.resumes !== undefined) {
      calls.records.set(outcome.resumes, { status: "completed", value: endOfRun(outcome, options.runs) });
      continue;
    }
    if (outcome.type === "fail" && outcome.error.kind !== "fatal" && attempt < (options.attempts ?? 1)) {
      attempt += 1;
      calls.nextAttempt();
      continue;
    }
    if (crashes.length > 0) throw new Error(`The node never came to where it was to die: ${JSON.stringify(crashes)}`);
    const steps = Object.fromEntries(calls.records);
    return { ...resultOf(outcome), requests, steps, told, passages: count.passages, endedAt: clock.now };
  }
}

function resultOf(outcome: Outcome): Pick<NodeTest, "port" | "output" | "error"> {
  if (outcome.type === "output") return { port: outcome.port, output: outcome.value };
  if (outcome.type === "fail") return { error: outcome.error };
  throw new TypeError("A node of a package has no children.");
}

/** @throws Error where the test does not say it */
function endOfRun(
  { resumes = "", children }: Extract<Outcome, { type: "children" }>,
  runs: NodeTestOptions["runs"] = {},
): Json {
  const result = runs[resumes];
  const flow = children.source === "body" ? "" : children.source.flow;
  if (result === undefined) {
    throw new Error(`The node runs the flow “${flow}” (“${resumes}”): say in \`runs\` how that ends.`);
  }
  const { status } = result;
  return status === "completed" ? { status, output: result.output } : { status, error: { ...result.error } };
}

/** What the runtime would record of the wait, and when. */
function endOf(
  name: string,
  wait: WaitSpec,
  answer: WaitAnswer | undefined,
  now: number,
): { readonly at: number; readonly value: JsonObject } {
  if (wait.kind === "time") return { at: Math.max(now, wait.until), value: { at: iso(wait.until) } };
  if (answer === undefined) throw new Error(`The node waits (“${name}”): say in \`waits\` how that ends.`);
  if (answer === "timeout") {
    const at = wait.deadline?.at ?? now;
    return { at, value: { outcome: "timeout", at: iso(at) } };
  }
  const [first] = wait.outcomes;
  const outcome = wait.outcomes.find(({ port }) => port === (answer.outcome ?? first?.port));
  if (outcome === undefined) throw new Error(`The wait “${name}” has no outcome “${answer.outcome}”.`);
  const { inbox } = wait;
  if (inbox !== undefined) return { at: now, value: decisionOf(name, { outcome: outcome.port, inbox, now }, answer) };
  const event = { id: "event-1", name: outcome.event };
  return { at: now, value: { outcome: outcome.port, data: answer.data ?? {}, event, at: iso(now) } };
}

function decisionOf(
  name: string,
  { outcome, inbox, now }: { readonly outcome: string; readonly inbox: InboxSpec; readonly now: number },
  { data: given = {}, comment, by = "tester" }: Exclude<WaitAnswer, "timeout">,
): JsonObject {
  if (inbox.reasonFor.includes(outcome) && comment === undefined) {
    throw new Error(`“${outcome}” takes a reason: give the wait “${name}” a \`comment\`.`);
  }
  const data = isJsonObject(given) ? { ...inbox.prefill, ...given } : given;
  const checked = compileSchema(inbox.form ?? true).validate(data);
  if (!checked.ok) {
    const [{ pointer, message } = { pointer: "", message: "" }] = checked.errors;
    throw new Error(`The answer of “${name}” does not fit its form: ${pointer || "it"} ${message}`);
  }
  const said = comment === undefined ? {} : { comment };
  return { outcome, data, ...said, by: { kind: "person", id: by }, via: "test", at: iso(now) };
}

const iso = (at: number): string => new Date(at).toISOString();
