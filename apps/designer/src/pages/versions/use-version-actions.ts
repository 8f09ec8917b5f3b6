import { canonicalText, type FlowDocument } from "@holdfast/dsl";
import { useQueryClient } from "@tanstack/react-query";
import type { OpenDraft } from "../../draft/use-draft.ts";
import { useTRPC } from "../../rpc/client.ts";
import { done } from "../../ui/toast.ts";
import { withoutGroup, type ChangeGroup, type Compared } from "../../versions/change-groups.ts";
import { useWords } from "../../words/use-words.tsx";
import { saveFile } from "../flows/save-file.ts";
import { readDocument } from "../run/document.ts";
import type { Side } from "./search.ts";
import { words } from "./words.ts";

/** What can be done with one version. */
export interface VersionActs {
  readonly onExport: (side: Side) => void;
  readonly onRestore: (version: number) => void;
  readonly onRollBack: (version: number) => void;
  /** Takes a change back in the draft. */
  readonly onUndo: (group: ChangeGroup, compared: Compared) => void;
}

export interface VersionActsOptions {
  readonly flow: string;
  readonly draft: OpenDraft;
  readonly onRollBack: (version: number) => void;
}

export function useVersionActions({ flow, draft, onRollBack }: VersionActsOptions): VersionActs {
  const t = useWords(words);
  const trpc = useTRPC();
  const cache = useQueryClient();
  const documentOf = async (version: number): Promise<FlowDocument> => {
    const options = trpc.flows.version.queryOptions({ id: flow, version }, { staleTime: Number.POSITIVE_INFINITY });
    return readDocument((await cache.query(options)).document);
  };
  const { store } = draft;
  return {
    onExport: (side) => {
      if (side === "draft") {
        saveFile(`${flow}.flow.json`, canonicalText(store.getState().flow));
        return;
      }
      void documentOf(side).then((document) => saveFile(`${flow}.v${side}.flow.json`, canonicalText(document)));
    },
    onRestore: (version) =>
      void documentOf(version).then((document) => {
        const label = t("restored", { version });
        store.getState().run(label, (now) => ({ ...document, id: now.id }));
        done(label, { undo: () => store.getState().undo() });
      }),
    onRollBack,
    onUndo: (group, compared) => {
      const { title } = group;
      store.getState().run(t("undoLabel", { title }), (document) => withoutGroup(document, group, compared));
      done(t("undone", { title }), { undo: () => store.getState().undo() });
    },
  };
}
