/** Runs: the list, one with all that is known of it, what can be done to it, and looking on. */
import { tracked } from "@trpc/server";
import { z } from "zod";
import { Problem } from "../problem/problem.ts";
import type { RunScope } from "../live/live.ts";
import { findFlowHead } from "../read/flow-history.ts";
import type { Queryable } from "../read/queryable.ts";
import { countRuns, startsOf } from "../read/run-counts.ts";
import { findRunDetail } from "../read/run-detail.ts";
import { listRunRows } from "../read/run-rows.ts";
import { pastRuns } from "../read/past-runs.ts";
import { recentValues, runSample, runValue } from "../read/run-values.ts";
import { languageField, timeZoneField } from "../record/record-fields.ts";
import { recordPage, type RecordPage } from "../record/record-page.ts";
import { RUN_STATUSES } from "../read/run-view.ts";
import { isUuid } from "../ids/uuid7.ts";
import { byId, idField, jsonField, pageFields, pageOf, versionField } from "./fields.ts";
import { operation } from "./operation.ts";
import { authorized, router } from "./trpc.ts";

const runNotFound = (id: string): Problem =>
  new Problem(404, "run_not_found", `There is no run ${JSON.stringify(id)}.`);

const statusField = z.array(z.enum(RUN_STATUSES)).min(1).max(RUN_STATUSES.length);
const sinceField = z.iso.datetime({ offset: true });
const filterFields = { flow: idField.optional(), since: sinceField.optional() } as const;

/** Runs of a page that somebody watches at most. */
const MOST_WATCHED = 200;

export const runsRouter = router({
  /** Runs that have no parent, the newest first. */
  list: authorized("run.read")
    .input(
      z
        .strictObject({
          ...filterFields,
          version: versionField.optional(),
          status: statusField.optional(),
          incident: z.boolean().optional(),
          q: z.string().trim().min(1).max(200).optional(),
          ...pageFields,
        })
        .prefault({}),
    )
    .query(({ ctx, input: { limit, cursor, ...filter } }) =>
      listRunRows(ctx.database, ctx.principal.workspace, filter, pageOf({ limit, cursor })),
    ),

  counts: authorized("run.read")
    .input(z.strictObject(filterFields).prefault({}))
    .query(({ ctx, input }) => countRuns(ctx.database, ctx.principal.workspace, input)),

  /** Runs that began in the last `days`, in as many bars. */
  starts: authorized("run.read")
    .input(
      z
        .strictObject({
          flow: idField.optional(),
          days: z.int().min(1).max(90).default(7),
          bars: z.int().min(1).max(200).default(84),
        })
        .prefault({}),
    )
    .query(({ ctx, input }) => startsOf(ctx.database, ctx.principal.workspace, input)),

  get: authorized("run.read")
    .input(byId)
    .query(async ({ ctx, input: { id } }) => {
      const { workspace } = ctx.principal;
      const detail = await ctx.live.readRun(workspace, id, () => findRunDetail(ctx.database, workspace, id));
      if (detail === undefined) throw runNotFound(id);
      return detail;
    }),

  /** The child runs of one of its steps, the newest first. */
  children: authorized("run.read")
    .input(z.strictObject({ run: idField, node: idField, status: statusField.optional(), ...pageFields }))
    .query(({ ctx, input: { run, node, status, limit, cursor } }) =>
      listRunRows(ctx.database, ctx.principal.workspace, { parent: { run, node }, status }, pageOf({ limit, cursor })),
    ),

  /** A value that was too large to come along. `step` as `StepView.id`; absent: of the run itself. */
  value: authorized("run.read")
    .input(z.strictObject({ run: idField, step: z.string().max(200).optional(), part: z.enum(["input", "output"]) }))
    .query(async ({ ctx, input }) => {
      const found = await runValue(ctx.database, ctx.principal.workspace, input);
      if (found === undefined) throw new Problem(404, "value_not_found", "There is no such value.");
      return found;
    }),

  /** All that happened in it, as one page to keep or print. */
  record: authorized("run.read")
    .input(z.strictObject({ id: idField, language: languageField, timeZone: timeZoneField }))
    .query(async ({ ctx, input: { id, ...options } }): Promise<Pick<RecordPage, "fileName" | "html">> => {
      const page = await recordPage(ctx, ctx.principal.workspace, id, options);
      if (page === undefined) throw runNotFound(id);
      return { fileName: page.fileName, html: page.html };
    }),

  /** The last runs of a flow that passed a node, with what it gave: to write an expression by. */
  recent: authorized("run.read")
    .input(z.strictObject({ flow: idField, node: idField.optional(), limit: z.int().min(1).max(50).default(10) }))
    .query(({ ctx, input }) => recentValues(ctx.database, ctx.principal.workspace, input)),

  /** What the last runs of a flow were given, and what these nodes gave: to tell how a condition would have gone. */
  past: authorized("run.read")
    .input(
      z.strictObject({
        flow: idField,
        nodes: z.array(idField).max(20).default([]),
        limit: z.int().min(1).max(200).default(120),
      }),
    )
    .query(({ ctx, input }) => pastRuns(ctx.database, ctx.principal.workspace, input)),

  /** All that expressions can read of a run. */
  sample: authorized("run.read")
    .input(byId)
    .query(async ({ ctx, input: { id } }) => {
      const sample = await runSample(ctx.database, ctx.principal.workspace, id);
      if (sample === undefined) throw runNotFound(id);
      return sample;
    }),

  /**
   * Tells which runs have changed, so that the page reads them again: of the ids told, of some flows, or of all; of all
   * also where neither is named. An empty list: some may have, nobody knows which; so it begins, also after the
   * connection was lost, since what was read until then may be older than what is told from then on.
   */
  watch: authorized("run.read")
    .input(
      z.strictObject({
        ids: z.array(idField).min(1).max(MOST_WATCHED).optional(),
        flows: z.array(idField).min(1).max(MOST_WATCHED).optional(),
        all: z.boolean().optional(),
        lastEventId: z.string().max(50).nullish(),
      }),
    )
    .subscription(async function* ({ ctx, input, signal }) {
      const scopes = await scopesOf(ctx.database, ctx.principal.workspace, input);
      let count = Number(input.lastEventId ?? 0) || 0;
      for await (const runs of ctx.live.watchRuns(scopes, signal ?? new AbortController().signal)) {
        yield tracked(String((count += 1)), { type: "changed" as const, runs });
      }
    }),

  /**
   * What language models are writing in a run, piece by piece: from its beginning, or from after what was told under
   * the last id. A piece says where in its text it stands.
   */
  liveText: authorized("run.read")
    .input(z.strictObject({ run: idField, lastEventId: z.string().max(50).nullish() }))
    .subscription(async function* ({ ctx, input: { run, lastEventId }, signal }) {
      const [known] = await seenRuns(ctx.database, ctx.principal.workspace, [run]);
      if (known === undefined) throw runNotFound(run);
      const after = Number(lastEventId ?? 0) || 0;
      const texts = ctx.live.watchTexts(known, after, signal ?? new AbortController().signal);
      for await (const { upTo, pieces } of texts) yield tracked(String(upTo), { pieces });
    }),

  start: operation("run.start")
    .input(
      z.strictObject({
        flow: idField,
        input: jsonField,
        version: versionField.optional(),
        idempotencyKey: z.string().min(1).max(200).optional(),
      }),
    )
    .mutation(({ ctx, input: { flow, input, version, idempotencyKey } }) =>
      ctx.services.startRun(ctx.principal, {
        flow,
        input,
        ...(version === undefined ? {} : { version }),
        ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
      }),
    ),

  cancel: operation("run.operate")
    .input(byId.extend({ mode: z.enum(["cancel", "terminate"]).default("cancel") }))
    .mutation(({ ctx, input }) => ctx.services.cancelRun(ctx.principal, input.id, input.mode)),

  pause: operation("run.operate")
    .input(byId)
    .mutation(({ ctx, input }) => ctx.services.pauseRun(ctx.principal, input.id)),

  resume: operation("run.operate")
    .input(byId)
    .mutation(({ ctx, input }) => ctx.services.resumeRun(ctx.principal, input.id)),

  /** A failed run is taken up again at its failed steps, with the same keys. */
  retry: operation("run.operate")
    .input(byId)
    .mutation(({ ctx, input }) => ctx.services.retryRun(ctx.principal, input.id)),

  /** Ends a wait by hand; the run leaves by this port. */
  skipWait: operation("run.operate")
    .input(z.strictObject({ run: idField, wait: idField, port: z.string().min(1).max(63) }))
    .mutation(({ ctx, input }) => ctx.services.skipWait(ctx.principal, input.run, input.wait, input.port)),
});

/** Those that are in this workspace. */
async function seenRuns(database: Queryable, workspace: number, ids: readonly string[]): Promise<readonly string[]> {
  const found = await database.query<{ id: string }>(
    "select id from holdfast.runs where workspace = $1 and id = any($2::uuid[])",
    [workspace, ids.filter(isUuid)],
  );
  return found.rows.map(({ id }) => id);
}

interface Watched {
  readonly ids?: readonly string[] | undefined;
  readonly flows?: readonly string[] | undefined;
  readonly all?: boolean | undefined;
}

/** What is of another workspace, or of nothing, is watched in vain: the rest of the page is told all the same. */
async function scopesOf(
  database: Queryable,
  workspace: number,
  { ids, flows, all = ids === undefined && flows === undefined }: Watched,
): Promise<readonly RunScope[]> {
  const scopes: RunScope[] = all ? [{ workspace, flow: null }] : [];
  if (ids !== undefined) scopes.push({ ids: await seenRuns(database, workspace, ids) });
  for (const id of flows ?? []) {
    const head = await findFlowHead(database, workspace, id);
    if (head !== undefined) scopes.push({ workspace, flow: head.ref });
  }
  return scopes;
}
