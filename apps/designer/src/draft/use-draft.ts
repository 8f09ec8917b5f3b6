/** The draft of a flow on this page: opened once, saved a moment after each change. */
import {
  applyChanges,
  changesBetween,
  parseFlow,
  type DocumentChange,
  type FlowDocument,
  type NodeManifest,
} from "@holdfast/dsl";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import { createFlowStore, type FlowStore } from "../flow/flow-store.ts";
import { useTRPC, useTRPCClient } from "../rpc/client.ts";

export type Saving = "saved" | "saving" | "retrying";

export interface OpenDraft {
  readonly store: FlowStore;
  readonly base: FlowDocument | null;
  readonly baseVersion: number | null;
  readonly manifests: readonly NodeManifest[];
  readonly saving: Saving;
  /** Waits until everything is saved; the revision. */
  readonly flush: () => Promise<number>;
}

export interface DraftQuery {
  readonly draft: OpenDraft | undefined;
  readonly error: unknown;
  readonly retry: () => void;
}

/** How long nothing must change before it is saved, and how long after a failure it is tried again; milliseconds. */
const SAVE_AFTER = 500;
const RETRY_AFTER = 3_000;

export function useDraft(flow: string): DraftQuery {
  const trpc = useTRPC();
  const opened = useQuery(
    trpc.drafts.open.queryOptions(
      { flow },
      { staleTime: Number.POSITIVE_INFINITY, gcTime: 0, refetchOnMount: "always" },
    ),
  );
  const types = useQuery(trpc.nodeTypes.list.queryOptions(undefined, { staleTime: 300_000 }));
  const [saving, setSaving] = useState<Saving>("saved");
  const save = useSaver(flow, setSaving);
  const data = opened.data;
  const manifests = types.data;
  const open = useMemo(() => {
    if (data === undefined || manifests === undefined) return undefined;
    const document = readDocument(data.document);
    const store = createFlowStore({ flow: document, manifests, onChange: () => save.later() });
    save.begin({ store, document, revision: data.revision });
    return {
      store,
      base: data.base === null ? null : readDocument(data.base),
      baseVersion: data.baseVersion,
      manifests,
    };
  }, [data, manifests, save]);
  const draft = useMemo(
    () => (open === undefined ? undefined : { ...open, saving, flush: () => save.flush() }),
    [open, saving, save],
  );
  return {
    draft,
    error: opened.error ?? types.error,
    retry: () => {
      void opened.refetch();
      void types.refetch();
    },
  };
}

function readDocument(document: unknown): FlowDocument {
  const parsed = parseFlow(document);
  if (parsed.ok) return parsed.flow;
  throw new Error(parsed.issues.map(({ pointer, message }) => `${pointer} ${message}`).join("\n"));
}

interface Begun {
  readonly store: FlowStore;
  /** As the server has it. */
  readonly document: FlowDocument;
  readonly revision: number;
}

interface SaveAnswer {
  readonly revision: number;
  readonly others: readonly DocumentChange[];
}

type Send = (revision: number, changes: readonly DocumentChange[], seq: number) => Promise<SaveAnswer>;

class Saver {
  #begun: Begun | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | undefined;
  #seq = 0;
  readonly #send: Send;
  readonly #tell: (saving: Saving) => void;

  constructor(send: Send, tell: (saving: Saving) => void) {
    this.#send = send;
    this.#tell = tell;
  }

  begin(begun: Begun): void {
    this.#begun = begun;
  }

  later(after: number = SAVE_AFTER): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#save(), after);
    this.#tell("saving");
  }

  async flush(): Promise<number> {
    clearTimeout(this.#timer);
    await this.#save();
    return this.#begun?.revision ?? 0;
  }

  stop(): void {
    clearTimeout(this.#timer);
    void this.#save();
  }

  async #save(): Promise<void> {
    await this.#running;
    const begun = this.#begun;
    if (begun === undefined) return;
    const { flow } = begun.store.getState();
    const changes = changesBetween(begun.document, flow);
    if (changes.length === 0) {
      this.#tell("saved");
      return;
    }
    this.#running = this.#push(begun, changes);
    await this.#running;
    this.#running = undefined;
  }

  async #push(begun: Begun, changes: readonly DocumentChange[]): Promise<void> {
    this.#seq += 1;
    try {
      const answer = await this.#send(begun.revision, changes, this.#seq);
      const others = applyChanges(begun.document, answer.others).document;
      const { document } = applyChanges(others, changes);
      this.#begun = { ...begun, document, revision: answer.revision };
      if (answer.others.length > 0) begun.store.getState().merge(answer.others);
      const isBehind = changesBetween(document, begun.store.getState().flow).length > 0;
      if (isBehind) this.later();
      else this.#tell("saved");
    } catch {
      this.later(RETRY_AFTER);
      this.#tell("retrying");
    }
  }
}

function useSaver(flow: string, tell: (saving: Saving) => void): Saver {
  const client = useTRPCClient();
  const id = useRef<string>(undefined);
  id.current ??= crypto.randomUUID();
  const page = id.current;
  const saver = useMemo(
    () =>
      new Saver(
        (revision, changes, seq) =>
          client.drafts.save.mutate({ flow, revision, changes: [...changes], client: page, seq }),
        tell,
      ),
    [client, flow, page, tell],
  );
  useEffect(() => () => saver.stop(), [saver]);
  return saver;
}
