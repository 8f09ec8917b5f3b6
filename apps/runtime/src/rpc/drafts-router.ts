/** Drafts: what people edit together until they publish it. */
import { tracked } from "@trpc/server";
import { z } from "zod";
import type { DocumentChange, FlowDocument } from "@holdfast/dsl";
import { type Actor, parseActor } from "../actor/actor.ts";
import { discardDraft } from "../drafts/discard-draft.ts";
import { baseOf, historySince, saveDraft } from "../drafts/save-draft.ts";
import { takeInLive } from "../drafts/take-in.ts";
import { flowNotFound, openDraft } from "../drafts/stored-draft.ts";
import type { Present } from "../live/presence.ts";
import { draftView } from "../read/draft-view.ts";
import { findFlowHead } from "../read/flow-history.ts";
import type { SignedIn } from "../session/signed-in.ts";
import type { RpcTools } from "./context.ts";
import { changesField, idField } from "./fields.ts";
import { authorized, router } from "./trpc.ts";

const byFlow = z.strictObject({ flow: idField });
const clientField = z.string().min(1).max(64);
const revisionField = z.int().min(0).max(2_147_483_647);

/** What a page that edits a draft is told. */
export type DraftEvent =
  | {
      readonly type: "changes";
      readonly revision: number;
      readonly changes: readonly DocumentChange[];
      readonly by: Actor;
      /** The page that made them; "": the server did, as when a version was published. */
      readonly client: string;
    }
  /** What happened since is no longer remembered. */
  | { readonly type: "reopen"; readonly revision: number }
  /** The node types that flows can be made of have changed. */
  | { readonly type: "nodeTypes" }
  | { readonly type: "present"; readonly people: readonly Present[] };

export const draftsRouter = router({
  /** The draft, made of the live version if there is none yet, with the document it was derived from. */
  open: authorized("flow.read")
    .input(byFlow)
    .query(async ({ ctx, input }) => {
      const draft = await openDraft(ctx.database, ctx.principal.workspace, input.flow);
      const base: FlowDocument | null = await baseOf(ctx.database, draft.flow, draft.baseVersion);
      return { ...(await draftView(ctx.database, draft)), base };
    }),

  /** Changes made against `revision`. `seq` is the page's own count from 1: what was sent before is not applied again. */
  save: authorized("draft.edit")
    .input(
      byFlow.extend({
        revision: revisionField,
        changes: changesField,
        client: clientField,
        seq: z.int().min(1).max(2_147_483_647),
      }),
    )
    .mutation(async ({ ctx, input }) => {
      const { ref, changed, ...saved } = await saveDraft(ctx.database, ctx.principal, input);
      if (changed) ctx.live.draftChanged(ref, saved.revision);
      return saved;
    }),

  /** It has what the live version changed since it was derived, and goes on from that version. */
  takeIn: authorized("draft.edit")
    .input(byFlow)
    .mutation(async ({ ctx, input }) => {
      const { ref, ...taken } = await takeInLive(ctx.database, ctx.principal, input.flow);
      ctx.live.draftChanged(ref, taken.revision);
      return taken;
    }),

  /** It is as the live version again. */
  discard: authorized("draft.edit")
    .input(byFlow)
    .mutation(async ({ ctx, input }) => {
      const { ref, revision } = await discardDraft(ctx.database, ctx.principal, input.flow);
      ctx.live.draftChanged(ref, revision);
      return { revision };
    }),

  /** What others do to it from revision `since` on, and who is there. Who watches is there. */
  watch: authorized("flow.read")
    .input(byFlow.extend({ client: clientField, since: revisionField, lastEventId: z.string().max(50).nullish() }))
    .subscription(async function* ({ ctx, input, signal }) {
      const { flow, revision } = await openDraft(ctx.database, ctx.principal.workspace, input.flow);
      let seen = Math.max(input.since, Number(input.lastEventId?.split(".")[0] ?? 0) || 0);
      const { id, name } = ctx.principal.person;
      const who = { flow, client: input.client, person: { id, name } };
      let count = 0;
      for await (const news of ctx.live.watchDraft(who, revision, signal ?? new AbortController().signal)) {
        if (news.includes("changes")) {
          for (const event of await eventsSince(ctx, flow, seen, input.client)) {
            if ("revision" in event) seen = Math.max(seen, event.revision);
            count += 1;
            yield tracked(`${seen}.${count}`, event);
          }
        }
        count += 1;
        const present: DraftEvent = { type: "present", people: ctx.live.present(flow) };
        if (news.includes("present")) yield tracked(`${seen}.${count}`, present);
        count += 1;
        const types: DraftEvent = { type: "nodeTypes" };
        if (news.includes("types")) yield tracked(`${seen}.${count}`, types);
      }
    }),

  /** Which node is selected in a page that watches the draft. */
  here: authorized("flow.read")
    .input(byFlow.extend({ client: clientField, node: z.string().max(200).nullable() }))
    .mutation(async ({ ctx, input }) => {
      const head = await findFlowHead(ctx.database, ctx.principal.workspace, input.flow);
      if (head === undefined) throw flowNotFound(input.flow);
      const { id, name } = ctx.principal.person;
      ctx.live.here({ flow: head.ref, client: input.client, person: { id, name }, node: input.node });
    }),
});

/** What made the revisions after `seen`; what the page itself did comes without its changes. */
async function eventsSince(
  { database }: RpcTools & { readonly principal: SignedIn },
  flow: number,
  seen: number,
  client: string,
): Promise<readonly DraftEvent[]> {
  const history = await historySince(database, flow, seen);
  const [first] = history;
  if (first !== undefined && first.revision > seen + 1) {
    return [{ type: "reopen", revision: history.at(-1)?.revision ?? seen }];
  }
  return history.map(({ revision, changes, actor, client: by }) => ({
    type: "changes",
    revision,
    changes: by === client ? [] : changes,
    by: parseActor(actor),
    client: by,
  }));
}
