/** The services of a process, put together. */
import type pg from "pg";
import type { NodeManifest } from "@holdfast/dsl";
import { noteOperation } from "../audit/note-operation.ts";
import type { Clock } from "../clock/host-clock.ts";
import { inTransaction } from "../database/transaction.ts";
import { archiveFlow } from "../drafts/create-flow.ts";
import { publishDraft } from "../drafts/publish-draft.ts";
import { iso } from "../host/expression-roots.ts";
import type { FlowCache } from "../host/flow-cache.ts";
import type { NewRun } from "../host/new-run.ts";
import { Problem } from "../problem/problem.ts";
import type { Holder } from "../store/waits.ts";
import type { Woken } from "../store/wakes.ts";
import { createTaskServices } from "../tasks/create-task-services.ts";
import type { GroupWriter } from "../writer/group-writer.ts";
import { acceptEvents } from "./accept-events.ts";
import type { EndedRuns } from "./ended-runs.ts";
import { order, resolveIncident, retryRun, skipWait } from "./orders.ts";
import { publishFlow, setLiveVersion } from "./publish-flow.ts";
import type { Services } from "./services.ts";
import { startRun } from "./start-run.ts";
import { viewOfEnded } from "./view-of-ended.ts";

export interface ServiceContext {
  readonly database: pg.Pool;
  readonly writer: GroupWriter;
  readonly clock: Clock;
  readonly holder: Holder;
  /** Of all versions that are installed. */
  readonly manifests: readonly NodeManifest[];
  readonly flows: FlowCache;
  readonly ended: EndedRuns;
  readonly hasRoom: () => boolean;
  readonly adopt: (run: NewRun) => void;
  readonly dispatch: (runs: readonly string[]) => void;
  readonly woken: (woken: Woken) => void;
  readonly accepted: (ids: readonly string[], end: () => void) => void;
  readonly beginLook: () => () => void;
  readonly tryOut: Services["tryOut"];
  readonly migrateNodes: Services["migrateNodes"];
  readonly demo: boolean;
  readonly clockMoved: () => Promise<void>;
  readonly timerSet: (at: number) => void;
  /** What people see of a run has changed without a write of its holder. */
  readonly touched: (run: string) => void;
}

const MAX_ADVANCE_MS = 100 * 366 * 24 * 60 * 60 * 1_000;

export function createServices(context: ServiceContext): Services {
  const { database, flows } = context;
  const orders = { ...context, flowByRef: (ref: number) => flows.byRef(ref) };
  const starts = {
    ...context,
    flowById: (workspace: number, id: string, version?: number) => flows.byId(workspace, id, version),
  };
  return {
    publishFlow: async (caller, id, document) => {
      const published = await publishFlow({ database, manifests: context.manifests }, caller, { id, document });
      flows.forgetLive();
      return published;
    },
    publishDraft: async (caller, id, publish) => {
      const { version, created } = await publishDraft(context, caller, id, publish);
      flows.forgetLive();
      return { version, created };
    },
    archiveFlow: async (caller, id) => {
      await archiveFlow(database, caller, id);
      flows.forgetLive();
    },
    setLiveVersion: async (caller, flow, version) => {
      await setLiveVersion(database, caller, flow, version);
      flows.forgetLive();
    },
    startRun: async (caller, start) => {
      const { runId, created } = await startRun(starts, caller, start);
      return { runId, created };
    },
    startAndAwait: async (caller, start, ms, signal) => {
      const { runId, created, run } = await startRun(starts, caller, start);
      const end = await context.ended.await(caller.workspace, runId, ms, signal);
      return { runId, created, run: run === undefined || end === undefined ? undefined : viewOfEnded(run, end) };
    },
    acceptEvents: (caller, events) => acceptEvents({ ...context, workerId: context.holder.workerId }, caller, events),
    cancelRun: (caller, run, mode) => order(orders, caller, run, { action: "run.cancel", cancel: mode }),
    pauseRun: (caller, run) => order(orders, caller, run, { action: "run.pause", pause: true }),
    resumeRun: (caller, run) => order(orders, caller, run, { action: "run.resume", pause: false }),
    retryRun: (caller, run) => retryRun(orders, caller, run),
    skipWait: (caller, run, wait, port) => skipWait(orders, caller, { run, wait, port }),
    ...createTaskServices(context),
    resolveIncident: (caller, resolve) => resolveIncident(orders, caller, resolve),
    awaitRun: async (workspace, run, ms, signal) => {
      await context.ended.await(workspace, run, ms, signal);
    },
    migrateNodes: context.migrateNodes,
    tryOut: (caller, tried, signal) => context.tryOut(caller, tried, signal),
    advanceClock: async (caller, ms) => {
      if (!context.demo) throw new Problem(404, "not_found", "Time can only be moved in demo mode.");
      if (!Number.isFinite(ms) || ms < 0 || ms > MAX_ADVANCE_MS) {
        throw new Problem(422, "invalid_duration", "Time moves forward, by a hundred years at most.", {
          pointer: "/advance",
        });
      }
      await inTransaction(database, async (client) => {
        await client.query("update holdfast.clock set ahead = ahead + $1 * interval '1 millisecond' where demo", [ms]);
        await noteOperation(client, caller, { action: "clock.advance", target: "clock", after: { ms } });
      });
      await context.clockMoved();
      return { now: iso(context.clock.now()) };
    },
  };
}
