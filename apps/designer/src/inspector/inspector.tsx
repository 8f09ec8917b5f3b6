import { useQuery } from "@tanstack/react-query";
import { useMemo, type JSX } from "react";
import { useMay } from "../app/session.ts";
import { PastRunsOf } from "../condition-builder/past-line.tsx";
import { useFlow, useFlowStore } from "../flow/flow-store-context.tsx";
import type { AskedField } from "../fields/asked-field.ts";
import type { Directory } from "../fields/host.ts";
import type { UnreadTexts } from "../fields/json-input.tsx";
import type { FlowStore } from "../flow/flow-store.ts";
import { useTRPC, useTRPCClient } from "../rpc/client.ts";
import { ConnectionsProvider } from "./connections.ts";
import type { FlowEditor } from "./flow-editor.ts";
import { InspectorView } from "./inspector-view.tsx";
import { useFlowConnections } from "./use-flow-connections.ts";
import { useSamples } from "./use-samples.ts";

export interface InspectorProps extends Pick<FlowEditor, "duplicate" | "remove"> {
  readonly onClose?: (() => void) | undefined;
  readonly asked?: AskedField | undefined;
  readonly onShown?: ((found: boolean) => void) | undefined;
}

/** Of a flow as long as it is open, whatever is selected. */
const unreadOf = new WeakMap<FlowStore, UnreadTexts>();

function unreadTexts(store: FlowStore): UnreadTexts {
  const texts = unreadOf.get(store) ?? new Map();
  unreadOf.set(store, texts);
  return texts;
}

/** The inspector of the flow that is edited on this page. */
export function Inspector({ onClose, asked, onShown, duplicate, remove }: InspectorProps): JSX.Element {
  const store = useFlowStore();
  const trpc = useTRPC();
  const rpc = useTRPCClient();
  const mayEdit = useMay("draft.edit");
  const flow = useFlow((state) => state.flow);
  const manifests = useFlow((state) => state.manifests);
  const issues = useFlow((state) => state.issues);
  const selection = useFlow((state) => state.selection.nodes);
  const editor = useMemo(
    (): FlowEditor => ({
      flow,
      manifests,
      issues,
      run: (label, command, coalesce) => {
        store.getState().run(label, command, coalesce === undefined ? {} : { coalesce });
      },
      select: (ids) => store.getState().select({ nodes: new Set(ids) }),
      duplicate,
      remove,
      unread: unreadTexts(store),
      migrate: mayEdit ? (nodes) => rpc.nodeTypes.migrate.mutate({ ...nodes, params: { ...nodes.params } }) : undefined,
    }),
    [flow, manifests, issues, store, mayEdit, rpc, duplicate, remove],
  );
  const ids = useMemo(() => [...selection].filter((id) => id !== "start"), [selection]);
  const samples = useSamples(flow, manifests);
  const listed = useQuery(trpc.flows.list.queryOptions({}, { staleTime: 60_000, retry: false }));
  const flows = useMemo(() => (listed.data ?? []).map(({ id, name }) => ({ id, name })), [listed.data]);
  const directory = useDirectory();
  const connections = useFlowConnections(flow.id);
  const named = useQuery(trpc.calendars.list.queryOptions(undefined, { staleTime: 60_000, retry: false }));
  const calendars = useMemo(() => (named.data ?? []).map(({ name }) => name), [named.data]);
  return (
    <PastRunsOf value={flow.id}>
      <ConnectionsProvider value={connections}>
        <InspectorView
          editor={editor}
          selection={ids}
          flows={flows}
          directory={directory}
          calendars={calendars}
          samples={samples.samples}
          sample={samples.chosen}
          onSample={samples.choose}
          begin={samples.begin}
          onEnter={samples.enter}
          onClose={onClose}
          asked={asked}
          onShown={onShown}
        />
      </ConnectionsProvider>
    </PastRunsOf>
  );
}

/** Who can be asked. Without the right to see people their roles are still known. */
function useDirectory(): Directory {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.people.list.queryOptions(undefined, { staleTime: 60_000, retry: false }));
  return useMemo(() => {
    const people = data ?? [];
    const groups = [...new Set(people.flatMap((person) => person.groups))];
    return {
      roles: [...new Set(["manager", ...people.flatMap((person) => person.roles)])],
      groups: groups.map((id) => ({ id, name: id })),
      people: people.map(({ id, name }) => ({ id, name })),
    };
  }, [data]);
}
