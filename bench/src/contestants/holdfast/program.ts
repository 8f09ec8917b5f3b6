/** Holdfast in a process of its own, with the flows and node types of the benchmark. */
import { setTimeout as delay } from "node:timers/promises";
import type { JsonObject } from "@holdfast/dsl";
import { type Caller, createLogger, type RunningHost, Scrubber, startHost, uuid7 } from "@holdfast/runtime";
import { closedLoop, type Load, type LoadResult } from "../../load/closed-loop.ts";
import { serve } from "../../process/serve.ts";
import { type Door, openDoor } from "./door.ts";
import { FLOWS, type FlowId, waitingInput } from "./flows.ts";
import { heldMemory } from "./memory.ts";
import { Marks, nodeTypes } from "./node-types.ts";

const CALLER: Caller = { workspace: 1, actor: { kind: "system", id: "bench" }, door: "system" };
/** Milliseconds. */
const RUN_ENDS_WITHIN = 60_000;
/** Starts at a time, where only their number matters. */
const STARTS = 200;

const marks = new Marks();
const log = createLogger({ level: "warn", scrubber: new Scrubber() });
let running: RunningHost | undefined;

function host(): RunningHost {
  if (running === undefined) throw new Error("Holdfast has not been started");
  return running;
}

const start = (flow: FlowId, input: JsonObject = {}): Promise<{ runId: string }> =>
  host().services.startRun(CALLER, { flow, input });

async function runOne(flow: FlowId): Promise<void> {
  const { runId } = await start(flow);
  await host().services.awaitRun(1, runId, RUN_ENDS_WITHIN);
}

/** Runs `work` for 0 to `count - 1`, `STARTS` at a time. */
async function each(count: number, work: (index: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const some = async (): Promise<void> => {
    while (next < count) {
      const index = next;
      next += 1;
      await work(index);
    }
  };
  await Promise.all(Array.from({ length: STARTS }, some));
}

/** Until no run is in motion here and none of their commits is under way. */
async function quiet(): Promise<void> {
  while (host().active() > 0) await delay(10);
}

export const methods = {
  async start(options: { databaseUrl: string; role: "all" | "server" | "worker" }): Promise<void> {
    running = await startHost({ ...options, log, nodeTypes: nodeTypes(marks) });
  },

  async publish(): Promise<void> {
    for (const [id, flow] of Object.entries(FLOWS)) await host().services.publishFlow(CALLER, id, flow);
  },

  /** Serves the API. */
  openDoor: (options: { databaseUrl: string }): Promise<Door> => openDoor(host(), options.databaseUrl, log),

  /** Runs are started in this process and their ends awaited. */
  async load({ flow, ...load }: Load & { flow: FlowId }): Promise<LoadResult & { commitsPerRun: number }> {
    const before = host().writer.commits;
    const result = await closedLoop(load, () => runOne(flow));
    return { ...result, commitsPerRun: (host().writer.commits - before) / result.runs };
  },

  async startMany({ flow, count }: { flow: FlowId; count: number }): Promise<void> {
    await each(count, () => start(flow));
    // The queue gathers what is handed to it for a moment.
    await delay(500);
  },

  /** Starts runs that wait for an event that never comes. */
  async openWaits({ count }: { count: number }): Promise<void> {
    await each(count, () => start("waits", waitingInput(uuid7())));
    await quiet();
  },

  heldMemory: (): Promise<number> => heldMemory(),

  /** Milliseconds from sending an event to the begin of the step behind the wait, one run after the other. */
  async eventToResume({ samples }: { samples: number }): Promise<readonly number[]> {
    const times: number[] = [];
    for (let index = 0; index < samples; index++) {
      const key = uuid7();
      const { runId } = await start("waits", waitingInput(key));
      await quiet();
      // The wait has been committed; its look back, which finds nothing, ends shortly after.
      await delay(10);
      const resumed = marks.next(runId);
      const sent = performance.now();
      await host().services.acceptEvents(CALLER, [{ name: "bench/answered", data: { key } }]);
      await resumed;
      times.push(performance.now() - sent);
      await host().services.awaitRun(1, runId, RUN_ENDS_WITHIN);
    }
    return times;
  },

  /** Resolves when so many runs have reached the step that holds them. When that was, by the wall clock. */
  async held({ count }: { count: number }): Promise<readonly number[]> {
    while (marks.reached.size < count) await delay(5);
    return [...marks.reached.values()];
  },
};

serve(methods);
