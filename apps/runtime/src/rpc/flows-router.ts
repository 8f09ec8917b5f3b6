/** Flows: the list, what is live, versions, and publishing. */
import { z } from "zod";
import { blankDocument, createFlow, duplicateFlow, restoreFlow } from "../drafts/create-flow.ts";
import { tryScenarios } from "../drafts/publish-draft.ts";
import { findDraft, flowNotFound, openDraft } from "../drafts/stored-draft.ts";
import { findFlowHead, findVersionDocument, flowHistory } from "../read/flow-history.ts";
import { draftView } from "../read/draft-view.ts";
import { listFlowRows } from "../read/flow-rows.ts";
import { Problem } from "../problem/problem.ts";
import { byId, idField, objectField, versionField } from "./fields.ts";
import type { SignedIn } from "../session/signed-in.ts";
import type { RpcTools } from "./context.ts";
import { authorized, router } from "./trpc.ts";

const nameField = z.string().trim().min(1).max(200);

export const flowsRouter = router({
  list: authorized("flow.read")
    .input(z.strictObject({ archived: z.boolean().default(false) }).prefault({}))
    .query(({ ctx, input }) => listFlowRows(ctx.database, ctx.principal.workspace, input)),

  get: authorized("flow.read")
    .input(byId)
    .query(async ({ ctx, input: { id } }) => {
      const { workspace } = ctx.principal;
      const [head, live, draft] = await Promise.all([
        findFlowHead(ctx.database, workspace, id),
        findVersionDocument(ctx.database, workspace, id, null),
        findDraft(ctx.database, workspace, id),
      ]);
      if (head === undefined) throw flowNotFound(id);
      const { counts, archived, createdAt } = head;
      return {
        id,
        archived,
        createdAt,
        counts,
        live: live ?? null,
        draft: draft === undefined ? null : await draftView(ctx.database, draft),
      };
    }),

  /** Empty, or from a document, whose id gets a number behind it if it is taken. */
  create: authorized("draft.edit")
    .input(z.union([z.strictObject({ name: nameField }), z.strictObject({ document: objectField })]))
    .mutation(({ ctx, input }) =>
      createFlow(ctx.database, ctx.principal, "document" in input ? input.document : blankDocument(input.name)),
    ),

  duplicate: authorized("draft.edit")
    .input(byId.extend({ name: nameField.optional() }))
    .mutation(({ ctx, input }) => duplicateFlow(ctx.database, ctx.principal, input.id, input.name)),

  /** It starts nothing any more; what runs goes on. */
  archive: authorized("flow.publish")
    .input(byId)
    .mutation(({ ctx, input }) => ctx.services.archiveFlow(ctx.principal, input.id)),

  /** It starts something again once a version is published or rolled back to. */
  restore: authorized("flow.publish")
    .input(byId)
    .mutation(({ ctx, input }) => restoreFlow(ctx.database, ctx.principal, input.id)),

  /** The newest first. */
  versions: authorized("flow.read")
    .input(byId)
    .query(async ({ ctx, input: { id } }) => {
      const versions = await flowHistory(ctx.database, ctx.principal.workspace, id);
      if (versions === undefined) throw flowNotFound(id);
      return versions;
    }),

  version: authorized("flow.read")
    .input(byId.extend({ version: versionField }))
    .query(async ({ ctx, input: { id, version } }) => {
      const found = await findVersionDocument(ctx.database, ctx.principal.workspace, id, version);
      if (found !== undefined) return found;
      throw new Problem(404, "flow_version_not_found", `There is no version ${version} of the flow “${id}”.`);
    }),

  /** The scenarios of the draft as it stands, played on the server. */
  tryScenarios: authorized("flow.read")
    .input(byId)
    .query(async ({ ctx, input }) => {
      const { document, revision } = await openDraft(ctx.database, ctx.principal.workspace, input.id);
      const context = { database: ctx.database, manifests: ctx.nodeTypes };
      return { revision, scenarios: await tryScenarios(context, ctx.principal.workspace, document) };
    }),

  /** Publishes the draft at this revision. Its scenarios are carried out first: a failing one refuses it, unless `despite`. */
  publish: authorized("flow.publish")
    .input(
      z.strictObject({
        id: idField,
        revision: z.int().min(0),
        note: z.string().trim().max(2_000).optional(),
        despite: z.boolean().default(false),
        /** The version that whoever publishes believes to be live: another is not replaced unseen. */
        replaces: versionField.nullish(),
      }),
    )
    .mutation(async ({ ctx, input: { id, revision, note, despite, replaces } }) => {
      const { version, created } = await ctx.services.publishDraft(ctx.principal, id, {
        revision,
        despite,
        ...(replaces === undefined ? {} : { replaces }),
        ...(note === undefined || note === "" ? {} : { note }),
      });
      await tellDraft(ctx, id);
      return { version, created };
    }),

  /** New runs take this version from now on. */
  rollBack: authorized("flow.publish")
    .input(byId.extend({ version: versionField }))
    .mutation(async ({ ctx, input: { id, version } }) => {
      await ctx.services.setLiveVersion(ctx.principal, id, version);
      await tellDraft(ctx, id);
    }),
});

/** The draft has gone on from the version, or not: those who look at it see. */
async function tellDraft(ctx: RpcTools & { readonly principal: SignedIn }, id: string): Promise<void> {
  const draft = await findDraft(ctx.database, ctx.principal.workspace, id);
  if (draft !== undefined) ctx.live.draftChanged(draft.flow, draft.revision);
}
