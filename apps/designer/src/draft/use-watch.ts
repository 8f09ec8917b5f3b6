/** Hears what others do to the draft and who is there, and tells which card is looked at here. */
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { FlowStore } from "../flow/flow-store.ts";
import { useTRPCClient } from "../rpc/client.ts";
import { type LiveView, whileSeen } from "../rpc/while-seen.ts";
import type { DraftKeeper } from "./draft-keeper.ts";

export interface Present {
  readonly client: string;
  readonly person: { readonly id: string; readonly name: string };
  /** What is selected there. */
  readonly node: string | null;
}

/** Milliseconds between two tellings of what is selected. */
const TELL_AFTER = 250;

interface Watched {
  readonly keeper: DraftKeeper;
  readonly store: FlowStore;
  readonly client: string;
}

export interface Watching {
  /** Undefined: not heard yet. */
  readonly people: readonly Present[] | undefined;
  readonly nameOf: (person: string) => string | undefined;
}

interface News {
  /** The draft has gone on from another version, or was given up. */
  readonly onMoved: () => void;
  /** The node types that it can be made of have changed. */
  readonly onNodeTypes: () => void;
}

export function useWatch(flow: string, session: Watched | undefined, on: News): Watching {
  const rpc = useTRPCClient();
  const [people, setPeople] = useState<readonly Present[]>();
  const names = useRef(new Map<string, string>());
  const news = useRef(on);
  useEffect(() => {
    news.current = on;
  });
  useEffect(() => {
    if (session === undefined) return undefined;
    const { keeper, store, client } = session;
    const tell = tellWhere(store, (node) => void rpc.drafts.here.mutate({ flow, client, node }).catch(() => undefined));
    const hear = (view: LiveView): (() => void) => {
      const watch = rpc.drafts.watch.subscribe(
        { flow, client, since: keeper.revision },
        {
          onStarted: view.begun,
          onError: view.ended,
          onComplete: view.ended,
          onData: ({ data }) => {
            if (data.type === "present") {
              for (const { person } of data.people) names.current.set(person.id, person.name);
              setPeople(data.people.filter((one) => one.client !== client));
              tell.heard(data.people.find((one) => one.client === client)?.node ?? null);
            } else if (data.type === "nodeTypes") {
              news.current.onNodeTypes();
            } else if (data.type === "reopen") {
              keeper.missed();
            } else {
              const { revision, changes, by } = data;
              keeper.heard({ revision, changes, by, own: data.client === client });
              if (data.client === "") news.current.onMoved();
            }
          },
        },
      );
      return () => watch.unsubscribe();
    };
    const stop = whileSeen(hear);
    return () => {
      stop();
      tell.stop();
      setPeople(undefined);
    };
  }, [rpc, flow, session]);
  const nameOf = useCallback((person: string) => names.current.get(person), []);
  return useMemo(() => ({ people, nameOf }), [people, nameOf]);
}

/** Tells the server what is selected here, whenever it believes something else. */
function tellWhere(
  store: FlowStore,
  tell: (node: string | null) => void,
): { readonly heard: (node: string | null) => void; readonly stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let known: string | null | undefined;
  const look = (): void => {
    const { nodes } = store.getState().selection;
    const node = nodes.size === 1 ? ([...nodes][0] ?? null) : null;
    if (known === undefined || node === known) return;
    known = node;
    tell(node);
  };
  const later = (): void => {
    clearTimeout(timer);
    timer = setTimeout(look, TELL_AFTER);
  };
  const forget = store.subscribe((now, before) => {
    if (now.selection !== before.selection) later();
  });
  return {
    heard: (node) => {
      known = node;
      later();
    },
    stop: () => {
      clearTimeout(timer);
      forget();
    },
  };
}
