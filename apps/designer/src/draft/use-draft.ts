/** The draft of a flow on this page: opened once, saved by itself, and the same for everybody who has it open. */
import { parseFlow, type FlowDocument, type NodeManifest } from "@holdfast/dsl";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { connection, isConnected } from "../app/connection.ts";
import { useMay, useSession } from "../app/session.ts";
import { createFlowStore, type FlowStore } from "../flow/flow-store.ts";
import { useTRPC, useTRPCClient } from "../rpc/client.ts";
import { codeOf, explain } from "../ui/problem.ts";
import { done } from "../ui/toast.ts";
import { useWords } from "../words/use-words.tsx";
import { DraftKeeper, type DraftView, type Saving, type Sent } from "./draft-keeper.ts";
import { holdPage } from "./draft-memory.ts";
import type { Conflict, Parcel } from "./draft-sync.ts";
import { useWatch, type Present } from "./use-watch.ts";
import { words } from "./words.ts";

export type { Saving } from "./draft-keeper.ts";

export interface OpenDraft {
  readonly store: FlowStore;
  /** The version it came from. */
  readonly base: FlowDocument | null;
  readonly baseVersion: number | null;
  readonly editedAt: string;
  readonly editedBy: string | null;
  readonly manifests: readonly NodeManifest[];
  readonly saving: Saving;
  /** Why the server does not take it. */
  readonly refused: string | undefined;
  /** Others who have it open. Undefined: nobody knows yet. */
  readonly people: readonly Present[] | undefined;
  readonly conflicts: readonly Conflict[];
  /** Whose name it is; nobody is known by name who was not here. */
  readonly nameOf: (person: string) => string | undefined;
  readonly settle: (conflict: Conflict, use: "mine" | "theirs") => void;
  /** Waits until everything is saved; the revision. @throws Error when it can't be */
  readonly flush: () => Promise<number>;
  /** Asks again what it is derived from. */
  readonly reload: () => Promise<void>;
}

export interface DraftQuery {
  readonly draft: OpenDraft | undefined;
  readonly error: unknown;
  readonly retry: () => void;
}

/** How long an answer is waited for, in milliseconds. */
const PATIENCE = 15_000;

interface Session {
  readonly keeper: DraftKeeper;
  readonly store: FlowStore;
  readonly client: string;
}

export function useDraft(flow: string): DraftQuery {
  const t = useWords(words);
  const trpc = useTRPC();
  const opened = useQuery(
    trpc.drafts.open.queryOptions(
      { flow },
      { staleTime: Number.POSITIVE_INFINITY, gcTime: 0, refetchOnMount: "always", structuralSharing: false },
    ),
  );
  const types = useQuery(trpc.nodeTypes.list.queryOptions(undefined, { staleTime: 300_000 }));
  const { data, isFetchedAfterMount } = opened;
  const manifests = types.data;
  const session = useKept(flow, isFetchedAfterMount ? data : undefined, { manifests, reopen: opened.refetch });
  const view = useView(session?.keeper);
  const { people, nameOf } = useWatch(flow, session, {
    onMoved: () => void opened.refetch(),
    onNodeTypes: () => void types.refetch(),
  });
  const base = useMemo(
    () => (data?.base === undefined || data.base === null ? null : readDocument(data.base)),
    [data?.base],
  );
  const draft = useMemo((): OpenDraft | undefined => {
    if (session === undefined || data === undefined || manifests === undefined) return undefined;
    const { keeper, store } = session;
    return {
      store,
      manifests,
      base,
      baseVersion: data.baseVersion,
      editedAt: data.editedAt,
      editedBy: data.editedBy.name,
      saving: view.saving,
      refused: view.refused,
      conflicts: view.conflicts,
      people,
      nameOf,
      settle: (conflict, use) => keeper.settle(conflict, use, t("useMine")),
      flush: () => keeper.flush(),
      reload: async () => void (await opened.refetch()),
    };
  }, [session, data, manifests, base, view, people, nameOf, t, opened.refetch]);
  return {
    draft,
    error: opened.error ?? types.error,
    retry: () => {
      void opened.refetch();
      void types.refetch();
    },
  };
}

interface Opened {
  readonly document: unknown;
  readonly revision: number;
}

/** Keeps the draft while the page is shown. */
function useKept(
  flow: string,
  data: Opened | undefined,
  { manifests, reopen }: { manifests: readonly NodeManifest[] | undefined; reopen: () => Promise<unknown> },
): Session | undefined {
  const t = useWords(words);
  const rpc = useTRPCClient();
  const mayEdit = useMay("draft.edit");
  const person = useSession().person.id;
  const [session, setSession] = useState<Session & { readonly flow: string }>();
  const isReady = data !== undefined && manifests !== undefined;
  useEffect(() => {
    if (!isReady) return undefined;
    const client = crypto.randomUUID();
    const send = async (parcel: Parcel, page: string): Promise<Sent> => {
      try {
        const { seq, revision, changes } = parcel;
        const answer = await rpc.drafts.save.mutate(
          { flow, revision, changes: [...changes], client: page, seq },
          { signal: AbortSignal.timeout(PATIENCE) },
        );
        return { kind: "answer", answer };
      } catch (error) {
        return refusal(error);
      }
    };
    const tools = { flow, person, client, storage: localStorage, send, reopen: async () => void (await reopen()) };
    const keeper = new DraftKeeper(tools, readDocument(data.document), data.revision);
    const store = createFlowStore({
      flow: readDocument(data.document),
      manifests,
      onChange: (next) => keeper.typed(next),
    });
    keeper.attach(store);
    setSession({ flow, keeper, store, client });
    const stop = stay(keeper, client);
    if (mayEdit) {
      void keeper.restore(Date.now()).then((places) => {
        if (places > 0) done(t("restored", { count: places }));
      });
    }
    return () => {
      stop();
      setSession(undefined);
    };
    // What is opened or known later goes to the same keeper and store, by the effects below.
  }, [flow, isReady, rpc, person, mayEdit]);
  useEffect(() => {
    if (manifests !== undefined) session?.store.getState().learn(manifests);
  }, [manifests, session]);
  useEffect(() => {
    if (data !== undefined) session?.keeper.opened(readDocument(data.document), data.revision);
  }, [data, session]);
  return session?.flow === flow ? session : undefined;
}

/** Saves when the page is left or the server is back, and warns only of what would really be lost. */
function stay(keeper: DraftKeeper, client: string): () => void {
  const letGo = holdPage(client);
  const save = (): void => keeper.now();
  const hidden = (): void => {
    if (document.visibilityState === "hidden") save();
  };
  const left = (): void => {
    save();
    if (!keeper.isSaved) keeper.remember(true);
  };
  const shown = (): void => {
    if (!keeper.isSaved) keeper.remember(false);
  };
  const leaving = (event: BeforeUnloadEvent): void => {
    if (keeper.view.getState().saving === "lost") event.preventDefault();
  };
  document.addEventListener("visibilitychange", hidden);
  window.addEventListener("blur", save);
  window.addEventListener("pagehide", left);
  window.addEventListener("pageshow", shown);
  window.addEventListener("beforeunload", leaving);
  const forget = connection.subscribe((now, before) => {
    if (isConnected(now) && !isConnected(before)) keeper.back();
  });
  return () => {
    document.removeEventListener("visibilitychange", hidden);
    window.removeEventListener("blur", save);
    window.removeEventListener("pagehide", left);
    window.removeEventListener("pageshow", shown);
    window.removeEventListener("beforeunload", leaving);
    forget();
    left();
    // Another page of this flow may take over what could not be saved until then.
    void keeper
      .flush()
      .finally(letGo)
      .catch(() => undefined);
  };
}

const NOTHING = createStore<DraftView>(() => ({ saving: "saved", conflicts: [], refused: undefined, revision: 0 }));

function useView(keeper: DraftKeeper | undefined): DraftView {
  return useStore(keeper?.view ?? NOTHING);
}

/** What a failed call means for what was sent with it. */
function refusal(error: unknown): Sent {
  const code = codeOf(error);
  if (code === undefined || code === "internal_error" || code === "not_signed_in") return { kind: "away" };
  if (code === "unknown_revision") return { kind: "behind" };
  return { kind: "refused", why: explain(error).what };
}

function readDocument(document: unknown): FlowDocument {
  const parsed = parseFlow(document);
  if (parsed.ok) return parsed.flow;
  throw new Error(parsed.issues.map(({ pointer, message }) => `${pointer} ${message}`).join("\n"));
}
