/** A running host on a database of its own, with probes for node types whose behavior a test sets. */
import type { Json, JsonObject, Outcome } from "@holdfast/dsl";
import { type ActionContext, type ActionNode, defineNode } from "@holdfast/nodes";
import type { TestDatabase } from "@holdfast/testkit/test-database";
import { z } from "zod";
import { type HostSettings, type RunningHost, startHost } from "../../src/host/start-host.ts";
import { createLogger } from "../../src/log/logger.ts";
import { Scrubber } from "../../src/log/scrubber.ts";
import type { Caller, Services } from "../../src/services/services.ts";
import { createRuntimeDatabase } from "./runtime-database.ts";

export const SYSTEM_CALLER: Caller = { workspace: 1, actor: { kind: "system", id: "test" }, door: "system" };

/** What a probe does with its n-th attempt of a step. Default: gives its params back. */
export type ProbeBehavior = (context: ActionContext, call: number) => Promise<Outcome> | Outcome;

export const value = (json: Json): Outcome => ({ type: "output", port: "out", value: json });
export const failure = (code: string, kind: "error" | "fatal" | "unknown" = "error"): Outcome => ({
  type: "fail",
  error: { kind, code, message: `${code}.` },
});

type Effect = "repeatable" | "keyed" | "once";

export class HostFixture {
  readonly database: TestDatabase;
  readonly #hosts: RunningHost[] = [];
  /** Calls of probes, in order: `node#attempt`. */
  readonly calls: string[] = [];
  readonly behaviors = new Map<string, ProbeBehavior>();

  private constructor(database: TestDatabase) {
    this.database = database;
  }

  static async create(): Promise<HostFixture> {
    return new HostFixture(await createRuntimeDatabase());
  }

  get host(): RunningHost {
    const [host] = this.#hosts;
    if (host === undefined) throw new Error("no host was started");
    return host;
  }

  get services(): Services {
    return this.host.services;
  }

  async start(settings: Partial<HostSettings> = {}): Promise<RunningHost> {
    const log = createLogger({
      level: process.env["HOLDFAST_TEST_LOG"] === undefined ? "silent" : "debug",
      scrubber: new Scrubber(),
    });
    const host = await startHost({
      databaseUrl: this.database.url,
      log,
      demo: true,
      nodeTypes: this.probes(),
      ...settings,
    });
    this.#hosts.push(host);
    return host;
  }

  /** Another process takes the place of the ones that were stopped. */
  async restart(settings: Partial<HostSettings> = {}): Promise<RunningHost> {
    this.#hosts.length = 0;
    return this.start(settings);
  }

  /** `probe.repeatable`, `probe.keyed`, `probe.once`. */
  probes(): readonly ActionNode[] {
    return (["repeatable", "keyed", "once"] satisfies Effect[]).map((effect) =>
      defineNode({
        type: `probe.${effect}`,
        version: 1,
        title: "Probe",
        description: "Does what the test says.",
        icon: "flask-conical",
        category: "action",
        effect,
        params: z.looseObject({}),
        credentials: [],
        output: { out: true },
        sentence: "Probe",
        examples: [],
        execute: async (context) => {
          const call = this.calls.filter((known) => known.startsWith(`${context.run.node}#`)).length + 1;
          this.calls.push(`${context.run.node}#${context.attempt}`);
          const params: JsonObject = JSON.parse(JSON.stringify(context.params));
          const behavior = this.behaviors.get(context.run.node);
          return behavior === undefined ? value(params) : behavior({ ...context, params }, call);
        },
      }),
    );
  }

  async publish(flow: JsonObject & { readonly id: string }): Promise<void> {
    await this.services.publishFlow(SYSTEM_CALLER, flow.id, {
      dsl: 1,
      name: flow.id,
      triggers: [{ type: "call" }],
      ...flow,
    });
  }

  /** Starts a run and waits for its end. */
  async run(flow: string, input: Json = {}): Promise<RunView> {
    const id = await this.begin(flow, input);
    return this.ended(id);
  }

  async begin(flow: string, input: Json = {}, caller: Caller = SYSTEM_CALLER): Promise<string> {
    const { runId } = await this.services.startRun(caller, { flow, input });
    return runId;
  }

  async ended(id: string): Promise<RunView> {
    await this.services.awaitRun(1, id, 30_000);
    return this.view(id);
  }

  async view(id: string): Promise<RunView> {
    const { rows } = await this.host.database.query<RunView>(
      "select id, status, output, error, requester, lease_owner from holdfast.runs where id = $1",
      [id],
    );
    const [row] = rows;
    if (row === undefined) throw new Error(`no run ${id}`);
    return row;
  }

  /** Waits until a run has a status and nobody holds it. */
  async settled(id: string, status: string): Promise<RunView> {
    return this.until(async () => {
      const run = await this.view(id);
      return run.status === status && run.lease_owner === null ? run : undefined;
    }, `run ${id} to be ${status}`);
  }

  async steps(id: string): Promise<readonly StepView[]> {
    const { rows } = await this.host.database.query<StepView>(
      "select node, call, attempt, seq, status, port, output, error from holdfast.steps where run = $1 order by seq",
      [id],
    );
    return rows;
  }

  /** What it gives, as soon as it gives something. */
  async until<T>(look: () => Promise<T | undefined>, what: string): Promise<T> {
    const end = performance.now() + 30_000;
    for (;;) {
      const found = await look();
      if (found !== undefined) return found;
      if (performance.now() > end) throw new Error(`waited in vain for ${what}`);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  send(name: string, data: Json, caller: Caller = SYSTEM_CALLER): Promise<{ ids: readonly string[] }> {
    return this.services.acceptEvents(caller, [{ name, data }]);
  }

  advance(ms: number): Promise<{ now: string }> {
    return this.services.advanceClock(SYSTEM_CALLER, ms);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const host of this.#hosts) await host.stop();
    await this.database.drop();
  }
}

export interface RunView {
  readonly id: string;
  readonly status: string;
  readonly output: Json;
  readonly error: Json;
  readonly requester: string | null;
  readonly lease_owner: number | null;
}

export interface StepView {
  readonly node: string;
  readonly call: string;
  readonly attempt: number;
  readonly seq: number;
  readonly status: string;
  readonly port: string | null;
  readonly output: Json;
  readonly error: JsonObject | null;
}

export const DAY = 24 * 60 * 60 * 1_000;

/** Edges as text: `start>a`, `a.timeout>b`. */
export function edges(...texts: readonly string[]): JsonObject[] {
  return texts.map((text) => {
    const [source = "", to = ""] = text.split(">");
    const [from = "", port] = source.split(".");
    return port === undefined ? { from, to } : { from, port, to };
  });
}
