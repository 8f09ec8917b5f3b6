/** A node in a flow: the real engine with a clock that is moved, and nodes that are really executed. */
import {
  parseDuration,
  parseFlow,
  validateFlow,
  type FlowDocument,
  type Json,
  type JsonObject,
  type Outcome,
} from "@holdfast/dsl";
import { Simulation, type Answers, type OpenQuestion, type TraceEntry } from "@holdfast/engine/simulate";
import type { ActionNode, Models } from "@holdfast/nodes";
import { controlNodes } from "@holdfast/nodes/control";
import {
  createFetch,
  MAIL_CREDENTIAL,
  MemoryCalls,
  type CredentialValue,
  type GuardedFetch,
} from "@holdfast/nodes/executors";
import { builtinManifests } from "@holdfast/nodes/manifests";
import type { Crash } from "./crashing-calls.ts";
import { runAttempt } from "./run-attempt.ts";
import { fetchOf, type SeenRequest, type Target } from "./target.ts";

export interface FlowTestOptions {
  /** The document, as it stands in a file. */
  readonly flow: unknown;
  /** Node types that are executed. Those of other actions are answered by `answers`. */
  readonly nodes: readonly ActionNode[];
  readonly input?: Json;
  /** By node id: what actions answer that are not executed. */
  readonly answers?: Answers;
  /** Documents of the flows that it runs. */
  readonly flows?: readonly unknown[];
  readonly target?: Target;
  /** The way out to real services, where there is no target. Default: to this computer. */
  readonly door?: GuardedFetch;
  /** Left out: the offline model answers. */
  readonly models?: Models;
  /** By the name that the document has for it; `mail` where a node that sends mail names none. */
  readonly credentials?: { readonly [name: string]: CredentialValue };
  /** Where the process dies, by node id. */
  readonly crashes?: { readonly [node: string]: readonly Crash[] };
  /** When the run starts, milliseconds since the epoch. */
  readonly now?: number;
}

/** A run that has gone as far as it can. */
export class FlowTest {
  readonly requests: SeenRequest[] = [];
  readonly told: string[] = [];
  readonly #simulation: Simulation;
  readonly #options: FlowTestOptions;
  readonly #nodes: ReadonlyMap<string, ActionNode>;
  readonly #calls = new Map<string, { readonly calls: MemoryCalls; attempt: number }>();
  readonly #crashes: Map<string, Crash[]>;

  constructor(options: FlowTestOptions, flow: FlowDocument) {
    this.#options = options;
    this.#nodes = new Map(options.nodes.map((node) => [node.manifest.type, node]));
    this.#crashes = new Map(Object.entries(options.crashes ?? {}).map(([node, crashes]) => [node, [...crashes]]));
    const manifests = manifestsWith(options.nodes);
    const others = (options.flows ?? []).map((document) => validFlow(document, options.nodes));
    this.#simulation = new Simulation({
      flow,
      manifests: (type) => manifests.find((manifest) => manifest.type === type),
      controls: controlNodes,
      flows: new Map(others.map((other) => [other.id, other])),
      now: options.now ?? Date.UTC(2026, 10, 22, 12),
      ...(options.input !== undefined && { input: options.input }),
      ...(options.answers !== undefined && { answers: options.answers }),
    });
  }

  get status(): string {
    return this.#simulation.status;
  }

  get output(): Json {
    return this.#simulation.output;
  }

  get error(): JsonObject | undefined {
    const { error } = this.#simulation;
    return error && { ...error };
  }

  /** Ids of the nodes that began. */
  get reached(): ReadonlySet<string> {
    return this.#simulation.reached;
  }

  get trace(): readonly TraceEntry[] {
    return this.#simulation.trace;
  }

  /** What it waits for. */
  get waits(): Simulation["waits"] {
    return this.#simulation.waits;
  }

  /** What a node gave. */
  outputOf(node: string): Json | undefined {
    return this.#simulation.outputOf(node);
  }

  /** Moves the clock, by a duration such as `7d` or milliseconds; everything due on the way happens at its time. */
  async advance(duration: string | number): Promise<this> {
    const end = this.#simulation.now + (typeof duration === "number" ? duration : parseDuration(duration));
    for (;;) {
      const next = this.#simulation.nextTimer;
      if (next === undefined || next > end) break;
      this.#simulation.advanceTo(next);
      await this.settle();
    }
    this.#simulation.advanceTo(end);
    return this.settle();
  }

  /** An event from outside. */
  async send(name: string, data: Json): Promise<this> {
    this.#simulation.send({ name, data });
    return this.settle();
  }

  /** A person decides a task. */
  async decide(node: string, outcome: string, data?: JsonObject, comment?: string): Promise<this> {
    const more = { ...(data !== undefined && { data }), ...(comment !== undefined && { comment }) };
    this.#simulation.decide({ node, outcome, ...more });
    return this.settle();
  }

  /** A person repairs a step. */
  async repair(node: string, action: "retry" | "complete" | "fail", output?: JsonObject): Promise<this> {
    this.#simulation.resolveIncident(node, action, output === undefined ? {} : { output });
    return this.settle();
  }

  /** Executes what is due until nothing is. */
  async settle(): Promise<this> {
    for (;;) {
      const due = this.#simulation.questions.find((question) => this.#actionOf(question) !== undefined);
      if (due === undefined) return this;
      this.#simulation.perform(due, await this.#execute(due));
    }
  }

  #actionOf(question: OpenQuestion): ActionNode | undefined {
    return this.#nodes.get(this.#simulation.nodeOf(question).type);
  }

  #execute(question: OpenQuestion): Promise<Outcome> {
    const { run, node, attempt, params, waited } = question;
    const action = this.#actionOf(question);
    if (action === undefined) throw new Error(`“${node}” is not executed here.`);
    const { target, credentials, door, models } = this.#options;
    const { credential = action.manifest.credentials.includes("smtp") ? MAIL_CREDENTIAL : undefined } =
      this.#simulation.nodeOf(question);
    return runAttempt({
      node: action,
      params,
      keys: `${run}:${node}:0`,
      attempt,
      calls: this.#callsOf(run, node, attempt, waited),
      fetch: target === undefined ? (door ?? createFetch({ allow: ["127.0.0.1"] })) : fetchOf(target, this.requests),
      models,
      credential: credential === undefined ? undefined : credentials?.[credential],
      signal: new AbortController().signal,
      now: () => this.#simulation.now,
      crashes: this.#crashes.get(node) ?? [],
      told: this.told,
      entered: () => undefined,
    });
  }

  #callsOf(run: string, node: string, attempt: number, waited: OpenQuestion["waited"] = {}): MemoryCalls {
    const key = `${run} ${node}`;
    const known = this.#calls.get(key) ?? { calls: new MemoryCalls(), attempt };
    this.#calls.set(key, known);
    if (known.attempt !== attempt) known.calls.nextAttempt();
    known.attempt = attempt;
    for (const [name, value] of Object.entries(waited)) known.calls.records.set(name, { status: "completed", value });
    return known.calls;
  }
}

/**
 * Runs a flow as far as it goes by itself.
 *
 * @example
 * ```ts
 * const run = await testFlow({ flow, nodes: [payOut], input: { orderId: "ORD-1" }, target });
 * await run.advance("7d");
 * expect(run.status).toBe("completed");
 * ```
 * @throws Error that says what is wrong with the document
 */
export async function testFlow(options: FlowTestOptions): Promise<FlowTest> {
  return new FlowTest(options, validFlow(options.flow, options.nodes)).settle();
}

/** @throws Error that says what is wrong with it */
function validFlow(document: unknown, nodes: readonly ActionNode[]): FlowDocument {
  const { issues } = validateFlow(document, manifestsWith(nodes));
  const wrong = issues.filter(({ severity }) => severity === "error");
  const parsed = parseFlow(document);
  if (!parsed.ok || wrong.length > 0) {
    throw new Error(
      `The flow is not valid:\n${wrong.map(({ pointer, message }) => `${pointer}  ${message}`).join("\n")}`,
    );
  }
  return parsed.flow;
}

function manifestsWith(nodes: readonly ActionNode[]) {
  const own = nodes.map(({ manifest }) => manifest);
  return [...builtinManifests.filter(({ type }) => own.every((one) => one.type !== type)), ...own];
}
